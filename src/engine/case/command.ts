import type { Actor, CaseEvent, Effect, EventOf } from './events.ts'
import type { Answer, StepInput } from './input.ts'
import type { Correctable } from './state.ts'

/** What somebody wants to happen. The idempotency key and the version that was seen travel outside, with the door. */
export type Command =
  | {
      readonly do: 'open'
      readonly actor: Actor
      readonly number: string
      readonly channel: string
      readonly provider: { readonly id: string; readonly kind: string }
      readonly branch: string | null
      readonly location: 'local' | 'nonLocal'
      /** Opens the tracker for whoever holds the receipt: 80 bits or more, made by the caller. */
      readonly secret: string
    }
  | { readonly do: 'step'; readonly actor: Actor; readonly number: string; readonly step: string; readonly input: StepInput }
  | { readonly do: 'answer'; readonly actor: Actor; readonly number: string; readonly step: string; readonly answer: Answer }
  | { readonly do: 'correct'; readonly actor: Actor; readonly entry: Correctable; readonly value: string; readonly reason: string }
  | { readonly do: 'return'; readonly actor: Actor; readonly reason: string }
  | { readonly do: 'withdraw'; readonly actor: Actor; readonly reason: string }
  | { readonly do: 'reissue'; readonly actor: Actor; readonly paper: string; readonly reason: string }
  /** What was handed out is never edited: a new act replaces it, from the examination on. */
  | { readonly do: 'replace'; readonly actor: Actor; readonly reason: string }
  /** An open case goes over to a corrected file of its law; it never does so by itself. */
  | { readonly do: 'adoptLaw'; readonly actor: Actor; readonly file: string; readonly to: string; readonly reason: string }
  /** What one person has in a role goes to another, or back to everybody in it; see `WorkReassigned`. */
  | {
      readonly do: 'reassign'
      readonly actor: Actor
      readonly role: string
      readonly from: string | null
      readonly to: string | null
      readonly reason: string
    }
  | { readonly do: 'mark'; readonly actor: Actor; readonly dues: readonly string[] }
  /** What became of a message that this side sent. */
  | { readonly do: 'message'; readonly actor: Actor; readonly message: string; readonly became: Became }
  /** What the other side did, as its message tells: decided here again, by the same law and at its own moments. */
  | { readonly do: 'take'; readonly actor: Actor; readonly received: EventOf<'MessageTaken'>['data']; readonly deeds: readonly Deed[] }
export type CommandOf<Do extends Command['do']> = Extract<Command, { do: Do }>

export type Became =
  | { readonly kind: 'delivered'; readonly exchange: string; readonly receivedAt: string; readonly digest: string }
  | { readonly kind: 'failed'; readonly code: string; readonly text: string; readonly retryAt?: string }

/** One deed of the other side: the command, when it was done (RFC 3339), and up to which event of their chain it reaches. */
export interface Deed {
  readonly seq: number
  readonly at: string
  readonly command: CommandOf<'open' | 'step' | 'answer' | 'correct' | 'return' | 'withdraw' | 'replace'>
}

/** What follows from a command. */
export interface Decision {
  readonly events: readonly CaseEvent[]
  readonly effects: readonly Effect[]
}
