import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Hono } from 'hono'
import type { LawClock, ShiftedClock } from '../desk/clock.ts'
import type { Desk } from '../desk/desk.ts'
import type { Destruction } from '../desk/destruction.ts'
import type { ExchangeBook } from '../desk/exchangeBook.ts'
import type { JournalReading } from '../desk/journalReading.ts'
import type { KeySignIn } from '../desk/keySignIn.ts'
import type { NoticeBook } from '../desk/notices/book.ts'
import type { PackRoom } from '../desk/pack/room.ts'
import type { PaperRoom } from '../desk/paperRoom.ts'
import type { PhoneSigning } from '../desk/phoneSigning.ts'
import type { Reading } from '../desk/reading.ts'
import type { ScanRoom } from '../desk/scanRoom.ts'
import type { Statutes } from '../desk/statutes.ts'
import type { Supervision } from '../desk/supervision.ts'
import type { Holds } from '../desk/talks/node.ts'
import type { Skew } from '../desk/talks/skew.ts'
import type { PaperVerifier } from '../desk/verifying/papers.ts'
import type { FileRoom } from '../desk/verifying/room.ts'
import type { SignedRoom } from '../desk/verifying/signedRoom.ts'
import type { Watch } from '../desk/watch.ts'
import type { RegisterFaults } from '../gateway/register/simulator/simulator.ts'
import type { Languages } from '../language/load.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { CarrierSimulator } from '../notices/simulator/simulator.ts'
import type { Log } from '../observe/log.ts'
import type { Metrics } from '../observe/metrics/metrics.ts'
import type { Readiness } from '../observe/readiness.ts'
import type { People } from '../people/people.ts'
import type { WorkFilters } from '../people/workFilters.ts'
import type { Queue } from '../queue/queue.ts'
import type { Assets } from './assets/assets.ts'

/** An emulator of the program that holds a person's key, under `/demo/ncalayer`. */
export interface KeyProgram {
  /** Its windows. */
  readonly routes: Hono
  /** Takes a request to become a WebSocket, if it is one for a machine of it. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** The machine of that name, and what goes wrong on it. */
  readonly machine: (name: string) => { readonly faults: KeyFaults }
}

export interface KeyFaults {
  version: string
  slowMs: number
  crash: 'never' | 'beforeDialog' | 'afterDialog'
  absent: boolean
  answer: 'right' | 'cutShort' | 'otherShape'
  asksPassword: boolean
  tokens: readonly string[]
}

/** Everything that pages and API may call. Made once by `main.ts`; nobody below the edge knows of it. */
export interface House {
  readonly desk: Desk
  readonly reading: Reading
  readonly journal: JournalReading
  readonly supervision: Supervision
  readonly papers: PaperRoom
  /** Whether a paper that somebody holds is true. */
  readonly verifier: PaperVerifier
  /** Whether any file that somebody brings is true. */
  readonly files: FileRoom
  /** What persons signed in a case. */
  readonly signed: SignedRoom
  /** Whole cases in signed containers, for inspection. */
  readonly packs: PackRoom
  readonly scans: ScanRoom
  /** What applicants were told by SMS and mail. */
  readonly notices: NoticeBook
  /** What was exchanged with systems outside. */
  readonly exchanges: ExchangeBook
  /** What a case knows of people, destroyed by an order. */
  readonly destruction: Destruction
  readonly statutes: Statutes
  readonly ledger: Ledger
  readonly people: People
  /** Which ways of signing in are open. */
  readonly signIn: { readonly password: boolean; readonly key: KeySignIn | undefined }
  readonly filters: WorkFilters
  /** Tells open pages what moved. */
  readonly watch: Watch
  /** Signatures that are asked of a person's phone. */
  readonly phone: PhoneSigning
  readonly queue: Queue
  readonly clock: LawClock
  /** The machine's time, for sessions and caches; never for the law. */
  readonly machine: () => number
  readonly languages: Languages
  readonly assets: Assets
  /** Present in the demonstration only. */
  readonly demonstration?: {
    readonly clock: ShiftedClock
    readonly faults: RegisterFaults
    readonly carriers: CarrierSimulator
    /** Keys of the demonstration's people, held by an emulator of NCALayer on this server. */
    readonly ncalayer?: KeyProgram | undefined
  }
  /** Where readers reach this server, for links on papers: `http://127.0.0.1:8080`. */
  readonly publicUrl: string
  /** One line an event, without anything that a person entered. */
  readonly log: Log
  readonly metrics: Metrics
  /** Whether requests should be sent here: `/health/ready`. */
  readonly readiness: Readiness
  /** Other nodes whose clocks are more than two minutes from ours. */
  readonly nodesApart: () => readonly Skew[]
  /** Whose part in a region's cases is done on this node. */
  readonly holds: Holds
}
