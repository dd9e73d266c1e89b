import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Samples of the protocols beside the project; tests that need them are skipped where they are absent. */
const folder = resolve(import.meta.dirname, '../../../../shared/egov/samples')
export const samplesAbsent = !existsSync(folder)
export const sampleFolder = folder

export const sample = (path: string): Buffer => readFileSync(join(folder, path))
