import { mostCases, type Pack } from '../../../../desk/pack/room.ts'
import { drawSample } from '../../../../desk/pack/sample.ts'
import type { TermsQuery } from '../../../../desk/supervision.ts'
import type { Who } from '../../../../desk/who.ts'
import type { House } from '../../../house.ts'

export const sampleSize = 20
/** A list longer than this is drawn from its beginning: the address says what it was. */
const mostDrawnFrom = 5_000

/** Cases of a list drawn by the newest seal, or by a text of the inspector's own, in one container; null: the list is empty. */
export async function sampleOf(
  { supervision, ledger, packs }: Pick<House, 'supervision' | 'ledger' | 'packs'>,
  who: Who,
  query: TermsQuery,
  { size = String(sampleSize), seed }: { readonly size?: string | undefined; readonly seed?: string | undefined },
): Promise<Pack | null> {
  const rows = await supervision.terms(who, query, 'export', mostDrawnFrom)
  const wanted = /^\d{1,2}$/.test(size) ? Math.min(Math.max(1, Number(size)), mostCases) : sampleSize
  const { drawn, sample } = drawSample(
    rows.map((row) => row.case),
    wanted,
    seed ?? (await ledger.seals.newest())?.hash ?? '',
  )
  const pack = drawn.length === 0 ? null : await packs.make(drawn, who, sample)
  return pack === 'tooMany' ? null : pack
}
