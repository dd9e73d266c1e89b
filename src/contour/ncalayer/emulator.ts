import { setTimeout as sleep } from 'node:timers/promises'
import { answers, greeting, heartbeat } from '../../seal/ncalayer/protocol.ts'
import { type Automatic, type Dialogs, openDialogs } from './dialogs.ts'
import { choicesFor, type Identity, type KeyMaker, type Person } from './keys.ts'
import { certificateText, type Signing, signOne, Unsignable } from './sign.ts'
import { readFrame, type SigningWish, type Wanted } from './wants.ts'

/** What may be turned while it runs. */
export interface EmulatorFaults {
  /** Of the greeting; one before 1.3 has only `commonUtils`. */
  version: string
  /** Before each answer. */
  slowMs: number
  /** The connection is cut: before the dialog, or after a key was chosen. */
  crash: 'never' | 'beforeDialog' | 'afterDialog'
  /** Takes no connection at all. */
  absent: boolean
  /** What comes back after signing: as it should be, text that is cut in the middle, or a frame of another shape. */
  answer: 'right' | 'cutShort' | 'otherShape'
  /** The store of the keys asks its password. */
  asksPassword: boolean
  /** Tokens that are plugged in: names of `storages`. */
  tokens: readonly string[]
}

export const noFaults = (): EmulatorFaults => ({
  ...{ version: '1.4', slowMs: 0, crash: 'never', absent: false },
  ...{ answer: 'right', asksPassword: false, tokens: [] },
})

export interface EmulatorParts {
  readonly keys: KeyMaker
  readonly people: readonly Person[]
  readonly signing: Signing
}

/** One side of a connection: how the emulator speaks to whoever connected. */
export interface Wire {
  send(frame: string): void
  /** Without a farewell, as a program that was killed. */
  cut(): void
}

/** One machine with NCALayer on it: its screen, its faults, and the connections of the pages that are open there. */
export interface Emulator {
  readonly faults: EmulatorFaults
  readonly dialogs: Dialogs
  /** Answers dialogs by itself while it is set. */
  automatic: Automatic | undefined
  connect(wire: Wire): { receive(frame: string): void; closed(): void }
}

export function createEmulator(parts: EmulatorParts): Emulator {
  const faults = noFaults()
  const emulator: Emulator = {
    faults,
    dialogs: openDialogs(
      () => emulator.automatic,
      () => faults.asksPassword,
    ),
    automatic: undefined,
    connect(wire) {
      const gone = new AbortController()
      let busy: Promise<void> = Promise.resolve()
      const machine = { parts, emulator, locale: { current: 'kk' }, gone: gone.signal, wire }
      wire.send(JSON.stringify(greeting(faults.version)))
      return {
        // Requests have no ids: each is answered before the next is looked at.
        receive: (frame) => {
          if (frame === heartbeat) return wire.send(heartbeat)
          busy = busy.then(() => answer(machine, frame)).catch((cause) => wire.send(JSON.stringify(broken(cause))))
        },
        closed: () => gone.abort(),
      }
    },
  }
  return emulator
}

const broken = (cause: unknown) => answers.basicsFailed('GENERAL_ERROR', 'An internal error occurred.', String(cause))

interface Machine {
  readonly parts: EmulatorParts
  readonly emulator: Emulator
  readonly locale: { current: string }
  readonly gone: AbortSignal
  readonly wire: Wire
}

async function answer(machine: Machine, frame: string): Promise<void> {
  const { emulator, gone, wire, locale } = machine
  if (gone.aborted) return
  const { wanted, uuid } = readFrame(frame, emulator.faults.version, locale.current)
  const answered = await answerTo(machine, wanted)
  if (emulator.faults.slowMs > 0) await sleep(emulator.faults.slowMs, undefined, { signal: gone }).catch(() => undefined)
  if (answered !== null && !gone.aborted) wire.send(frameOf(uuid === undefined ? answered : { ...answered, uuid }, wanted, emulator.faults))
}

function frameOf(answered: object, { kind }: Wanted, { answer }: EmulatorFaults): string {
  const frame = JSON.stringify(answered)
  if (kind !== 'sign' || answer === 'right') return frame
  return answer === 'cutShort' ? frame.slice(0, frame.length / 2) : JSON.stringify(answers.basics({ signed: true }))
}

