import {
  countIn,
  filterQuery,
  isEverything,
  isSameFilter,
  readFilter,
  stepsIn,
  type WorkFilter,
} from '../../../../desk/lists/workFilter.ts'
import type { Speech } from '../../../../language/speech.ts'
import type { Library } from '../../../../law/model.ts'
import type { LaneCount } from '../../../../ledger/ledger.ts'
import type { KeptFilter } from '../../../../people/workFilters.ts'
import { type Path, workPath } from '../../../paths.ts'

/** A list with its number: the whole of it, what is urgent, and what the person named and kept. */
export interface Tab {
  readonly name: string
  readonly href: Path
  readonly count: number
  readonly active: boolean
  /** Where the person kept it. */
  readonly id?: string
}

export interface TabsOf {
  readonly lanes: readonly LaneCount[]
  readonly kept: readonly KeptFilter[]
  readonly filter: WorkFilter
  readonly library: Library
  readonly role: string
}

export function tabsOf({ lanes, kept, filter, library, role }: TabsOf, { t }: Speech): Tab[] {
  const tab = (name: string, wanted: WorkFilter): Tab => ({
    name,
    href: workPath(filterQuery(wanted)),
    count: countIn(lanes, wanted, stepsIn(wanted, library, role)),
    active: isSameFilter(wanted, filter),
  })
  const own = kept.map(({ id, name, filter: words }) => ({
    ...tab(
      name,
      readFilter((key) => words[key]),
    ),
    id,
  }))
  return [
    tab(t('lists.tab.all'), {}),
    tab(t('lists.tab.late'), { due: 'late' }),
    tab(t('lists.tab.today'), { due: 'today' }),
    // Where the head names performers, a person's own work is the list they open first.
    ...(lanes.some(({ mine }) => mine) && lanes.some(({ mine }) => !mine) ? [tab(t('lists.tab.mine'), { whose: 'mine' })] : []),
    ...own.filter(({ href }) => !isEverything(readFilter((key) => new URL(href, 'http://page.invalid').searchParams.get(key)))),
  ]
}
