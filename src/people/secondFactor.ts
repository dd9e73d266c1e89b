import { z } from 'zod'
import type { KeyRing } from '../ledger/keys/keyRing.ts'
import type { Database } from '../ledger/postgres/database.ts'
import { answering, type makeChange, type TakenFactor } from './changes.ts'
import type { Failures } from './failures.ts'
import { no, type PeopleAnswer, yes } from './model.ts'
import { newRecoveryCodes, readRecoveryCode, recoveryDigest } from './recoveryCodes.ts'
import { digestOf } from './tokens.ts'
import { newSecret, stepOf } from './totp.ts'

export interface FactorState {
  /** Milliseconds since 1970, by the machine's clock; null: none is set up. */
  readonly setAt: number | null
  /** Recovery codes that were not used yet. */
  readonly recovery: number
}

/** What somebody is told when they come in. */
export interface FactorNews {
  readonly taken: TakenFactor | null
  /** Wrong codes after the right password, in other sign-ins than this one. */
  readonly wrong: { readonly codes: number; readonly lastAt: number } | null
}

/** A secret that is not confirmed yet. */
export interface Draft {
  /** As the page carries it, sealed for one session. */
  readonly token: string
  readonly secret: Buffer
}

interface Parts {
  readonly database: Database
  readonly keyRing: KeyRing
  readonly machineClock: () => number
  readonly change: ReturnType<typeof makeChange>
  readonly tried: Failures
}

const draftLifeMs = 15 * 60_000
const draftShape = z.strictObject({ secret: z.base64(), until: z.number() })

/** Under which name a person's secret is wrapped. */
export const factorContext = (staff: string): string => `second factor ${staff}`
const draftContext = (staff: string, token: string): string => `factor draft ${staff} ${digestOf(token).toString('hex')}`

/** Whose refusals count as guesses; a code that was right once is none. */
const isGuess = (code: string): boolean => code === 'codeWrong'

