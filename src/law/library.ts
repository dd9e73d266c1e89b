import { type Bundle, type Part, partOf } from './bundle.ts'
import { checkAll } from './checks/all.ts'
import { checkDays } from './checks/days.ts'
import { checkEditions } from './checks/editions.ts'
import { checkGeneral } from './checks/generalLaw.ts'
import type { FilePrint, Law, LawDigests, LawFile, Library, NotInForce } from './model.ts'
import { type Parsed, parseExamples, parseGeneralLaw, parseRegulation, parseStandard } from './parse.ts'
import { hasErrors, inOrder, type Problem, problemAt } from './problem.ts'
import type { Examples } from './schema/examples.ts'
import type { GeneralLaw } from './schema/general.ts'
import type { Regulation } from './schema/regulation.ts'
import type { Standard } from './schema/standard.ts'
import { sha256 } from './source.ts'

const kinds = [
  ['regions', /^regions\.yaml$/],
  ['calendar', /^law\/calendars\/[^/]+\.yaml$/],
  ['general', /^law\/[^/]+\.yaml$/],
  ['standard', /^[^/]+\/standard\.yaml$/],
  ['examples', /^[^/]+\/[^/]+\/[^/]+\.examples\.yaml$/],
  ['regulation', /^[^/]+\/[^/]+\/[^/]+\.yaml$/],
] as const
export type FileKind = (typeof kinds)[number][0]

/** What a file is, by its place; nothing for a place where no file is expected. */
export const kindOfFile = (path: string): FileKind | undefined => kinds.find(([, place]) => place.test(path))?.[0]

const print = ({ path, text }: LawFile): FilePrint => ({ path, text, sha256: sha256(text) })

const digest = (files: readonly FilePrint[]): string => sha256(files.map((file) => `${file.sha256}  ${file.path}\n`).join(''))

interface Shelf {
  readonly regulations: readonly Parsed<Regulation>[]
  readonly standards: readonly Parsed<Standard>[]
  readonly general: readonly Parsed<GeneralLaw>[]
  readonly examples: readonly Parsed<Examples>[]
  readonly generalPrints: readonly FilePrint[]
  readonly calendars: readonly FilePrint[]
  readonly regions?: FilePrint
  readonly problems: readonly Problem[]
}

const sort = (files: readonly LawFile[]): Shelf => {
  const ordered = [...files].sort((a, b) => (a.path < b.path ? -1 : 1))
  const of = (kind: FileKind | undefined) => ordered.filter(({ path }) => kindOfFile(path) === kind)
  const strange = of(undefined).map(
    ({ path }): Problem => ({ code: 'strangePlace', severity: 'error', file: path, line: 1, column: 1, path: '', params: {} }),
  )
  const parsed = {
    regulations: of('regulation').map(({ path, text }) => parseRegulation(path, text)),
    standards: of('standard').map(({ path, text }) => parseStandard(path, text)),
    general: of('general').map(({ path, text }) => parseGeneralLaw(path, text)),
    examples: of('examples').map(({ path, text }) => parseExamples(path, text)),
  }
  const ofForm = [...parsed.regulations, ...parsed.standards, ...parsed.general, ...parsed.examples].flatMap(({ problems }) => problems)
  return {
    ...parsed,
    generalPrints: of('general').map(print),
    calendars: of('calendar').map(print),
    regions: of('regions').map(print)[0],
    problems: [...strange, ...ofForm],
  }
}

/** Examples without a regulation beside them. */
const orphans = ({ regulations, examples }: Shelf): Problem[] => {
  const paths = new Set(regulations.map(({ source }) => source.path.replace(/\.yaml$/, '.examples.yaml')))
  return examples.filter(({ source }) => !paths.has(source.path)).map(({ source }) => problemAt(source, [], 'examplesOfNothing'))
}

const parts = <T>(parsed: readonly Parsed<T>[]): Part<T>[] => parsed.map(partOf).filter((part) => part !== undefined)

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'))

const bundleOf = (shelf: Shelf, parsed: Parsed<Regulation>, regulation: Part<Regulation>): Bundle => {
  const { path } = parsed.source
  const service = folderOf(folderOf(path))
  const standard = shelf.standards.find(({ source }) => source.path === `${service}/standard.yaml`)
  const beside = shelf.examples.find(({ source }) => source.path === path.replace(/\.yaml$/, '.examples.yaml'))
  const general = parts(shelf.general)
  const readings = [parsed, ...(standard ? [standard] : []), ...(beside ? [beside] : []), ...shelf.general]
  const standardPart = standard && partOf(standard)
  return {
    regulation,
    standard: standardPart,
    edition: standardPart?.value.editions.find(({ id }) => id === regulation.value.standard),
    general,
    examples: beside && partOf(beside),
    whole: readings.every(({ value }) => value !== undefined),
  }
}

