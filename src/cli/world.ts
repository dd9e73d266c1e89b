import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseCalendars, type SourceFile } from '../time/calendars.ts'
import type { Parsed } from '../time/files.ts'
import { parseRegions } from '../time/regions.ts'
import type { World } from '../time/schedule.ts'

/** The files of `<regulations>/law/calendars`, paths relative to `regulations`, sorted. */
export function calendarFiles(regulations: string): SourceFile[] {
  const dir = join(regulations, 'law', 'calendars')
  const names = readdirSync(dir).filter((name) => name.endsWith('.yaml'))
  return names.sort().map((name) => ({ path: relative(regulations, join(dir, name)), text: readFileSync(join(dir, name), 'utf8') }))
}

/** Calendars and regions from the folder of regulations, or every problem of all their files. */
export function readWorld(regulations: string): Parsed<World> {
  const calendars = parseCalendars(calendarFiles(regulations))
  const regions = parseRegions(readFileSync(join(regulations, 'regions.yaml'), 'utf8'), 'regions.yaml')
  if (calendars.ok && regions.ok) return { ok: true, value: { calendars: calendars.value, regions: regions.value } }
  return { ok: false, problems: [...(calendars.ok ? [] : calendars.problems), ...(regions.ok ? [] : regions.problems)] }
}
