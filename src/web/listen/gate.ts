/**
 * A gate that lets so many in at once. Who finds it full stands in the line of their kind, the more urgent kinds first, and is sent away when their
 * patience ends, or at once where it is plain that it would. A line that has stood for a while is no passing wave: then the less urgent wait a short
 * time only, so that whoever is let in is served quickly (controlled delay, Nichols and Jacobson, 2012).
 */
export interface GateRules {
  readonly atOnce: number
  /** Over all kinds. */
  readonly waiting: number
  /** Kinds from the most urgent to the least. */
  readonly kinds: readonly {
    readonly patienceMs: number
    /** Where the line has stood for a while. */
    readonly standingPatienceMs: number
  }[]
  /** Monotonic, in ms. */
  readonly now: () => number
}

/** Told exactly once, of going in or of being sent away. */
export interface Comer {
  readonly goIn: () => void
  readonly sentAway: () => void
}

interface Waiting extends Comer {
  readonly timer: NodeJS.Timeout
}

/** A line that was never empty for so long is standing. */
const standingAfterMs = 500
/** Weight of the newest stay in the average: a few dozen requests long. */
const weight = 1 / 32

export class Gate {
  private readonly rules: GateRules
  private readonly lines: Waiting[][]
  private standingSince: number | undefined
  /** How long somebody is inside, in ms, on average. */
  private stayMs = 0
  inside = 0

  constructor(rules: GateRules) {
    this.rules = rules
    this.lines = rules.kinds.map(() => [])
  }

  get waiting(): number {
    return this.lines.reduce((sum, line) => sum + line.length, 0)
  }

  /** `kind` is a place in the rules' list. */
  enter(kind: number, comer: Comer): void {
    if (this.inside < this.rules.atOnce) {
      this.inside++
      comer.goIn()
      return
    }
    const patience = this.patienceOf(kind)
    const ahead = this.lines.slice(0, kind + 1).reduce((sum, line) => sum + line.length, 0)
    const line = this.lines[kind]
    const expected = ((ahead + 1) * this.stayMs) / this.rules.atOnce
    if (line === undefined || expected > patience || (this.waiting >= this.rules.waiting && !this.sendAwayBelow(kind))) {
      comer.sentAway()
      return
    }
    this.standingSince ??= this.rules.now()
    const one: Waiting = {
      ...comer,
      timer: setTimeout(() => {
        line.splice(line.indexOf(one), 1)
        this.looked()
        comer.sentAway()
      }, patience),
    }
    line.push(one)
  }

  /** Whoever was let in is out again; `sinceMs` is when they went in, by the rules' clock. */
  leave(sinceMs: number): void {
    this.stayMs += (this.rules.now() - sinceMs - this.stayMs) * weight
    const next = this.lines.find((line) => line.length > 0)?.shift()
    if (next === undefined) {
      this.inside--
      return
    }
    clearTimeout(next.timer)
    this.looked()
    next.goIn()
  }

  private patienceOf(kind: number): number {
    const rule = this.rules.kinds[kind]
    if (rule === undefined) return 0
    const standing = this.standingSince !== undefined && this.rules.now() - this.standingSince > standingAfterMs
    return standing ? rule.standingPatienceMs : rule.patienceMs
  }

  /** The place of somebody less urgent, the last who came, is given to the more urgent. */
  private sendAwayBelow(kind: number): boolean {
    for (let below = this.lines.length - 1; below > kind; below--) {
      const last = this.lines[below]?.pop()
      if (last === undefined) continue
      clearTimeout(last.timer)
      last.sentAway()
      return true
    }
    return false
  }

  private looked(): void {
    if (this.lines.every((line) => line.length === 0)) this.standingSince = undefined
  }
}
