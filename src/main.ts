import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { apiRoutes } from './api/api.ts'
import { busyProblem } from './api/busy.ts'
import { egovMobileRoutes } from './api/egovMobile.ts'
import { healthRoutes, metricsRoutes } from './api/health.ts'
import { type Config, factorRule } from './config.ts'
import { keysInside } from './contour/ncalayer/inside.ts'
import { createCaseShelf } from './desk/caseShelf.ts'
import { momentIn, ShiftedClock } from './desk/clock.ts'
import { requireParts } from './desk/conditions.ts'
import { countedDesk } from './desk/countedDesk.ts'
import { seedCases } from './desk/demonstration/seedCases.ts'
import { createDesk } from './desk/desk.ts'
import { createDestruction } from './desk/destruction.ts'
import { openEvidence } from './desk/evidence/open.ts'
import { exchangeBook } from './desk/exchangeBook.ts'
import { watchParts } from './desk/gauges.ts'
import { createJournalReading } from './desk/journalReading.ts'
import { keyWords, openKeySignIn } from './desk/keySignIn.ts'
import { rememberLaw } from './desk/lawAtStart.ts'
import { readLawFiles } from './desk/lawFiles.ts'
import { noticeBook } from './desk/notices/book.ts'
import { openClock } from './desk/opening/clock.ts'
import type { OnClose } from './desk/opening/closing.ts'
import { claimDatabase, openDatabase } from './desk/opening/database.ts'
import { type Connect, type Outside, openOutside } from './desk/opening/outside.ts'
import { startStanding } from './desk/opening/standing.ts'
import { createPackRoom } from './desk/pack/room.ts'
import { createPaperRoom } from './desk/paperRoom.ts'
import { paperSources } from './desk/papers/words.ts'
import { phoneSigning } from './desk/phoneSigning.ts'
import { createReading } from './desk/reading.ts'
import { createScanRoom } from './desk/scanRoom.ts'
import { signatureShelf } from './desk/signatures.ts'
import { openStatutes } from './desk/statutes.ts'
import { openSupervision } from './desk/supervision.ts'
import { drawsFrom, holdsOf } from './desk/talks/node.ts'
import { judgesOf } from './desk/verifying/judges.ts'
import { openVerifying } from './desk/verifying/open.ts'
import { viewsOfEvents } from './desk/views.ts'
import { createWatch } from './desk/watch.ts'
import { exchangeTables } from './gateway/journal/postgres/migrate.ts'
import { loadLanguages } from './language/load.ts'
import { createTranslator } from './language/translator.ts'
import { postgresBell } from './ledger/bell/postgresBell.ts'
import type { EffectOptions } from './ledger/effects/runEffects.ts'
import { keyRingIn } from './ledger/keys/keyRing.ts'
import { lawTexts } from './ledger/law.ts'
import type { Actor } from './ledger/ledger.ts'
import { watchConnection } from './ledger/postgres/watchConnection.ts'
import type { PostgresLedger } from './ledger/postgresLedger.ts'
import { rebuildStaleViews } from './ledger/views/rebuild.ts'
import { noticeTables } from './notices/postgres/migrate.ts'
import { tellCrash } from './observe/crash.ts'
import { createLog } from './observe/log.ts'
import { createMetrics } from './observe/metrics/metrics.ts'
import { listenForScrapes } from './observe/metrics/scrape.ts'
import { createReadiness } from './observe/readiness.ts'
import { startTracing } from './observe/tracing.ts'
import { createPaperPress } from './papers/press.ts'
import { demonstrationOf, seedPeople } from './people/demonstration.ts'
import { administers } from './people/mayAdminister.ts'
import { peopleTables } from './people/migrate.ts'
import { openPeople, type People } from './people/people.ts'
import { openWorkFilters } from './people/workFilters.ts'
import { queueTables } from './queue/postgres/migrate.ts'
import { openQueue } from './queue/postgres/open.ts'
import { warmGostPoolSoon } from './seal/algorithms/pool.ts'
import { installationKey } from './seal/installation.ts'
import { openNationalSeal } from './seal/national/open.ts'
import { signInJudge } from './seal/national/signIn.ts'
import { simulateSeal } from './seal/simulator/simulator.ts'
import { sealTogether } from './seal/together.ts'
import { createApp } from './web/app.tsx'
import { loadAssets } from './web/assets/assets.ts'
import type { House } from './web/house.ts'
import { ordinaryLimits } from './web/listen/limits.ts'
import { type Listening, listen } from './web/listen/listen.ts'
import { emulatorPrefix, phoneEmulatorPath, phonePrefix } from './web/paths.ts'

