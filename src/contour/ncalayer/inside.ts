import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Hono } from 'hono'
import type { Language } from '../../language/messages.ts'
import type { Translator } from '../../language/translator.ts'
import type { TrustStore } from '../../seal/certificates/path.ts'
import { revocations } from '../../seal/certificates/revocation.ts'
import type { Court } from '../../seal/national/judge.ts'
import { nationalSeal } from '../../seal/national/national.ts'
import { stampFrom } from '../../seal/national/stamping.ts'
import type { Seal } from '../../seal/seal.ts'
import type { Call } from '../egovMobile/phone.ts'
import { phoneRoutes } from '../egovMobile/phoneRoutes.tsx'
import { askingInside } from '../pki/asking.ts'
import { makePki, type Pki } from '../pki/pki.ts'
import { type KeyProgram, openKeyProgram } from './keyProgram.ts'
import { staffWithKeys } from './people.ts'
import { pkiSigning } from './pkiSigning.ts'

export interface InsideParts {
  /** Where test PKIs are kept, each by its day; private keys in files 0600. */
  readonly folder: string
  /** RFC 3339 by the law's clock. */
  readonly now: () => string
  readonly translator: (language: Language) => Translator
  readonly prefix: `/${string}`
}

export interface KeysInside {
  readonly program: KeyProgram
  /** A telephone with eGov Mobile that holds the same keys: `at` is where it stands, `from` the beginning of the addresses that it goes to. */
  readonly telephone: (at: string, knock: { machine: () => number; from: string; call: Call }) => Hono
  /** Judges what those keys sign, as signatures of the national centre are judged. */
  readonly seal: Seal
  /** By whom it judges. */
  readonly court: () => Promise<Court>
}

/** Certificates are valid from 30 days before the PKI's day to a year after: a clock that was set elsewhere finds another PKI, or makes one. */
const [daysBefore, daysAfter] = [25, 300]

/**
 * Keys of the national kind for a demonstration: authority, NCALayer and judge in one process. A PKI is made when somebody first signs with a key, and another one
 * where the law's clock has been set far from it; whatever was signed under an earlier one is still believed.
 */
export function keysInside({ folder, now, translator, prefix }: InsideParts): KeysInside {
  const open = new Map<string, Promise<Pki>>()
  const openOn = (day: string, at: string): Promise<Pki> => {
    const known = open.get(day) ?? makePki({ algorithm: 'gost', at, folder: join(folder, day) })
    open.set(day, known)
    // A folder that could not be written is tried again by the next person.
    known.catch(() => open.delete(day))
    return known
  }
  const days = () => (existsSync(folder) ? readdirSync(folder).filter((name) => /^\d{4}-\d\d-\d\d$/.test(name)) : [])
  const pki = (): Promise<Pki> => {
    const at = now()
    const today = Temporal.PlainDate.from(at.slice(0, 10))
    const near = days().find((day) => {
      const passed = Temporal.PlainDate.from(day).until(today, { largestUnit: 'days' }).days
      return -daysBefore <= passed && passed <= daysAfter
    })
    return openOn(near ?? today.toString(), at)
  }
  const trust = async (): Promise<TrustStore> => {
    const all = await Promise.all(days().map((day) => openOn(day, now())))
    return { roots: all.flatMap((one) => one.trust.roots), authorities: all.flatMap((one) => one.trust.authorities) }
  }
  const asking = askingInside(pki, now)
  const stamp = stampFrom('http://127.0.0.1/tsp', asking)
  // Whoever only looks at signatures has no PKI made for it: that takes seconds.
  const court = async () => ({ trust: await trust(), revocations: revocations({ asking }) })
  const judge = async () => {
    await pki()
    return nationalSeal({ ...(await court()), stamp })
  }
  const keys = { identity: async (name: string) => (await pki()).identity(name) }
  const parts = { keys, people: staffWithKeys(), signing: pkiSigning({ now, stamp }) }
  return {
    telephone: (at, { machine, from, call }) =>
      phoneRoutes({ ...parts, translator, at, machine, call, isListed: ({ href }) => href.startsWith(from) }),
    program: openKeyProgram({ ...parts, translator, prefix }),
    court,
    seal: {
      prepare: async (request) => (await judge()).prepare(request),
      accept: async (prepared, signature, at) => (await judge()).accept(prepared, signature, at),
      verify: async (bytes, signature, expectation) => (await judge()).verify(bytes, signature, expectation),
    },
  }
}
