import { parseBin } from '../../../../law/identifiers.ts'
import type { Organisation, Unit } from '../../../../people/model.ts'
import type { FormReader } from '../../../forms/fields.ts'

type Card = Pick<Organisation, 'name' | 'address' | 'phone' | 'bin' | 'kato'>

/** Names, address, telephone, BIN and KATO as a form gives them. @param region KATO of the region, with which the organisation's begins */
export function readCard(reader: FormReader, region: string | undefined): Card | null {
  const en = reader.optional('name.en', 'admin.field.names.en', 300)
  const name = {
    kk: reader.required('name.kk', 'admin.field.names.kk', 300),
    ru: reader.required('name.ru', 'admin.field.names.ru', 300),
    ...(en === undefined ? {} : { en }),
  }
  const address = {
    kk: reader.required('address.kk', 'admin.field.addresses.kk', 300),
    ru: reader.required('address.ru', 'admin.field.addresses.ru', 300),
  }
  const phone = reader.required('phone', 'admin.field.phone', 30)
  if (phone !== '' && !/^\+7 \(\d{3,5}\) [\d-]{5,9}$/.test(phone)) reader.problem('phone', 'wrong', { label: 'admin.field.phone' })
  const bin = reader.required('bin', 'admin.field.bin', 20).replaceAll(' ', '')
  const parsed = bin === '' ? null : parseBin(bin)
  if (parsed && !parsed.ok) reader.problem('bin', `iin.${parsed.error.code}`, { label: 'admin.field.bin', params: parsed.error.params })
  const kato = reader.required('kato', 'admin.field.kato', 12)
  const isOfRegion = region === undefined || kato.startsWith(region.slice(0, 2))
  if (kato !== '' && !(/^\d{9}$/.test(kato) && isOfRegion)) reader.problem('kato', 'wrong', { label: 'admin.field.kato' })
  return reader.problems.length > 0 ? null : { name, address, phone, bin, kato }
}

export const typedCard = ({ name, address, phone, bin, kato }: Organisation): URLSearchParams =>
  new URLSearchParams({
    'name.kk': name.kk,
    'name.ru': name.ru,
    'name.en': name.en ?? '',
    'address.kk': address.kk,
    'address.ru': address.ru,
    phone,
    bin,
    kato,
  })

/** The sections with their new titles, and one more where it has a code. */
export function readUnits(reader: FormReader, { units }: Organisation): Unit[] {
  const title = (name: string) => {
    const en = reader.optional(`${name}.en`, 'admin.field.title.en', 300)
    return {
      kk: reader.required(`${name}.kk`, 'admin.field.title.kk', 300),
      ru: reader.required(`${name}.ru`, 'admin.field.title.ru', 300),
      ...(en === undefined ? {} : { en }),
    }
  }
  const kept = units.map(({ id }) => ({ id, title: title(`unit.${id}`) }))
  const id = reader.text('new.id')
  const isNew = [id, reader.text('new.kk'), reader.text('new.ru'), reader.text('new.en')].some((one) => one !== '')
  if (!isNew) return kept
  if (!/^[a-z][a-zA-Z0-9]*$/.test(id) || units.some((unit) => unit.id === id))
    reader.problem('new.id', 'wrong', { label: 'admin.units.code' })
  return [...kept, { id, title: title('new') }]
}

export const typedUnits = ({ units }: Organisation): URLSearchParams =>
  new URLSearchParams(
    units.flatMap(({ id, title }) => [
      [`unit.${id}.kk`, title.kk],
      [`unit.${id}.ru`, title.ru],
      [`unit.${id}.en`, title.en ?? ''],
    ]),
  )
