import { counting } from '../engine/case/counting.ts'
import type { CaseLaw } from '../engine/case/law.ts'
import { buildLibrary, recallLibrary } from '../law/library.ts'
import { isInForce, type Law, type LawFile, type Library, type NotInForce } from '../law/model.ts'
import type { Problem } from '../law/problem.ts'
import { rolesOf } from '../law/roles.ts'
import { parseCalendars } from '../time/calendars.ts'
import type { OpeningHours } from '../time/hours.ts'
import { parseRegions } from '../time/regions.ts'
import type { World } from '../time/schedule.ts'

export type HoursOf = (organisation: string) => readonly OpeningHours[] | undefined

/** The law in force, and every law under which a case was ever decided. */
export interface Statutes {
  readonly library: Library
  readonly world: World
  /** The regulation of the service that is in force in the region on the day (`yyyy-mm-dd`). */
  readonly inForce: (service: string, region: string, day: string) => Bound | NotInForce
  /** The law that a case is bound to, by the digests of its files. */
  readonly boundBy: (files: Readonly<Record<string, string>>) => Promise<Bound>
  /** The same at once, where the texts of the ledger are at hand: for verifying and importing. */
  readonly boundFrom: (files: Readonly<Record<string, string>>, texts: LawTexts) => Bound
  readonly bind: (law: Law) => Bound
  readonly zoneOf: (region: string) => string
  /** Role codes of all regulations at hand, in their order. */
  readonly roles: ReadonlySet<string>
  readonly homeOf: (region: string) => number
  /** Every region's, each once. */
  readonly homes: () => number[]
  readonly regionOfHome: (home: number) => string | undefined
}

/** Texts of files by SHA-256. */
export type LawTexts = ReadonlyMap<string, string>

export interface Bound {
  readonly law: Law
  readonly court: CaseLaw
}

export class LawBroken extends Error {
  readonly problems: readonly unknown[]

  constructor(problems: readonly unknown[]) {
    super(`The regulations cannot be used: ${problems.length} problem(s); run qyzmet check`)
    this.name = 'LawBroken'
    this.problems = problems
  }
}

/**
 * @param text reads a file that a case was decided under, by its SHA-256, from the ledger
 * @throws LawBroken with all problems, where a file cannot be used
 */
export function openStatutes(files: readonly LawFile[], hoursOf: HoursOf, text: (sha256: string) => Promise<LawFile | null>): Statutes {
  const now = read(files)
  const earlier = new Map<string, Promise<Shelf>>()

  const bind = (shelf: Shelf, law: Law): Bound => {
    const known = shelf.bound.get(law)
    if (known) return known
    const paths = Object.fromEntries(law.files.map((f) => [f.path, f.sha256]))
    const count = counting(shelf.world, law.regulation.region, hoursOf)
    const court: CaseLaw = { regulation: law.regulation, standard: law.edition, general: law.general, files: paths, count }
    const bound = { law, court }
    shelf.bound.set(law, bound)
    return bound
  }

  const boundBy: Statutes['boundBy'] = async (wanted) => {
    const current = now.library.regulations.find((law) => isSame(law, wanted))
    if (current) return bind(now, current)
    const key = JSON.stringify(wanted)
    let shelf = earlier.get(key)
    if (shelf === undefined) {
      shelf = recall(wanted, text)
      earlier.set(key, shelf)
    }
    const then = await shelf
    const law = then.library.regulations.find((one) => isSame(one, wanted))
    if (law === undefined) throw new Error(`the ledger does not keep the law of ${key}`)
    return bind(then, law)
  }

  const past = new Map<string, Shelf>()
  const boundFrom: Statutes['boundFrom'] = (wanted, texts) => {
    const current = now.library.regulations.find((law) => isSame(law, wanted))
    if (current) return bind(now, current)
    const key = JSON.stringify(wanted)
    const shelf =
      past.get(key) ??
      read(
        Object.entries(wanted).map(([path, sha256]) => ({ path, text: texts.get(sha256) ?? '' })),
        recallLibrary,
      )
    past.set(key, shelf)
    const law = shelf.library.regulations.find((one) => isSame(one, wanted))
    if (law === undefined) throw new Error(`the ledger does not keep the law of ${key}`)
    return bind(shelf, law)
  }

  return {
    library: now.library,
    world: now.world,
    inForce: (service, region, day) => {
      const law = now.library.inForce(service, region, day)
      return isInForce(law) ? bind(now, law) : law
    },
    boundBy,
    boundFrom,
    bind: (law) => bind(now, law),
    roles: rolesOf(now.library.regulations),
    zoneOf: (region) => regionOf(now, region).zone,
    homeOf: (region) => regionOf(now, region).home,
    homes: () => [...new Set(Object.values(now.world.regions.regions).map(({ home }) => home))],
    regionOfHome: (home) => Object.entries(now.world.regions.regions).find(([, r]) => r.home === home)?.[0],
  }
}

interface Shelf {
  readonly library: Library
  readonly world: World
  readonly bound: Map<Law, Bound>
}

function read(files: readonly LawFile[], build = buildLibrary): Shelf {
  const { library, problems } = build(files)
  const errors = problems.filter((p: Problem) => p.severity === 'error')
  if (library === undefined || errors.length > 0) throw new LawBroken(errors)
  return { library, world: readWorld(library), bound: new Map() }
}

export function readWorld(library: Pick<Library, 'calendars' | 'regions'>): World {
  const calendars = parseCalendars(library.calendars)
  if (!calendars.ok) throw new LawBroken(calendars.problems)
  const regions = parseRegions(library.regions?.text ?? '', library.regions?.path ?? 'regions.yaml')
  if (!regions.ok) throw new LawBroken(regions.problems)
  return { calendars: calendars.value, regions: regions.value }
}

async function recall(wanted: Readonly<Record<string, string>>, text: (sha256: string) => Promise<LawFile | null>): Promise<Shelf> {
  const files = await Promise.all(
    Object.entries(wanted).map(async ([path, sha256]) => {
      const file = await text(sha256)
      if (file === null) throw new Error(`the ledger does not keep ${path} (${sha256})`)
      return { path, text: file.text }
    }),
  )
  // Only their form is checked: a check that was added later must not make what was lawful then unreadable.
  return read(files, recallLibrary)
}

const isSame = (law: Law, wanted: Readonly<Record<string, string>>) => {
  const paths = Object.keys(wanted)
  return law.files.length === paths.length && law.files.every((f) => wanted[f.path] === f.sha256)
}

function regionOf(shelf: Shelf, id: string) {
  const region = shelf.world.regions.regions[id]
  if (region === undefined) throw new Error(`region ${id} is not in regions.yaml`)
  return region
}