export interface OpenedHouse {
  readonly house: House
  readonly app: ReturnType<typeof createApp>
  readonly ledger: PostgresLedger
  readonly close: () => Promise<void>
}

/** The queue's log lies at the branch's home; what is not a branch has no queue. */
const homeOfBranch = (people: People) => (branch: string) => {
  const found = people.organisation(branch)
  if (found === undefined) throw new RangeError(`${branch} is not an organisation`)
  return found.home
}

/** The demonstration begins here: both editions are in force. */
const demonstrationBegins = Date.parse('2019-10-14T10:00:00+06:00')
const machine = () => Date.now()

/** Opens everything, in the order in which each thing stands on the one before; `close` goes the way back. */
export async function openHouse(config: Config, outside: Outside | Connect = {}): Promise<OpenedHouse> {
  const closing: (() => Promise<unknown> | unknown)[] = []
  const close = async () => {
    for (const step of closing.reverse()) await step()
    closing.length = 0
  }
  try {
    return { ...(await open(config, (step) => closing.push(step), outside)), close }
  } catch (cause) {
    await close()
    throw cause
  }
}

async function open(config: Config, onClose: OnClose, outside: Outside | Connect): Promise<Omit<OpenedHouse, 'close'>> {
  if (config.traces) {
    const tracing = await startTracing(config.traces)
    onClose(() => tracing.stop())
  }
  mkdirSync(config.data, { recursive: true, mode: 0o700 })
  const log = createLog({ form: config.log ?? 'json', write: (line) => process.stdout.write(line), machine })
  const metrics = createMetrics()
  const ledger = await openDatabase({ url: config.databaseUrl, data: config.data, keys: config.keys, told: metrics.append }, onClose)
  const statutes = openStatutes(
    await readLawFiles(config.regulations),
    (organisation) => people.organisation(organisation)?.hours,
    (sha256) => ledger.law.text(sha256),
  )
  await claimDatabase(ledger.database, config.demonstration)
  const { demonstration, publicUrl } = config
  const begins = demonstration ? (config.clockShift ?? demonstrationBegins - machine()) : null
  const clock = await openClock({ ledger, machine, begins }, onClose)
  const zone = 'Asia/Almaty'
  const now = () => momentIn(zone, clock.now())
  const people = await openPeople({
    database: ledger.database,
    machineClock: machine,
    today: () => now().slice(0, 10),
    roles: () => statutes.roles,
    keyRing: keyRingIn(config.keys),
    factorRequired: factorRule(config.secondFactor, statutes.roles),
  })
  onClose(() => people.close())
  await rememberLaw(ledger.law, statutes)
  // The texts of the law are read only where something is to be folded anew.
  await rebuildStaleViews(ledger.database, keyRingIn(config.keys), async () => viewsOfEvents(statutes, await lawTexts(ledger.database)))
  if (config.demonstration) await seedPeople(people, config.node && demonstrationOf(holdsOf(config.node)))

  const languages = loadLanguages(join(import.meta.dirname, 'language'))
  const shelf = createCaseShelf(ledger, statutes)
  const inside = config.demonstration
    ? keysInside({
        ...{ folder: join(config.keys, 'pki'), now, prefix: emulatorPrefix },
        translator: (language) => createTranslator(languages[language], language),
      })
    : undefined
  onClose(() => inside?.program.close())
  const own = simulateSeal({ folder: join(config.keys, 'simulator') })
  const demonstrated = inside === undefined ? own : sealTogether(own, { cms: inside.seal, xmldsig: inside.seal })
  // Cases that were played by both sides would be on one node only.
  if (config.demonstration && config.node === undefined)
    await seedCases({ ledger, statutes, people, seal: demonstrated, until: demonstrationBegins })
  // With roots of its own an installation takes nothing that the simulator signed.
  const national = config.seals && openNationalSeal(config.seals)
  const seal = national?.seal ?? demonstrated
  const bell = postgresBell(ledger.database)
  onClose(() => bell.close())
  const holds = holdsOf(config.node)
  const mayAdminister = (actor: Actor, organisation: string) => administers(actor, organisation, people)
  const plain = createDesk({
    holds,
    ...drawsFrom(config.node),
    ledger,
    shelf,
    statutes,
    clock,
    signing: { seal, people },
    isPerformer: people.isPerformer,
    accepts: (organisation) => people.organisation(organisation)?.closedFrom === undefined,
    mayAdminister,
    bell,
  })
  const desk = countedDesk(plain, shelf, metrics.command)
  const reading = createReading({ ledger, shelf, statutes, clock })
  const press = createPaperPress()
  onClose(() => press.close())
  const sources = paperSources({ people, statutes, languages, publicUrl: config.publicUrl, demonstration: config.demonstration })
  const court = national === undefined ? inside?.court : async () => national.court
  // By the law's clock, which its signatures tell; the day before, so that a clock that is set back a little does not meet a certificate of the future.
  const installation = installationKey(config.keys, () => clock.now() - 24 * 3_600_000)
  const judges = judgesOf({
    seal,
    national: court,
    known: () => [installation.certificates, ...(national === undefined ? [own.root] : [])],
  })
  const signatures = signatureShelf(ledger.files)
  const papers = createPaperRoom({ press, sources, signatures, sealing: { installation, publicUrl: config.publicUrl } })

  const watched: EffectOptions = {
    ran: metrics.effect,
    failed: (task, cause) => log.error('effect', { task }, cause),
  }
  const ground = { ledger, statutes, people, shelf, desk, clock, now, machine, log, metrics, watched }
  const { exchanges, talks, faults, effects } = await openOutside(
    { ...ground, zone, node: config.node, exchangesKeptDays: config.exchangesKeptDays },
    outside,
    onClose,
  )
  const evidence = national && config.seals?.timestamps && openEvidence({ ledger, court: national.court, seals: config.seals, now })
  const { noticeLog, simulated, carrying } = await startStanding(
    { ...ground, demonstration, publicUrl, languages, hours: sources.hours, zone, evidence },
    onClose,
  )

  const watch = createWatch({ bell, ledger, clock, machine })
  onClose(() => watch.close())

  const readiness = createReadiness()
  const floors = [peopleTables, noticeTables, queueTables, exchangeTables]
  const { keys, data, leastFree } = config
  const watching = watchConnection(ledger.database)
  onClose(() => watching.close())
  requireParts(readiness, { ledger, watching, floors, keys, data, leastFree, statutes, effects: [...effects, carrying] })
  watchParts(metrics, { ledger, watching, readiness, clock, machine })

  const keySignIn =
    court !== undefined && (config.signIn?.key ?? true)
      ? openKeySignIn({ people, judge: signInJudge(court), now, publicUrl, says: keyWords(languages) })
      : undefined

  const house: House = {
    desk,
    reading,
    journal: createJournalReading({ ledger, statutes, clock }),
    supervision: openSupervision({ ledger, statutes, people, clock }),
    papers,
    ...openVerifying({ reading, papers, press, installation, judges, signatures, now, publicUrl, say: sources.say }),
    packs: createPackRoom({
      ...{ ledger, people, papers, judges, reading, languages, now, machine },
      installation,
    }),
    scans: createScanRoom({ ledger, reading }),
    notices: noticeBook(noticeLog, ledger.files),
    destruction: createDestruction({ ledger, shelf, statutes, clock, mayAdminister }),
    exchanges: exchangeBook({ ...exchanges, ledger, shelf, statutes, clock }),
    statutes,
    ledger,
    people,
    watch,
    signIn: { password: config.signIn?.password ?? true, key: keySignIn },
    phone: phoneSigning({
      forms: ledger.savedForms,
      machine,
      method: config.phoneMethod ?? 'CMS_SIGN_ONLY',
      judge: ({ number, toBeSigned }, signature) => desk.judge(number, toBeSigned, signature),
    }),
    filters: openWorkFilters(ledger.database, machine),
    // biome-ignore lint/plugin: a ticket's letter is a code, as on a platform; it is the same in every language
    queue: await openQueue(ledger.database, homeOfBranch(people), { letters: { 'teacher-attestation': 'Д' } }),
    clock,
    machine,
    languages,
    assets: loadAssets(),
    publicUrl: config.publicUrl,
    log,
    metrics,
    readiness,
    nodesApart: talks.apart,
    holds,
    ...(clock instanceof ShiftedClock && simulated !== undefined
      ? { demonstration: { clock, faults, carriers: simulated, ncalayer: inside?.program } }
      : {}),
  }
  // The demonstration's telephone goes nowhere but to this house, at whose doors it knocks as from outside.
  const knock = { machine, from: `${config.publicUrl}${phonePrefix}/`, call: (request: Request) => app.fetch(request) }
  const doors = [
    { at: '/api', routes: apiRoutes(house) },
    { at: '/health', routes: healthRoutes(house) },
    { at: phonePrefix, routes: egovMobileRoutes(house) },
    ...(inside === undefined ? [] : [{ at: phoneEmulatorPath, routes: inside.telephone(phoneEmulatorPath, knock) } as const]),
    // The demonstration never leaves this machine; elsewhere numbers are told at an address of their own.
    ...(inside === undefined ? [] : [{ at: emulatorPrefix, routes: inside.program.routes } as const]),
    ...(config.demonstration ? [{ at: '/metrics', routes: metricsRoutes(metrics) } as const] : []),
  ] as const
  const app = createApp(house, { beside: doors })
  return { house, app, ledger }
}