const lawOf = (shelf: Shelf, { regulation, standard, edition, general, examples }: Bundle): Law | undefined => {
  if (!standard || !edition) return undefined
  const days = [...shelf.calendars, ...(shelf.regions ? [shelf.regions] : [])]
  const digests: LawDigests = {
    regulation: regulation.source.sha256,
    standard: standard.source.sha256,
    general: digest(shelf.generalPrints),
    calendars: digest(days),
  }
  const own = [regulation.source, standard.source].map(({ path, text, sha256: print }) => ({ path, text, sha256: print }))
  return Object.freeze({
    regulation: regulation.value,
    standard: standard.value,
    edition,
    general: general.map(({ value }) => value),
    sha256: Object.freeze(digests),
    files: Object.freeze([...own, ...shelf.generalPrints, ...days]),
    examples: examples?.value,
  })
}

const dayFrom = (law: Law): string => law.regulation.act.inForce.from.date
const dayUntil = (law: Law): string => law.regulation.act.inForce.until?.date ?? '9999-12-31'

const notInForce = (editions: readonly Law[], service: string, region: string, date: string): NotInForce => {
  const begun = editions.filter((law) => dayFrom(law) <= date)
  const nearest = begun.at(-1) ?? editions[0]
  const repealedBy = nearest && dayUntil(nearest) < date ? nearest.regulation.act.repealed : undefined
  return { refused: 'actNotInForce', service, region, date, ...(nearest ? { nearest } : {}), ...(repealedBy ? { repealedBy } : {}) }
}

const libraryOf = (laws: readonly Law[], shelf: Shelf): Library => {
  const byStart = [...laws].sort((a, b) => (dayFrom(a) < dayFrom(b) ? -1 : 1))
  return Object.freeze({
    regulations: laws,
    calendars: shelf.calendars,
    regions: shelf.regions,
    general: shelf.general.flatMap(({ value }) => (value ? [value] : [])),
    inForce: (service: string, region: string, date: string) => {
      const editions = byStart.filter(({ regulation }) => regulation.service === service && regulation.region === region)
      const found = editions.filter((law) => dayFrom(law) <= date && date <= dayUntil(law)).at(-1)
      return found ?? notInForce(editions, service, region, date)
    },
    bySha256: (wanted: string) => laws.find((law) => law.sha256.regulation === wanted),
    find: (id: string, edition?: string) =>
      byStart.findLast(({ regulation }) => regulation.id === id && (edition === undefined || regulation.edition === edition)),
  })
}

const bundlesOf = (shelf: Shelf): Bundle[] =>
  shelf.regulations.flatMap((parsed) => {
    const regulation = partOf(parsed)
    return regulation ? [bundleOf(shelf, parsed, regulation)] : []
  })

const built = (shelf: Shelf, bundles: readonly Bundle[], problems: Problem[]): { library?: Library; problems: Problem[] } => {
  if (hasErrors(problems)) return { problems }
  const laws = bundles.map((bundle) => lawOf(shelf, bundle)).filter((law) => law !== undefined)
  return { library: libraryOf(Object.freeze(laws), shelf), problems }
}

/**
 * All files of `regulations/` to a library, with every problem of every file in reading order. There is a library only
 * where no problem is an error: nothing is decided by half-read law.
 */
export const buildLibrary = (files: readonly LawFile[]): { library?: Library; problems: Problem[] } => {
  const shelf = sort(files)
  const bundles = bundlesOf(shelf)
  const ofSense = [...orphans(shelf), ...checkAll(bundles), ...checkEditions(bundles), ...checkGeneral(parts(shelf.general))]
  return built(shelf, bundles, inOrder([...shelf.problems, ...ofSense, ...checkDays(shelf, bundles)]))
}

/**
 * Files under which cases were already decided, as the ledger kept them: held to their form only, since a rule of drafting
 * that came later must not make them unreadable.
 */
export const recallLibrary = (files: readonly LawFile[]): { library?: Library; problems: Problem[] } => {
  const shelf = sort(files)
  return built(shelf, bundlesOf(shelf), inOrder(shelf.problems))
}
