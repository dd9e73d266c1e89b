import { parseCalendars } from '../../time/calendars.ts'
import type { FileProblem } from '../../time/files.ts'
import { parseRegions } from '../../time/regions.ts'
import { type Bundle, inRegulation } from '../bundle.ts'
import type { FilePrint } from '../model.ts'
import { nearest } from '../near.ts'
import type { Problem } from '../problem.ts'

/** Problems of the time floor keep its words: `time.problem.<code>`. */
const ofTime = ({ code, file, line, path, params }: FileProblem): Problem => ({
  code: `time.${code}`,
  severity: 'error',
  file,
  line,
  column: 1,
  path,
  params,
})

/** Calendars and `regions.yaml` by the time floor's own rules; and each regulation's region must be one of them. */
export const checkDays = (files: { calendars: readonly FilePrint[]; regions?: FilePrint }, bundles: readonly Bundle[]): Problem[] => {
  const calendars = files.calendars.length > 0 ? parseCalendars(files.calendars) : undefined
  const regions = files.regions && parseRegions(files.regions.text, files.regions.path)
  const known = regions?.ok ? Object.keys(regions.value.regions) : undefined
  const strangers = bundles.flatMap((bundle) => {
    const name = bundle.regulation.value.region
    if (known === undefined || known.includes(name)) return []
    return [inRegulation(bundle, ['region'], 'unknownRegion', { params: { name, near: nearest(name, known) ?? known.join(', ') } })]
  })
  return [...[calendars, regions].flatMap((parsed) => (parsed && !parsed.ok ? parsed.problems.map(ofTime) : [])), ...strangers]
}
