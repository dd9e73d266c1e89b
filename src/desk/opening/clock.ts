import type { Ledger } from '../../ledger/ledger.ts'
import { type LawClock, realClock, ShiftedClock } from '../clock.ts'
import type { OnClose } from './closing.ts'

/**
 * The law's clock. `begins`: by how many milliseconds it is shifted when the database is new; afterwards the database says. null: not at all, in production.
 */
export async function openClock(
  { ledger, machine, begins }: { ledger: Pick<Ledger, 'settings' | 'watch'>; machine: () => number; begins: number | null },
  onClose: OnClose,
): Promise<LawClock> {
  if (begins === null) return realClock(machine)
  const clock = await ShiftedClock.start(machine, {
    get: async () => {
      const kept = await ledger.settings.get('clockShift')
      if (typeof kept === 'number') return kept
      await ledger.settings.set('clockShift', begins)
      return begins
    },
    set: async (milliseconds) => {
      await ledger.settings.set('clockShift', milliseconds)
      await ledger.watch.forgetDays()
    },
  })
  onClose(() => clock.stop())
  return clock
}