/** One-time codes beside passwords: set up, asked for, taken away. Refusals: `codeWrong`, `codeUsed`, `tooManyTries`, `draftLate`, `factorNone`. */
export function openSecondFactors({ database, keyRing, machineClock, change, tried }: Parts) {
  const secretOf = async (staff: string): Promise<Buffer | null> => {
    const [row] = await database.query<{ wrapped: Buffer | null }>({
      name: 'people second factor',
      text: 'select wrapped from second_factor where staff = $1',
      values: [staff],
    })
    return row?.wrapped ? keyRing.unwrap(row.wrapped, factorContext(staff)) : null
  }

  const takeStep = async (staff: string, step: number): Promise<PeopleAnswer<null>> => {
    // Of two processes that were given one code, one moves the step.
    const rows = await database.query({
      name: 'people take step',
      text: 'update second_factor set last_step = $2 where staff = $1 and last_step < $2 and wrapped is not null returning 1',
      values: [staff, step],
    })
    return rows.length === 1 ? yes(null) : no('codeUsed')
  }

  const takeRecovery = async (staff: string, code: string): Promise<PeopleAnswer<null>> => {
    const rows = await database.query({
      name: 'people take recovery code',
      text: 'update recovery_code set used_at = $3 where staff = $1 and digest = $2 and used_at is null returning 1',
      values: [staff, recoveryDigest(staff, code), machineClock()],
    })
    if (rows.length === 0) return no('codeWrong')
    await change({ kind: 'staff', id: staff }, (tools) => tools.tell('recoveryCodeUsed', staff, {}))
    return yes(null)
  }

  /** A code of now or a recovery code, each once. */
  const take = (staff: string, typed: string, address: string): Promise<PeopleAnswer<null>> => {
    const compare = async (): Promise<PeopleAnswer<null>> => {
      const secret = await secretOf(staff)
      if (secret === null) return no('factorNone')
      const step = stepOf(secret, typed.replaceAll(/\s/g, ''), machineClock())
      if (step !== null) return takeStep(staff, step)
      const recovery = readRecoveryCode(typed)
      return recovery === null ? no('codeWrong') : takeRecovery(staff, recovery)
    }
    return tried({ at: { kind: 'code', value: staff }, address }, compare, isGuess)
  }

  return {
    take,
    async noteWrong(staff: string, half: string): Promise<void> {
      await database.query({
        name: 'people note wrong code',
        text: `insert into wrong_code as w (staff, half, codes, last_at) values ($1, $2, 1, $3)
               on conflict (staff, half) do update set codes = w.codes + 1, last_at = excluded.last_at`,
        values: [staff, half, machineClock()],
      })
    },
    /** Wrong codes of a sign-in that came to its end were the person's own. */
    async forgetWrong(staff: string, half: string): Promise<void> {
      await database.query({
        name: 'people forget wrong codes',
        text: 'delete from wrong_code where staff = $1 and half = $2',
        values: [staff, half],
      })
    },
    async state(staff: string): Promise<FactorState> {
      const [row] = await database.query<{ set_at: number | null; recovery: number }>({
        name: 'people second factor state',
        text: `select (select set_at from second_factor where staff = $1 and wrapped is not null) as set_at,
                 (select count(*) from recovery_code where staff = $1 and used_at is null) as recovery`,
        values: [staff],
      })
      return { setAt: row?.set_at ?? null, recovery: row?.recovery ?? 0 }
    },
    async news(staff: string): Promise<FactorNews | null> {
      const [row] = await database.query<{ taken: TakenFactor | null; codes: number | null; last_at: number | null }>({
        name: 'people second factor news',
        text: `select (select taken from second_factor where staff = $1) as taken,
                 (select sum(codes)::integer from wrong_code where staff = $1) as codes,
                 (select max(last_at) from wrong_code where staff = $1) as last_at`,
        values: [staff],
      })
      const wrong = row?.codes && row.last_at ? { codes: row.codes, lastAt: row.last_at } : null
      const taken = row?.taken ?? null
      return wrong === null && taken === null ? null : { wrong, taken }
    },
    /** The person has read the news. */
    async told(staff: string): Promise<void> {
      await database.query({ name: 'people told wrong codes', text: 'delete from wrong_code where staff = $1', values: [staff] })
      await database.query({ name: 'people told taken', text: 'update second_factor set taken = null where staff = $1', values: [staff] })
    },
    /** A new secret for the owner of the session's token: it counts once a code of it has come. */
    async draft(staff: string, token: string): Promise<Draft> {
      const secret = newSecret()
      const said = { secret: secret.toString('base64'), until: machineClock() + draftLifeMs }
      const sealed = await keyRing.wrap(Buffer.from(JSON.stringify(said)), draftContext(staff, token))
      return { token: sealed.toString('base64url'), secret }
    },
    async readDraft(staff: string, token: string, given: string): Promise<Draft | null> {
      if (!/^[\w-]{40,600}$/.test(given)) return null
      let bytes: Buffer
      try {
        bytes = await keyRing.unwrap(Buffer.from(given, 'base64url'), draftContext(staff, token))
      } catch {
        return null
      }
      const { secret, until } = draftShape.parse(JSON.parse(bytes.toString('utf8')))
      return until <= machineClock() ? null : { token: given, secret: Buffer.from(secret, 'base64') }
    },
    /** Sets it up with ten recovery codes, which are told this once; the person's other sessions end. */
    async confirm(staff: string, token: string, draft: Draft, code: string, address: string): Promise<PeopleAnswer<readonly string[]>> {
      const step = await tried<number>(
        { at: { kind: 'code', value: staff }, address },
        async () => {
          const found = stepOf(draft.secret, code.replaceAll(/\s/g, ''), machineClock())
          return found === null ? no('codeWrong') : yes(found)
        },
        isGuess,
      )
      if (!step.ok) return step
      const codes = newRecoveryCodes()
      const factor = {
        wrapped: await keyRing.wrap(draft.secret, factorContext(staff)),
        step: step.value,
        recovery: codes.map((one) => recoveryDigest(staff, one)),
      }
      return answering(
        change({ kind: 'staff', id: staff }, async (tools) => {
          await tools.keepFactor(staff, factor)
          await tools.endSessions(staff, { but: digestOf(token) })
          await tools.tell('secondFactorSet', staff, {})
          return codes
        }),
      )
    },
    /** Ten others in the place of those before. */
    async renewCodes(staff: string, code: string, address: string): Promise<PeopleAnswer<readonly string[]>> {
      const taken = await take(staff, code, address)
      if (!taken.ok) return taken
      const codes = newRecoveryCodes()
      await change({ kind: 'staff', id: staff }, async (tools) => {
        await tools.keepRecoveryCodes(
          staff,
          codes.map((one) => recoveryDigest(staff, one)),
        )
        await tools.tell('recoveryCodesMade', staff, {})
      })
      return yes(codes)
    },
    async remove(staff: string, code: string, address: string): Promise<PeopleAnswer<null>> {
      const taken = await take(staff, code, address)
      if (!taken.ok) return taken
      await change({ kind: 'staff', id: staff }, async (tools) => {
        await tools.dropFactor(staff, null)
        await tools.tell('secondFactorRemoved', staff, {})
      })
      return yes(null)
    },
  }
}

export type SecondFactors = ReturnType<typeof openSecondFactors>
