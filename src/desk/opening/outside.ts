import type { AttendedParts } from '../../gateway/journal/attend.ts'
import { attendedChannel } from '../../gateway/journal/channel.ts'
import { openExchanges } from '../../gateway/journal/postgres/open.ts'
import { tokensInPostgres } from '../../gateway/journal/postgres/tokens.ts'
import { attendedRegister } from '../../gateway/journal/register.ts'
import { inProcessGateway } from '../../gateway/messages/inprocess/gateway.ts'
import type { Taken } from '../../gateway/messages/once.ts'
import { type PersonRegister, registerService } from '../../gateway/register/register.ts'
import { attendedWire, type RegisterWire } from '../../gateway/register/shep/attended.ts'
import { asksRegister } from '../../gateway/register/shep/from.ts'
import { type RegisterFaults, simulateRegister } from '../../gateway/register/simulator/simulator.ts'
import { nextAttempt } from '../../gateway/retry.ts'
import { enqueueEffect } from '../../ledger/effects/enqueue.ts'
import { hurryEffects } from '../../ledger/effects/hurry.ts'
import { type DueEffect, type RunningEffects, runEffects } from '../../ledger/effects/runEffects.ts'
import type { Effect } from '../../ledger/ledger.ts'
import type { Metrics } from '../../observe/metrics/metrics.ts'
import { momentIn } from '../clock.ts'
import { ordinaryKeptDays, startKeepingExchanges } from '../exchangeKeeping.ts'
import { askRegister, type ExchangeParts } from '../exchanges.ts'
import { homeOf } from '../numbers.ts'
import type { CaseFile } from '../outcome.ts'
import { outsideHandlers } from '../outside.ts'
import type { Statutes } from '../statutes.ts'
import { holdsOf, type NodePlan } from '../talks/node.ts'
import { openTalks, type Talks } from '../talks/open.ts'
import { type Gateway, wiresOf } from '../talks/wires.ts'
import type { OnClose } from './closing.ts'
import type { Ground } from './ground.ts'

/** What a node reaches beyond this process; absent: it is simulated in it. */
export interface Outside {
  readonly gateway?: Gateway
  readonly register?: PersonRegister
  /** The register of individuals at the gateway; it goes before `register`. */
  readonly registerWire?: RegisterWire
}

export interface ConnectTools {
  /** RFC 3339, by the law's clock. */
  readonly now: () => string
  readonly statutes: Pick<Statutes, 'library'>
  readonly attended: AttendedParts
  readonly broke: (cause: unknown) => void
  /** Told when nobody tells whether a certificate of the gateway was taken back. */
  readonly statusUnknown: (why: string) => void
  /** What was said to messages, for every process and after a restart. */
  readonly taken: Taken
}
/** Meets the systems outside when clock, law and journal are there. */
export type Connect = (tools: ConnectTools) => Promise<Outside & { close(): Promise<void> }>

export interface OutsideGround extends Ground {
  readonly node: NodePlan | undefined
  readonly metrics: Metrics
  readonly zone: string
  readonly exchangesKeptDays?: number | undefined
}

export interface OpenedOutside {
  readonly exchanges: Awaited<ReturnType<typeof openExchanges>>
  readonly talks: Talks
  /** Of the register in this process. */
  readonly faults: RegisterFaults
  /** What asks and what sends. */
  readonly effects: readonly RunningEffects[]
}

