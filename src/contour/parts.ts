import { generateKeyPairSync } from 'node:crypto'
import { shepSchemas } from '../gateway/shep/schemas.ts'
import type { Languages } from '../language/load.ts'
import type { Log } from '../observe/log.ts'
import { type ContourClock, contourClock } from './clock.ts'
import { type Consents, openConsents } from './consent/consents.ts'
import { consentService } from './consent/service.ts'
import { type Faults, openFaults } from './faults/faults.ts'
import { temporaryFiles } from './files/service.ts'
import { type FileStore, openFiles } from './files/store.ts'
import { type ContourKeys, openKeys } from './keys.ts'
import { type ContourLimits, ordinaryLimits } from './limits.ts'
import type { PkiAlgorithm } from './pki/pki.ts'
import { personRegister } from './register/register.ts'
import { signedData } from './register/signed.ts'
import type { SyncService } from './services/service.ts'
import { type Letter, type Mailbox, openMailbox } from './shep/mailbox.ts'
import { openParticipants, type Participants, type RegistrationInput, registration } from './shep/participants.ts'
import { openSeenIds } from './shep/seen.ts'
import { openServiceRules, type ServiceRules } from './shep/serviceRules.ts'
import { openState, type State } from './state/state.ts'
import { openWatch, type Watch } from './watch/watch.ts'
import type { ChannelTools } from './wire/channel.ts'
import { type Courier, startCourier } from './wire/courier.ts'
import { forwardTo } from './wire/forward.ts'
import { openWorkstation, type Workstation, workstationSender, workstationService } from './workstation/workstation.ts'

export interface ContourOptions {
  readonly host?: string
  /** 0: a free one. */
  readonly port: number
  /** Folder that outlives a restart; absent: memory. */
  readonly data?: string
  /** Folder of a test PKI (`qyzmet simulator pki`); absent: one of the contour's own, under `data`. */
  readonly keys?: string
  /** Of the contour's own PKI; default RSA. */
  readonly algorithm?: PkiAlgorithm
  /** Invented people and the decisions of faults are the same for the same seed. */
  readonly seed?: string
  /** RFC 3339: where the contour's clock begins; absent: the machine's. */
  readonly clock?: string
  /** False: messages without a transport signature are taken too. */
  readonly strictSignatures?: boolean
  readonly limits?: Partial<ContourLimits>
  /** Registered at the start beside the two of the demonstration, unless they are there already. */
  readonly participants?: readonly RegistrationInput[]
  readonly log?: Log
  /** Absent: read from the folder of languages. */
  readonly words?: Languages
}

/** Everything that the contour keeps, for its pages, its API and tests in the same process. */
export interface ContourParts {
  readonly clock: ContourClock
  readonly seed: string
  readonly limits: ContourLimits
  readonly keys: ContourKeys
  readonly state: State
  readonly participants: Participants
  readonly rules: ServiceRules
  readonly mailbox: Mailbox
  readonly faults: Faults
  readonly watch: Watch
  readonly consents: Consents
  readonly files: FileStore
  readonly workstation: Workstation
  readonly services: readonly SyncService[]
  readonly courier: Courier
}

export interface OpenParts {
  readonly parts: ContourParts
  readonly channel: ChannelTools
}

/** Systems of the demonstration, so that the first message needs no registration. The password is no secret: it stands in docs/simulator.md. */
const demonstration: readonly RegistrationInput[] = [
  { senderId: 'demo-iis', name: 'DEMO-IIS', password: 'demo-secret' },
  { senderId: 'demo-rshep', name: 'DEMO-RSHEP', password: 'demo-secret' },
]

export async function openParts(options: ContourOptions, ending: AbortSignal): Promise<OpenParts> {
  const clock = contourClock(options.clock)
  const limits = { ...ordinaryLimits, ...options.limits }
  const state = openState(options.data)
  const seed = options.seed ?? 'qyzmet'
  const pkiFolder = options.keys ?? (options.data === undefined ? undefined : `${options.data}/pki`)
  const keys = await openKeys({
    algorithm: options.algorithm ?? 'rsa',
    at: clock.now(),
    ...(pkiFolder === undefined ? {} : { folder: pkiFolder }),
  })
  const kept = keptParts(state, clock, seed, limits, options.strictSignatures ?? true)
  const first = () => registerFirst(kept.participants, [...demonstration, ...(options.participants ?? [])])
  await first()
  const broke = (cause: unknown) => options.log?.error('contour broke', {}, cause)
  state.whenForgotten(() => void first().catch(broke))
  const common = { ...kept, clock, keys, limits, state, seed }
  const workstation = openWorkstation(state, clock, kept.mailbox)
  const within = new Map([[workstationSender, (letter: Letter) => workstation.take(letter)]])
  const courier = startCourier({ ...common, pushMs: limits.pushMs, within, broke })
  const services = servicesOf(common)
  return {
    parts: { ...common, services, courier, workstation },
    channel: {
      ...common,
      services,
      seen: openSeenIds(state, limits.seen),
      ending,
      broke,
      schemas: await shepSchemas(),
      strictSignatures: kept.rules.strictSignatures,
      requestBytes: limits.requestBytes,
      forward: forwardTo({ clock, keys, pushMs: limits.pushMs }),
      ownReceiver: (service) => (service === workstationService ? workstationSender : null),
      nudge: courier.nudge,
    },
  }
}

function keptParts(state: State, clock: ContourClock, seed: string, limits: ContourLimits, strict: boolean) {
  return {
    participants: openParticipants(state),
    rules: openServiceRules(state, strict),
    mailbox: openMailbox(state, clock, limits),
    faults: openFaults(state, seed),
    watch: openWatch(state, limits),
    consents: openConsents(state, clock, consentKey(state)),
    files: openFiles(state, clock, limits),
  }
}

async function registerFirst(participants: Participants, cards: readonly RegistrationInput[]): Promise<void> {
  for (const card of cards) if (participants.find(card.senderId) === null) await participants.register(registration.parse(card))
}

type Common = Pick<ContourParts, 'clock' | 'seed' | 'limits' | 'keys' | 'consents' | 'files' | 'state'>

function servicesOf({ clock, seed, limits, keys, consents, files, state }: Common): SyncService[] {
  return [
    personRegister({ clock, seed, slowMs: limits.slowMs, consents, signed: (children) => signedData(children, keys.register) }),
    consentService({ clock, consents, publicKey: consentKey(state), waitMs: limits.consentMs }),
    temporaryFiles(files),
  ]
}

/** The consent service's public key, base64 of its SubjectPublicKeyInfo: made once, kept with the state. Nothing is signed with it here. */
function consentKey({ db }: State): string {
  const kept = db.prepare("select value from settings where name = 'consentKey'").get()?.value
  if (typeof kept === 'string') return kept
  const made = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  db.prepare("insert into settings (name, value) values ('consentKey', ?)").run(made)
  return made
}
