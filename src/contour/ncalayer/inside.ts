import type { Language } from '../../language/messages.ts'
import type { Translator } from '../../language/translator.ts'
import { revocations } from '../../seal/certificates/revocation.ts'
import { nationalSeal } from '../../seal/national/national.ts'
import { stampFrom } from '../../seal/national/stamping.ts'
import type { Seal } from '../../seal/seal.ts'
import { askingInside } from '../pki/asking.ts'
import { makePki, type Pki } from '../pki/pki.ts'
import { type KeyProgram, openKeyProgram } from './keyProgram.ts'
import { staffWithKeys } from './people.ts'
import { pkiSigning } from './pkiSigning.ts'

export interface InsideParts {
  /** Where the test PKI is kept; private keys in files 0600. */
  readonly folder: string
  /** RFC 3339 by the law's clock. */
  readonly now: () => string
  readonly translator: (language: Language) => Translator
  readonly prefix: `/${string}`
}

export interface KeysInside {
  readonly program: KeyProgram
  /** Judges what those keys sign, as signatures of the national centre are judged. */
  readonly seal: Seal
}

/** Keys of the national kind for a demonstration: authority, NCALayer and judge in one process. The PKI is made when somebody first signs with a key. */
export function keysInside({ folder, now, translator, prefix }: InsideParts): KeysInside {
  let made: Promise<Pki> | undefined
  const pki = (): Promise<Pki> => {
    made ??= makePki({ algorithm: 'gost', at: now(), folder })
    // A folder that could not be written is tried again by the next person.
    made.catch(() => (made = undefined))
    return made
  }
  const asking = askingInside(pki, now)
  const stamp = stampFrom('http://127.0.0.1/tsp', asking)
  const judge = async () => nationalSeal({ trust: (await pki()).trust, revocations: revocations({ asking }), stamp })
  const keys = { identity: async (name: string) => (await pki()).identity(name) }
  return {
    program: openKeyProgram({ keys, people: staffWithKeys(), signing: pkiSigning({ now, stamp }), translator, prefix }),
    seal: {
      prepare: async (request) => (await judge()).prepare(request),
      accept: async (prepared, signature, at) => (await judge()).accept(prepared, signature, at),
      verify: async (bytes, signature, expectation) => (await judge()).verify(bytes, signature, expectation),
    },
  }
}
