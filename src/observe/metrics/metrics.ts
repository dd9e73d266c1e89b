import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/**
 * What is counted and timed, in Prometheus' text form. Labels come out of the code and the law (routes, steps, tasks), never out of a request:
 * each different one is a row that lives as long as the process.
 */
export interface Metrics {
  readonly http: { readonly answered: (request: AnsweredRequest) => void; readonly shed: (kind: string) => void }
  readonly command: (told: ToldCommand) => void
  readonly append: AppendTold
  readonly effect: (task: string, seconds: number, done: boolean) => void
  /** One attempt to exchange something with a system outside. */
  readonly exchange: (service: string, outcome: string, seconds: number) => void
  /** A message of another node came, dated so many seconds ahead of our clock; less than zero: behind it, or held on its way. */
  readonly clockAhead: (node: string, seconds: number) => void
  /** What is asked for when somebody scrapes. */
  readonly registry: Registry
}

export interface AnsweredRequest {
  readonly method: string
  readonly route: string
  readonly status: number
  readonly seconds: number
}

export interface ToldCommand {
  readonly regulation: string
  /** Of the regulation; else what kind of command it is. */
  readonly step: string
  readonly outcome: string
  readonly seconds: number
}

/** What the ledger's write path tells of itself. */
export interface AppendTold {
  readonly batch: (commands: number, seconds: number) => void
  readonly answered: (seconds: number) => void
}

const times = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.3, 0.6, 1, 2.5, 5, 10]
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'qyzmet_http_requests_total',
    help: 'requests answered, by the pattern of their route',
    labelNames: ['method', 'route', 'status'],
    registers,
  })
  const requestSeconds = new Histogram({
    name: 'qyzmet_http_request_duration_seconds',
    help: 'from the first byte read to the answer made',
    labelNames: ['method', 'route'],
    buckets: times,
    registers,
  })
  const shed = new Counter({
    name: 'qyzmet_http_shed_total',
    help: 'requests sent away with 503 and Retry-After since there was too much to do, by what they were',
    labelNames: ['kind'],
    registers,
  })
  const commands = new Counter({
    name: 'qyzmet_commands_total',
    help: 'commands by what came of them: done, repeated, changed, or the code of the refusal',
    labelNames: ['regulation', 'step', 'outcome'],
    registers,
  })
  const commandSeconds = new Histogram({
    name: 'qyzmet_command_duration_seconds',
    help: 'of a command, from the desk to the commit',
    labelNames: ['regulation'],
    buckets: times,
    registers,
  })
  const batchSize = new Histogram({
    name: 'qyzmet_append_batch_commands',
    help: 'commands committed together',
    buckets: [1, 2, 4, 8, 16, 32, 64],
    registers,
  })
  const batchSeconds = new Histogram({
    name: 'qyzmet_append_batch_duration_seconds',
    help: 'of one batch in the database, commit included',
    buckets: times,
    registers,
  })
  const appendSeconds = new Histogram({
    name: 'qyzmet_append_duration_seconds',
    help: 'from handing a command to the ledger until its commit is known, waiting included',
    buckets: times,
    registers,
  })
  const effects = new Counter({
    name: 'qyzmet_effects_run_total',
    help: 'runs of effects; one that failed is tried again',
    labelNames: ['task', 'outcome'],
    registers,
  })
  const effectSeconds = new Histogram({
    name: 'qyzmet_effect_duration_seconds',
    help: 'of one run of an effect',
    labelNames: ['task'],
    buckets: times,
    registers,
  })
  const exchanges = new Counter({
    name: 'qyzmet_exchanges_total',
    help: 'attempts to exchange something with a system outside, by what came of them',
    labelNames: ['service', 'outcome'],
    registers,
  })
  const clocksAhead = new Gauge({
    name: 'qyzmet_node_clock_ahead_seconds',
    help: 'how far the last message of another node was dated ahead of our clock',
    labelNames: ['node'],
    registers,
  })
  const exchangeSeconds = new Histogram({
    name: 'qyzmet_exchange_duration_seconds',
    help: 'of one attempt, from its row in the journal to what came of it',
    labelNames: ['service'],
    buckets: [...times, 30, 60],
    registers,
  })
  return {
    registry,
    http: {
      answered: ({ method, route, status, seconds }) => {
        const known = methods.has(method) ? method : 'other'
        requests.inc({ method: known, route, status })
        requestSeconds.observe({ method: known, route }, seconds)
      },
      shed: (kind) => shed.inc({ kind }),
    },
    command: ({ regulation, step, outcome, seconds }) => {
      commands.inc({ regulation, step, outcome })
      commandSeconds.observe({ regulation }, seconds)
    },
    append: {
      batch: (size, seconds) => {
        batchSize.observe(size)
        batchSeconds.observe(seconds)
      },
      answered: (seconds) => appendSeconds.observe(seconds),
    },
    clockAhead: (node, seconds) => clocksAhead.set({ node }, seconds),
    exchange: (service, outcome, seconds) => {
      exchanges.inc({ service, outcome })
      exchangeSeconds.observe({ service }, seconds)
    },
    effect: (task, seconds, done) => {
      effects.inc({ task, outcome: done ? 'done' : 'failed' })
      effectSeconds.observe({ task }, seconds)
    },
  }
}

/** A number of the present that is looked up when somebody scrapes. */
export function watchGauge(metrics: Pick<Metrics, 'registry'>, name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [metrics.registry],
    collect() {
      this.set(read())
    },
  })
}

/** The labels of one row and its number. */
export type Row = readonly [labels: Readonly<Record<string, string>>, value: number]

/**
 * Numbers that cost a query: asked for at most once in so many ms, whoever scrapes. While the question fails nothing is told of them, since an
 * old number is not the present one; `qyzmet_watch_failed` counts it.
 */
export function watchRows(
  metrics: Pick<Metrics, 'registry'>,
  gauges: Readonly<Record<string, { readonly help: string; readonly labels: readonly string[] }>>,
  read: () => Promise<Readonly<Record<string, readonly Row[]>>>,
  { keepMs = 5000, boundMs = 2000, machine = () => performance.now() } = {},
): void {
  let seen: { at: number; rows: Promise<Readonly<Record<string, readonly Row[]>>> } | undefined
  const rows = () => {
    if (seen === undefined || machine() - seen.at > keepMs) {
      const asked = Promise.race([read(), late(boundMs)]).catch(() => {
        failed.inc()
        return {}
      })
      seen = { at: machine(), rows: asked }
    }
    return seen.rows
  }
  const failed = failuresOf(metrics.registry)
  for (const [name, { help, labels }] of Object.entries(gauges))
    new Gauge({
      name,
      help,
      labelNames: [...labels],
      registers: [metrics.registry],
      async collect() {
        const found = (await rows())[name] ?? []
        this.reset()
        for (const [of, value] of found) this.set(of, value)
      },
    })
}

function failuresOf(registry: Registry): Counter {
  const name = 'qyzmet_watch_failed_total'
  const known = registry.getSingleMetric(name)
  if (known instanceof Counter) return known
  return new Counter({ name, help: 'numbers of the present that could not be asked for', registers: [registry] })
}

const late = (boundMs: number) =>
  new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('no answer in time')), boundMs).unref()
  })
