import { momentIn } from '../../../../desk/clock.ts'
import { type Kept, quantile } from '../../../../desk/kept.ts'
import type { NowBoard, TermsQuery } from '../../../../desk/supervision.ts'
import type { Who } from '../../../../desk/who.ts'
import type { TermPosition } from '../../../../ledger/ledger.ts'
import type { House } from '../../../house.ts'
import type { Cell, Sheet } from '../../../sheets/sheet.ts'
import { byClause } from './NormsPage.tsx'
import { byStep, grouped } from './OverviewPage.tsx'
import { isLate } from './TermsPage.tsx'
import { sha256Of, type Wording } from './view.ts'

/** The tables of supervision as files: the same rows as on the page, every one of them, in the reader's words. */

async function* whole(rows: readonly (readonly Cell[])[]) {
  yield rows
}

const heads = ({ speech: { t } }: Wording, keys: readonly string[]): string[] => keys.map((key) => t(`watch.column.${key}`))

export function nowSheet({ counts }: NowBoard, wording: Wording): Sheet {
  const rows = grouped(counts, (row) => [row.provider, byStep(row)].join('|')).map(({ first, late, soon }): Cell[] => [
    wording.organisation(first.provider),
    wording.step(first),
    first.clause,
    wording.role(first.role, first.provider),
    late,
    soon,
  ])
  return {
    name: wording.speech.t('watch.tab.now'),
    head: heads(wording, ['provider', 'step', 'clause', 'role', 'late', 'soon']),
    pieces: whole(rows),
  }
}

export function normsSheet(kept: readonly Kept[], wording: Wording): Sheet {
  const rows = byClause(kept).map((row): Cell[] => [
    wording.step(row),
    row.clause,
    wording.speech.norm({ value: row.value, unit: row.unit }),
    wording.role(row.role, row.provider),
    row.late,
    row.ended,
    Math.round((row.late * 1000) / row.ended) / 10,
    quantile(row.minutes, 0.5),
    quantile(row.minutes, 0.9),
    row.overMinutes - row.outsideMinutes,
    row.outsideMinutes,
    row.outages,
  ])
  const keys = [
    'step',
    'clause',
    'norm',
    'role',
    'breaches',
    'ended',
    'share',
    'medianMinutes',
    'p90Minutes',
    'ownMinutes',
    'outsideMinutes',
    'outages',
  ]
  return { name: wording.speech.t('watch.tab.norms'), head: heads(wording, keys), pieces: whole(rows) }
}

const atOnce = 500

/** Read piece by piece, each piece with its row in the journal before it leaves; at most so many rows more than a sheet takes. */
export function termsSheet(house: House, who: Who, query: TermsQuery, wording: Wording): Sheet {
  const zone = house.statutes.zoneOf(who.region)
  const at = (moment: string | null): Cell => (moment === null ? null : { at: momentIn(zone, Date.parse(moment)) })
  async function* pieces() {
    let after: TermPosition | undefined
    for (;;) {
      const rows = await house.supervision.terms(who, query, 'export', atOnce, after)
      yield rows.map((row): Cell[] => [
        row.case,
        wording.applicant(row),
        wording.iin(row),
        wording.step({ step: row.step, sha256: sha256Of(row) }),
        row.clause,
        wording.organisation(row.provider),
        wording.role(row.role, row.organisation || row.provider),
        at(row.since),
        at(row.dueAt),
        at(row.endedAt),
        isLate(row) || query.what === 'late' ? wording.speech.t('watch.late') : '',
      ])
      after = rows.at(-1)
      if (rows.length < atOnce) return
    }
  }
  const keys = ['number', 'applicant', 'iin', 'step', 'clause', 'provider', 'role', 'since', 'due', 'endedAt', 'isLate']
  return { name: wording.speech.t(`watch.list.${query.what}`), head: heads(wording, keys), pieces: pieces() }
}
