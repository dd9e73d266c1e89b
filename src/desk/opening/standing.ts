import type { Languages } from '../../language/load.ts'
import { startRelay } from '../../ledger/effects/relay.ts'
import { type RunningEffects, runEffects } from '../../ledger/effects/runEffects.ts'
import type { NoticeLog } from '../../notices/log.ts'
import { openNoticeLog } from '../../notices/postgres/open.ts'
import { type CarrierSimulator, simulateCarriers } from '../../notices/simulator/simulator.ts'
import { unconnectedCarriers } from '../../notices/unconnected.ts'
import { momentIn } from '../clock.ts'
import { startDailyEvidence } from '../evidence/daily.ts'
import type { EvidenceParts } from '../evidence/parts.ts'
import { noticeHandler } from '../notices/dispatch.ts'
import { noticeTask } from '../notices/effects.ts'
import { noticeWords } from '../notices/words.ts'
import { releaseOrphans } from '../orphans.ts'
import type { PaperSources } from '../papers/sources.ts'
import { startSealing } from '../sealing.ts'
import { startSweeper } from '../sweeper.ts'
import type { OnClose } from './closing.ts'
import type { Ground } from './ground.ts'

export interface StandingGround extends Ground {
  readonly demonstration: boolean
  readonly publicUrl: string
  readonly languages: Languages
  readonly hours: PaperSources['hours']
  /** Of seals and of the demonstration's carriers. */
  readonly zone: string
  /** Absent: there is no authority of time-stamps. */
  readonly evidence: EvidenceParts | '' | undefined
}

export interface Standing {
  readonly noticeLog: NoticeLog
  /** Telephones and mailboxes of the demonstration. */
  readonly simulated: CarrierSimulator | undefined
  readonly carrying: RunningEffects
}

/** Starts what goes on by itself: notices to applicants, the outbox's relay, due dates, work that nobody holds any more, seals, evidence records. */
export async function startStanding(ground: StandingGround, onClose: OnClose): Promise<Standing> {
  const { ledger, desk, people, statutes, clock, zone, log } = ground
  const relay = await startRelay(ledger.database, (cause) => log.error('relay', {}, cause))
  onClose(() => relay.stop())
  const carried = await carryNotices(ground, onClose)
  const release = () =>
    releaseOrphans({ ledger, desk, homes: statutes.homes(), freshPeople: people.refreshed, isCovered: people.isCovered })
  const beside = [{ everyTurns: 10, work: release }]
  const sweeper = startSweeper({ ledger, desk, clock, everyMs: 1000, onFailure: (cause) => log.error('sweeper', {}, cause), beside })
  onClose(() => sweeper.stop())
  const sealing = startSealing({ seals: ledger.seals, clock, zone, everyMs: 60_000, onFailure: (cause) => log.error('sealing', {}, cause) })
  onClose(() => sealing.stop())
  const daily = ground.evidence ? startDailyEvidence({ ...ground.evidence, log }) : undefined
  onClose(() => daily?.stop())
  return carried
}

/** Apart from what cases wait for: a carrier that is slow must not keep a register's question from being asked. */
async function carryNotices(ground: StandingGround, onClose: OnClose): Promise<Standing> {
  const { ledger, statutes, people, languages, hours, shelf, clock, machine, publicUrl, now, watched } = ground
  const noticeLog = await openNoticeLog(ledger.database)
  const simulated = ground.demonstration ? simulateCarriers({ now }) : undefined
  const tracker = { world: statutes.world, organisation: people.organisation }
  const wording = { languages, tracker, hours, zoneOf: statutes.zoneOf, publicUrl }
  const notify = noticeHandler({
    shelf,
    log: noticeLog,
    files: ledger.files,
    carriers: simulated ?? unconnectedCarriers(),
    words: (file, kind, at) => noticeWords(wording, file, kind, at),
    now: (file) => momentIn(statutes.zoneOf(file.bound.law.regulation.region), clock.now()),
    machine,
  })
  const carrying = await runEffects(ledger.database, { [noticeTask]: ({ payload }) => notify(payload) }, watched)
  onClose(() => carrying.stop())
  return { noticeLog, simulated, carrying }
}