export interface RunningServer {
  readonly url: string
  readonly house: House
  readonly counts: Listening['counts']
  /** Answers what was accepted, then closes everything. `hurry`: what is left is cut off. False: something was. */
  readonly close: (hurry?: AbortSignal) => Promise<boolean>
}

/** Opens the house and listens. */
export async function startServer(config: Config, outside: Outside | Connect = {}): Promise<RunningServer> {
  const { house, app, close } = await openHouse(config, outside)
  const { host, port, limits = ordinaryLimits } = config
  const listening = await listen({ house, fetch: app.fetch, problem: busyProblem(house), host, port, limits }).catch(async (cause) => {
    await close()
    throw cause
  })
  const { log, metrics } = house
  const forget = tellCrash(log)
  const scraped = config.metrics && (await listenForScrapes(metrics.registry, config.metrics))
  log.info('listening', { port: listening.port })
  const endSignatures = config.node && warmGostPoolSoon((cause) => log.error('threads of signatures', {}, cause))
  return {
    url: `http://${host}:${listening.port}`,
    house,
    counts: listening.counts,
    close: async (hurry) => {
      const whole = await listening.drain(hurry)
      log.info('drained', { whole })
      scraped?.close()
      await close()
      await endSignatures?.()
      log.info('stopped')
      forget()
      return whole
    },
  }
}
