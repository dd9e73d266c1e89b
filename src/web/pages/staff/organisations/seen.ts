import { createHash } from 'node:crypto'
import type { Organisation } from '../../../../people/model.ts'
import type { FormReader } from '../../../forms/fields.ts'

/** What a form was made from, as a field carries it: records come from the database, which writes the names of JSON in one order. */
export const digestOf = (organisation: Organisation): string => createHash('sha256').update(JSON.stringify(organisation)).digest('hex')

/** The record as the form saw it, if it is still that; else one that equals none, so that the change is refused in the same words. */
export const seenOf = (organisation: Organisation, reader: FormReader): Organisation =>
  reader.text('_seen') === digestOf(organisation) ? organisation : { ...organisation, id: '' }
