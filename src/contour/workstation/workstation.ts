import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import type { ContourClock } from '../clock.ts'
import type { Letter, Mailbox } from '../shep/mailbox.ts'
import type { State } from '../state/state.ts'
import { type Act, answerData, requestNameIn } from './answer.ts'

export const workstationService = 'DEMO_RSHEP_INTAKE'
/** Who takes and answers: a sender of the contour's own. */
export const workstationSender = 'simulator-rshep'

export const workstationModes = ['byHand', 'registers', 'decides', 'refuses'] as const
export type WorkstationMode = (typeof workstationModes)[number]

export type IntakeState = 'taken' | 'registered' | 'decided' | 'refused'
export interface Intake {
  readonly correlation: string
  /** The sender's own name of its request, or ours of the correlation where it has none. */
  readonly request: string
  readonly number: string
  readonly sender: string
  readonly state: IntakeState
  readonly takenAt: string
}

export interface Workstation {
  mode(): WorkstationMode
  setMode(mode: WorkstationMode): Promise<void>
  list(most: number): Intake[]
  /** `notNow`: it is registered already, or decided. */
  act(correlation: string, act: Act): Promise<'done' | 'unknown' | 'notNow'>
  /** Takes a message of the mailbox. */
  take(letter: Letter): Promise<void>
}

const pair = z.strictObject({ kk: z.string(), ru: z.string() })
const refusal = z
  .strictObject({ missing: pair, reason: pair })
  .parse(parse(readFileSync(new URL('./refusal.yaml', import.meta.url), 'utf8')))

const after: Readonly<Record<Act, { from: readonly IntakeState[]; to: IntakeState; type: 'NOTIFICATION' | 'RESPONSE' }>> = {
  register: { from: ['taken'], to: 'registered', type: 'NOTIFICATION' },
  decide: { from: ['taken', 'registered'], to: 'decided', type: 'RESPONSE' },
  refuse: { from: ['taken', 'registered'], to: 'refused', type: 'RESPONSE' },
}
const byItself: Readonly<Record<WorkstationMode, readonly Act[]>> = {
  byHand: [],
  registers: ['register'],
  decides: ['register', 'decide'],
  refuses: ['register', 'refuse'],
}

/** The receiving side of the regional gateway, for whoever has no second system: takes requests, registers them, answers. It knows no law and decides nothing. */
export function openWorkstation(state: State, clock: ContourClock, mailbox: Mailbox): Workstation {
  const { db } = state
  const find = db.prepare('select * from intake where correlation = ?')
  const insert = db.prepare(
    "insert or ignore into intake (correlation, number, service, sender, state, taken_at, request, said) values (?, ?, ?, ?, 'taken', ?, ?, '[]')",
  )
  const change = db.prepare('update intake set state = ? where correlation = ?')
  const all = db.prepare('select * from intake order by taken_at desc, correlation limit ?')
  const kept = db.prepare("select value from settings where name = 'workstation'")
  const keep = db.prepare("insert or replace into settings (name, value) values ('workstation', ?)")
  const trim = db.prepare('delete from intake where correlation not in (select correlation from intake order by taken_at desc limit ?)')
  const mode = () => workstationModes.find((one) => one === kept.get()?.value) ?? 'registers'

  async function act(correlation: string, what: Act): Promise<'done' | 'unknown' | 'notNow'> {
    const row = find.get(correlation)
    if (row === undefined) return 'unknown'
    const { from, to, type } = after[what]
    const intake = toIntake(row)
    if (!from.includes(intake.state)) return 'notNow'
    // First the state, so that two presses of a button send one answer.
    await state.durably(() => {
      change.run(to, correlation)
    })
    const data = answerData(what, intake.request, intake.number, clock.now(), refusal)
    const posting = { type, correlation, service: String(row.service), sender: workstationSender, messageDate: clock.now(), data }
    await mailbox.post(posting, () => null)
    return 'done'
  }

  return {
    mode,
    setMode: (to) =>
      state.durably(() => {
        keep.run(to)
      }),
    list: (most) => all.all(most).map(toIntake),
    act,
    async take(letter) {
      if (letter.type === 'REQUEST') {
        const request = requestNameIn(letter.data) ?? letter.correlation
        const number = `R-${String(letter.seq).padStart(6, '0')}`
        await state.durably(() => {
          insert.run(letter.correlation, number, letter.service, letter.sender, clock.now(), request)
          if (letter.seq % 100 === 0) trim.run(mostIntakes)
        })
      }
      await mailbox.deliver(letter.id, letter.receiver, { accepted: true, resend: false })
      if (letter.type === 'REQUEST') for (const what of byItself[mode()]) await act(letter.correlation, what)
    },
  }
}

const mostIntakes = 5_000

function toIntake(row: Record<string, unknown>): Intake {
  return {
    correlation: String(row.correlation),
    request: String(row.request),
    number: String(row.number),
    sender: String(row.sender),
    state: row.state as IntakeState, // written by this file alone
    takenAt: String(row.taken_at),
  }
}
