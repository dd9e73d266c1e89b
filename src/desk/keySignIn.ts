import type { Languages } from '../language/load.ts'
import { createTranslator } from '../language/translator.ts'
import { canonical } from '../ledger/canonical.ts'
import type { Challenge } from '../people/challenge.ts'
import { no, type PeopleAnswer, yes } from '../people/model.ts'
import type { People } from '../people/people.ts'
import type { OpenedSession } from '../people/sessions.ts'
import type { SignInHolder, SignInJudge } from '../seal/national/signIn.ts'
import type { SealReason } from '../seal/seal.ts'

/** What a key is asked to sign so that its holder comes in. */
export interface KeyQuestion {
  /** Comes back with the signature; the bytes do not: they are made again. */
  readonly challenge: string
  readonly bytes: Uint8Array
}

export interface KeyAnswer {
  readonly challenge: string
  /** DER of the CMS. */
  readonly signature: Uint8Array
  /** The browser's cookie. */
  readonly visit: string
  readonly address: string
}

/** `reasons` beside `keyRefused`: what is wrong with the signature, words under `signIn.key.reason`. */
export type KeyEntry = PeopleAnswer<OpenedSession> & { readonly reasons?: readonly SealReason[] }

/** Coming in by a key of one's own. */
export interface KeySignIn {
  ask(visit: string): Promise<KeyQuestion>
  /** Refusals: those of the challenge and of `Entrance.byKey`, `keyRefused`, `tooManyTries`. */
  enter(answer: KeyAnswer): Promise<KeyEntry>
}

interface Parts {
  readonly people: Pick<People, 'challenges' | 'byKey' | 'tried'>
  readonly judge: SignInJudge
  /** RFC 3339 by the law's clock: certificates are judged by it. */
  readonly now: () => string
  /** Where people reach this server. */
  readonly publicUrl: string
  /** What is signed, in words, in the languages of the State and of official use. */
  readonly says: (address: string, at: string) => { readonly kk: string; readonly ru: string }
}

/** The words of what is signed. */
export const keyWords =
  (languages: Languages): Parts['says'] =>
  (address, at) => ({
    kk: createTranslator(languages.kk, 'kk')('signIn.key.says', { address, at }),
    ru: createTranslator(languages.ru, 'ru')('signIn.key.says', { address, at }),
  })

/** Not the fault of whoever tries: an authority that does not answer, or a page that stood open. */
const isFault = (code: string): boolean => !['authorityAway', 'challengeLate', 'challengeUsed'].includes(code)

/**
 * The signed bytes are canonical JSON (RFC 8785) of a format of their own, which no step has: a signature in a case is never a sign-in, nor a sign-in a signature in a
 * case, and the key for one is refused for the other. They name this server, so that they are of no use at another.
 */
export function openKeySignIn({ people, judge, now, publicUrl, says }: Parts): KeySignIn {
  const bytesOf = ({ nonce, at }: Challenge): Uint8Array =>
    new TextEncoder().encode(
      canonical({ format: 'qyzmet.signIn/1', address: publicUrl, at, challenge: nonce, says: { ...says(publicUrl, at) } }),
    )
  return {
    async ask(visit) {
      const challenge = await people.challenges.make(visit, now())
      return { challenge: challenge.token, bytes: bytesOf(challenge) }
    },
    async enter({ challenge, signature, visit, address }) {
      let reasons: readonly SealReason[] = []
      const shown = async (): Promise<PeopleAnswer<{ asked: Challenge; holder: SignInHolder }>> => {
        const asked = await people.challenges.read(challenge, visit)
        if (!asked.ok) return asked
        const verdict = await judge.judge(bytesOf(asked.value), signature, now())
        if (verdict.kind === 'holder') return yes({ asked: asked.value, holder: verdict.holder })
        reasons = verdict.reasons
        return no(reasons.every((reason) => reason === 'statusUnknown') ? 'authorityAway' : 'keyRefused')
      }
      const enter = async (): Promise<PeopleAnswer<OpenedSession>> => {
        const who = await shown()
        return who.ok ? people.byKey(who.value.asked, who.value.holder) : who
      }
      const entry = await people.tried({ address }, enter, isFault)
      return entry.ok || reasons.length === 0 ? entry : { ...entry, reasons }
    },
  }
}
