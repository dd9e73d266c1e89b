import { formatMoment, zoneOf } from '../time/moments.ts'

/** The law's clock: every rule, term and event reads this one. */
export interface LawClock {
  /** Milliseconds since the epoch, by the law. */
  readonly now: () => number
}

export interface Shift {
  readonly get: () => Promise<number>
  readonly set: (milliseconds: number) => Promise<void>
}

/** Production: the law's time is the machine's. */
export const realClock = (machine: () => number): LawClock => ({ now: machine })

/**
 * The demonstration's clock: runs at real speed, shifted. Every server process reads the shift anew once a second,
 * so that all show one time after it was set on one.
 */
export class ShiftedClock implements LawClock {
  readonly #machine: () => number
  readonly #shift: Shift
  #by: number
  #timer: NodeJS.Timeout

  private constructor(machine: () => number, shift: Shift, by: number) {
    this.#machine = machine
    this.#shift = shift
    this.#by = by
    this.#timer = setInterval(() => void this.refresh().catch(() => undefined), 1000)
    this.#timer.unref()
  }

  static async start(machine: () => number, shift: Shift): Promise<ShiftedClock> {
    return new ShiftedClock(machine, shift, await shift.get())
  }

  readonly now = (): number => this.#machine() + this.#by

  async set(now: number): Promise<void> {
    this.#by = now - this.#machine()
    await this.#shift.set(this.#by)
  }

  async refresh(): Promise<void> {
    this.#by = await this.#shift.get()
  }

  stop(): void {
    clearInterval(this.#timer)
  }
}

/** The moment in a region's zone, RFC 3339 with its offset and without fractions: seconds are what the law can tell apart. */
export function momentIn(zone: string, milliseconds: number): string {
  const known = zoneOf(zone)
  if (known === undefined) throw new RangeError(`there is no time zone ${zone}`)
  return formatMoment(known, Math.floor(milliseconds / 1000) * 1000)
}