/** null: the connection was cut instead. */
async function answerTo(machine: Machine, wanted: Wanted): Promise<object | null> {
  switch (wanted.kind) {
    case 'heartbeat':
      return null
    case 'answer':
      return wanted.answer
    case 'tokens':
      return answers.common(machine.emulator.faults.tokens)
    case 'locale':
      machine.locale.current = wanted.locale
      return answers.common('')
    case 'keyInfo':
      return keyInfo(machine)
    case 'sign':
      return sign(machine, wanted)
  }
}

async function chosen(machine: Machine, wish: SigningWish): Promise<Identity | 'cancelled' | 'cut' | 'lockedOut'> {
  const { parts, emulator, gone, wire } = machine
  const { faults, dialogs } = emulator
  if (faults.crash === 'beforeDialog') {
    wire.cut()
    return 'cut'
  }
  const choice = await dialogs.ask(wish, choicesFor(wish, parts.people), gone)
  if (choice === null) return 'cancelled'
  if (choice === 'lockedOut') return choice
  if (faults.crash === 'afterDialog') {
    wire.cut()
    return 'cut'
  }
  return parts.keys.identity(choice.id)
}

async function sign(machine: Machine, { wish, by, many }: Extract<Wanted, { kind: 'sign' }>): Promise<object | null> {
  const identity = await chosen(machine, wish)
  if (identity === 'cut') return null
  if (identity === 'cancelled') return by === 'basics' ? answers.basicsCancelled() : answers.commonCancelled()
  if (identity === 'lockedOut') return failedBy(by, wrongPassword)
  try {
    const signed: string[] = []
    for (const document of wish.documents) signed.push(await signOne(machine.parts.signing, identity, wish, document, by === 'basics'))
    const [first] = signed
    if (by === 'commonUtils') return answers.common(many ? signed : first)
    if (wish.format === 'raw')
      return answers.basics({ signatures: signed, ...(wish.outputCert ? { certificate: certificateText(identity) } : {}) })
    // XML comes back as an array, also of one document.
    return answers.basics(many || wish.format === 'xml' ? signed : first)
  } catch (cause) {
    if (!(cause instanceof Unsignable)) throw cause
    return failedBy(by, cause.message)
  }
}

/** As Java says it of a PKCS#12 store. */
const wrongPassword = 'java.io.IOException: keystore password was incorrect'

const failedBy = (by: 'basics' | 'commonUtils', details: string): object =>
  by === 'commonUtils'
    ? answers.commonFailed(details)
    : answers.basicsFailed('INVOCATION_ERROR', 'An invoked method threw an exception.', details)

const anyKey: SigningWish = {
  ...{
    format: 'raw',
    documents: [],
    decode: false,
    encapsulate: false,
    digested: false,
    timeStamp: false,
    outputCert: false,
    locale: 'kk',
  },
  signer: { usages: [], iin: '', bin: '', serial: '' },
}

async function keyInfo(machine: Machine): Promise<object | null> {
  const identity = await chosen(machine, { ...anyKey, locale: machine.locale.current })
  if (identity === 'cut') return null
  if (identity === 'cancelled') return answers.commonCancelled()
  if (identity === 'lockedOut') return failedBy('commonUtils', wrongPassword)
  const { certificate, key } = identity
  const { subject, issuer, serial, notBefore, notAfter, authorityKeyId } = certificate
  return answers.common({
    alias: identity.name,
    keyId: certificate.subjectKeyId ?? '',
    algorithm: key.algorithm.startsWith('gost') ? 'ECGOST3410-2015-512' : key.algorithm.startsWith('rsa') ? 'RSA' : 'ECDSA',
    subjectCn: commonName(subject.text),
    subjectDn: subject.text,
    issuerCn: commonName(issuer.text),
    issuerDn: issuer.text,
    serialNumber: BigInt(`0x${serial}`).toString(),
    certNotBefore: String(Date.parse(notBefore)),
    certNotAfter: String(Date.parse(notAfter)),
    authorityKeyIdentifier: authorityKeyId ?? '',
    pem: certificateText(identity),
  })
}

const commonName = (dn: string): string => /(?:^|,)CN=([^,]*)/.exec(dn)?.[1] ?? dn
