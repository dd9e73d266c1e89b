import { z } from 'zod'
import { words } from './calendarFile.ts'
import { type FileProblem, type OpenFile, openFile, type Parsed, shape } from './files.ts'
import { hoursTimeline, overlapAt } from './hours.ts'
import { zoneOf } from './moments.ts'

const kinds = { provider: hoursTimeline, corporation: hoursTimeline }
const region = z.strictObject({
  home: z.number().int().positive().describe('number under which the cases of the region are kept; never changed'),
  kato: z.string().regex(/^\d{2}(\d{7})?$/),
  zone: z.string().min(1).describe('name in tzdata'),
  languages: z.array(z.enum(['kk', 'ru', 'en'])).min(1),
  name: words,
  hours: z
    .strictObject({ provider: hoursTimeline.optional(), corporation: hoursTimeline.optional() })
    .optional()
    .describe('where they differ'),
})
export type Region = z.infer<typeof region>

export const regionsFile = z.strictObject({
  format: z.literal('qyzmet.regions/1'),
  hours: z.strictObject(kinds).describe('opening hours unless a region or an organisation has its own'),
  regions: z.record(z.string(), region),
})
export type Regions = z.infer<typeof regionsFile>

/** `regulations/regions.yaml`, or every problem of it. */
export function parseRegions(text: string, path: string): Parsed<Regions> {
  const file = openFile(text, path)
  if (!file.ok) return file
  const parsed = shape(file.value, regionsFile)
  if (!parsed.ok) return parsed
  const problems = checkRegions(file.value, parsed.value)
  return problems.length > 0 ? { ok: false, problems } : parsed
}

function checkRegions(file: OpenFile, regions: Regions): FileProblem[] {
  const problems: FileProblem[] = []
  const homes = new Set<number>()
  for (const [id, one] of Object.entries(regions.regions)) {
    if (!zoneOf(one.zone)) problems.push(file.problem(['regions', id, 'zone'], 'unknownZone', { value: one.zone }))
    if (homes.has(one.home)) problems.push(file.problem(['regions', id, 'home'], 'duplicateHome', { value: one.home }))
    homes.add(one.home)
  }
  problems.push(...overlaps(file, regions.hours, ['hours']))
  for (const [id, one] of Object.entries(regions.regions)) problems.push(...overlaps(file, one.hours ?? {}, ['regions', id, 'hours']))
  return problems
}

function overlaps(file: OpenFile, hours: NonNullable<Region['hours']>, path: readonly string[]): FileProblem[] {
  return (['provider', 'corporation'] as const).flatMap((kind) => {
    const timeline = hours[kind] ?? []
    const at = overlapAt(timeline)
    return at === undefined ? [] : [file.problem([...path, kind, at, 'from'], 'hoursOverlap', { value: timeline[at]?.from ?? '' })]
  })
}