/** Opens what cases wait for: the register's questions, the messages of two workstations, their journal, and the effects that carry them. */
export async function openOutside(ground: OutsideGround, outside: Outside | Connect, onClose: OnClose): Promise<OpenedOutside> {
  const { ledger, statutes, people, shelf, clock, now, machine, log } = ground
  const register = simulateRegister({ now })
  const gateway = inProcessGateway(now)
  onClose(() => gateway.close())
  const exchanges = await openExchanges(ledger.database, ledger.files, machine)
  onClose(() => exchanges.turns.close())
  keepExchanges(ground, exchanges, onClose)
  const attended = attendedBy(ground, exchanges)
  const connected =
    typeof outside === 'function'
      ? await outside({
          now,
          statutes,
          attended,
          broke: attended.failed,
          taken: exchanges.taken,
          statusUnknown: (why) => log.warn('transport.statusUnknown', { why }),
        })
      : null
  onClose(() => connected?.close())
  const { gateway: given, register: asked, registerWire }: Outside = connected ?? (outside as Outside) // as: a function was called just above
  const wired =
    registerWire &&
    (await attendedWire(registerWire, { now, homeOf, attended, kept: tokensInPostgres(ledger.database, ledger.caseKeys, homeOf) }))
  onClose(() => wired?.close())
  const parts: ExchangeParts = {
    register: wired?.register ?? attendedRegister(asked ?? register, registerService, homeOf, attended),
    ...{ shelf, ledger, people, statutes, clock },
  }
  const lateness = latenessOf(ground)
  const wires = wiresOf(ground.node, given ?? gateway, statutes, (channel) => attendedChannel(channel, attended))
  const refused = (why: object, cause?: unknown) => log.error('message', { ...why }, cause)
  const talks = openTalks(
    { ...parts, ...wires, ...lateness, ledger, people, desk: ground.desk, books: people, holds: holdsOf(ground.node), refused },
    ({ from, aheadMs }, isApart) => {
      ground.metrics.clockAhead(from, aheadMs / 1000)
      if (isApart) log.error('clock', { from, aheadMs })
    },
  )
  onClose(() => talks.stop())
  return { exchanges, talks, faults: register.faults, effects: await runQuestions(ground, parts, talks, onClose) }
}

/** Once a day the words of what is old enough go; asked every ten minutes, since the law's clock may be set. */
function keepExchanges(
  { ledger, statutes, clock, zone, log, exchangesKeptDays }: OutsideGround,
  { keeping }: OpenedOutside['exchanges'],
  onClose: OnClose,
): void {
  const kept = startKeepingExchanges({
    ...{ keeping, ledger, clock, zone, keptDays: exchangesKeptDays ?? ordinaryKeptDays, everyMs: 600_000 },
    homes: statutes.homes(),
    trimmed: (exchanges) => log.info('exchangesTrimmed', { exchanges }),
    onFailure: (cause) => log.error('exchangesTrimmed', {}, cause),
  })
  onClose(() => kept.stop())
}

/** Every attempt stands in the journal; a service that is back calls what waits for it. */
function attendedBy({ ledger, now, metrics, log }: OutsideGround, exchanges: OpenedOutside['exchanges']) {
  return {
    ...exchanges,
    now,
    told: metrics.exchange,
    back: (service: string) =>
      void hurryEffects(ledger.database, asksRegister(service) ? ['queryRegister'] : ['sendRequest', 'sendMessage']).catch((cause) =>
        log.error('exchange', { service }, cause),
      ),
    failed: (cause: unknown) => log.error('exchange', {}, cause),
  } satisfies AttendedParts
}

const latenessOf = ({ ledger, statutes, clock, machine }: OutsideGround) => ({
  machine,
  patience: nextAttempt,
  inLawTime: (file: CaseFile, ms: number) => momentIn(statutes.zoneOf(file.bound.law.regulation.region), clock.now() + ms),
  later: ({ home, number }: CaseFile, effect: Effect) =>
    ledger.database.transaction((client) => enqueueEffect(client, home, number, effect)),
})

/** Questions and messages apart: each may wait half a minute for its answer, and the one service being out must not keep the other's from leaving. */
async function runQuestions(ground: OutsideGround, parts: ExchangeParts, talks: Talks, onClose: OnClose): Promise<RunningEffects[]> {
  const { ledger, desk, shelf, watched } = ground
  const handlers = outsideHandlers({
    ...latenessOf(ground),
    desk,
    shelf,
    ask: (file, query, retryAt) => askRegister(parts, file, query, retryAt),
    send: talks.sendRequest,
  })
  const asking = await runEffects(
    ledger.database,
    { queryRegister: ({ payload }: DueEffect) => handlers.queryRegister(payload) },
    { ...watched, concurrency: 4 },
  )
  onClose(() => asking.stop())
  const messages = { sendRequest: ({ payload }: DueEffect) => handlers.sendRequest(payload), sendMessage: talks.sendMessage }
  const sending = await runEffects(ledger.database, messages, { ...watched, concurrency: 4 })
  onClose(() => sending.stop())
  return [asking, sending]
}
