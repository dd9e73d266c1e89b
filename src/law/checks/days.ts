import { parseCalendars } from '../../time/calendars.ts'
import type { FileProblem } from '../../time/files.ts'
import { parseRegions } from '../../time/regions.ts'
import { type Bundle, inRegulation, isPatched } from '../bundle.ts'
import type { FilePrint } from '../model.ts'
import { nearest } from '../near.ts'
import { type Path, type Problem, problemAt, showPath } from '../problem.ts'
import type { Example } from '../schema/examples.ts'

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

const momentsOf = ({ given, when, then }: Example): [Path, string][] => [
  [['given', 'submitted'], given.submitted],
  ...when.map(({ at }, index): [Path, string] => [['when', index, 'at'], at]),
  ...then.dues.map(({ due }, index): [Path, string] => [['then', 'dues', index, 'due'], due]),
]

/** An example's moments carry the offset that its region had on that day: Almaty +06:00 until 29 February 2024, +05:00 after. */
const wrongOffsets = ({ examples }: Bundle, zone: string | undefined): Problem[] => {
  if (!examples || !zone) return []
  return examples.value.examples.flatMap((example, index) =>
    momentsOf(example).flatMap(([path, moment]) => {
      if (!moment.includes('T') || isPatched(examples, showPath(['examples', index, ...path]))) return []
      const { offset } = Temporal.Instant.from(moment).toZonedDateTimeISO(zone)
      if (moment.endsWith(offset)) return []
      return [problemAt(examples.source, ['examples', index, ...path], 'wrongOffset', { params: { value: moment, zone, offset } })]
    }),
  )
}

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
  const zones = regions?.ok ? regions.value.regions : {}
  const offsets = bundles.flatMap((bundle) => wrongOffsets(bundle, zones[bundle.regulation.value.region]?.zone))
  return [...[calendars, regions].flatMap((parsed) => (parsed && !parsed.ok ? parsed.problems.map(ofTime) : [])), ...strangers, ...offsets]
}
