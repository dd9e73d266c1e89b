import { momentIn } from '../desk/clock.ts'
import type { Ledger } from '../ledger/ledger.ts'

/** Now by the law's clock, RFC 3339: a demonstration's is shifted, and its ledger knows by how much. */
export async function lawMoment(ledger: Pick<Ledger, 'settings'>, zone = 'Asia/Almaty'): Promise<string> {
  const shift = await ledger.settings.get('clockShift')
  return momentIn(zone, Date.now() + (typeof shift === 'number' ? shift : 0))
}
