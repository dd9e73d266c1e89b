import { randomUUID } from 'node:crypto'
import type { CustodyRow, Ledger, WorkItem } from '../ledger/ledger.ts'
import type { Desk } from './desk.ts'
import type { Who } from './who.ts'

export interface Place {
  /** Of the organisation, where all its work lies. */
  readonly home: number
  readonly role: string
  readonly organisation: string
}

/** What lies with a person by name in one role at one place. */
export interface Lying extends Place {
  readonly items: readonly WorkItem[]
  /** Papers of open cases in the person's hands. */
  readonly papers: readonly CustodyRow[]
}

export const casesOf = ({ items, papers }: Pick<Lying, 'items' | 'papers'>): string[] => [
  ...new Set([...items, ...papers].map(({ case: number }) => number)),
]

/** As many as are read and given at once; giving goes on until nothing is left. */
const atOnce = 200
const abreast = 20

/** What lies with a person, place by place; places with nothing are there too, so that who asks sees that nothing lies. */
export async function liesWith(ledger: Pick<Ledger, 'work' | 'custody'>, person: string, places: readonly Place[]): Promise<Lying[]> {
  const papers = await ledger.custody.keptBy(person, atOnce)
  return Promise.all(
    places.map(async ({ home, role, organisation }) => ({
      home,
      role,
      organisation,
      items: await ledger.work.givenTo({ home, assignee: person, organisation, role }, atOnce),
      papers: papers.filter((row) => row.holderKind === role && row.holderOrganisation === organisation),
    })),
  )
}

export interface Handing extends Place {
  /** Staff id; null: everybody in the role. */
  readonly to: string | null
  readonly reason: string
}

export interface HandedOver {
  readonly cases: number
  /** Cases that were not given, each with the code of its "no". */
  readonly refused: readonly { readonly case: string; readonly code: string }[]
}

/**
 * Gives all that lies with a person in a role to another, or back to everybody in it, case by case: cases of several homes share no transaction.
 * Stops where a turn brings nothing further; what is left is told.
 */
export async function giveOver(
  parts: { readonly ledger: Pick<Ledger, 'work' | 'custody'>; readonly desk: Pick<Desk, 'office'> },
  person: string,
  { home, role, organisation, to, reason }: Handing,
  who: Who,
): Promise<HandedOver> {
  const command = { do: 'reassign', role, from: person, to, reason } as const
  const refused = new Map<string, string>()
  let cases = 0
  for (;;) {
    const [lying] = await liesWith(parts.ledger, person, [{ home, role, organisation }])
    const waiting = (lying ? casesOf(lying) : []).filter((number) => !refused.has(number))
    if (waiting.length === 0) break
    for (let from = 0; from < waiting.length; from += abreast) {
      const outcomes = await Promise.all(
        waiting.slice(from, from + abreast).map(async (number) => ({
          number,
          outcome: await parts.desk.office(number, command, who, { key: randomUUID() }),
        })),
      )
      for (const { number, outcome } of outcomes) {
        if (outcome.kind === 'done') cases += 1
        // Done by somebody else in this moment, or no more to be done: not asked again.
        else refused.set(number, outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind)
      }
    }
  }
  return { cases, refused: [...refused].map(([number, code]) => ({ case: number, code })) }
}
