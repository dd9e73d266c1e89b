import { type Known, known, type Name } from './contenders.ts'
import { type Results, type Spread, type Summary, spreadOf, summaryOf } from './results.ts'

/** The tables of a measurement, for a page and for a terminal alike. */
export function tell(results: Results): string {
  const summary = summaryOf(results)
  const { machine, settings, recorded, seconds, rounds, absent } = results
  const facts = [
    `${machine.cpu}, ${machine.cores} cores shared by all, ${machine.memoryGb} GB, Linux ${machine.kernel}, Node ${machine.node}; a synced write of 8 kB takes ${machine.syncUs} µs.`,
    `PostgreSQL ${settings.server_version}, ${results.at.slice(0, 10)}; ${rounds} ${rounds === 1 ? 'round' : 'rounds'} of ${seconds} s a cell, in turns; median (least to most). Load of the machine before a cell: ${loads(results)}.`,
    `A step is ${recorded.kept.rowsPerStep} rows and ${recorded.kept.bytesPerStep} characters of values (all examples: ${recorded.all.rowsPerStep} and ${recorded.all.bytesPerStep}), ${recorded.kept.stepsPerCase} steps a case.`,
  ]
  return [
    facts.join(' '),
    table('Steps a second, durably', results, summary, (cell, all) => `${spread(cell.stepsPerSecond)}${times(cell, all)}`),
    table('Milliseconds a step: p50, p95, p99 (medians of the rounds)', results, summary, (cell) =>
      [cell.p50Ms, cell.p95Ms, cell.p99Ms].map(({ median }) => number(median)).join(', '),
    ),
    table('Processor time, µs a step: own process + database or own server', results, summary, (cell) =>
      cell.contender === 'qyzmet' ? ourCpu(results, cell.callers) : `${cell.ownCpuUs ?? '?'} + ${cell.serverCpuUs ?? '?'}`,
    ),
    whereTable(results),
    `Settings that are not the server's defaults, and those that matter: ${Object.entries(settings)
      .map(([name, value]) => `\`${name}\` ${value}`)
      .join(', ')}.`,
    ...(absent.length === 0
      ? []
      : [
          `Not run: ${absent.map(({ name, callers, why }) => `${name}${callers === undefined ? '' : ` at ${callers}`} (${why})`).join('; ')}.`,
        ]),
  ].join('\n\n')
}

function table(
  title: string,
  results: Results,
  summary: readonly Summary[],
  cellOf: (cell: Summary, all: readonly Summary[]) => string,
): string {
  const { callers, contenders } = results
  const rows = contenders.map(({ name }) => {
    const cells = callers.map((count) => {
      const cell = summary.find((one) => one.contender === name && one.callers === count)
      return cell === undefined ? 'not run' : `${cellOf(cell, summary)}${cell.errors === 0 ? '' : `; ${cell.errors} errors`}`
    })
    return `| ${titleOf(name)} | ${cells.join(' | ')} |`
  })
  return [
    `| ${title} | ${callers.map((count) => `${count} ${count === 1 ? 'caller' : 'callers'}`).join(' | ')} |`,
    `| --- |${' --- |'.repeat(callers.length)}`,
    ...rows,
  ].join('\n')
}

/** How many times the ceiling ours is, the higher ceiling of the two. */
function times(cell: Summary, all: readonly Summary[]): string {
  if (cell.contender !== 'qyzmet') return ''
  const ceilings = all.filter(({ contender, callers }) => callers === cell.callers && kindOf(contender) === 'ceiling')
  const highest = Math.max(0, ...ceilings.map(({ stepsPerSecond }) => stepsPerSecond.median))
  return highest === 0 ? '' : `, ${(cell.stepsPerSecond.median / highest).toFixed(1)} × the ceiling`
}

function ourCpu({ where }: Results, callers: number): string {
  const found = where.find((one) => one.callers === callers)?.where
  if (found === undefined) return '?'
  return `${Math.round(found.nodeCpuUs)} + ${found.postgresCpuUs === null ? '?' : Math.round(sum(found.postgresCpuUs))}`
}

function whereTable({ where }: Results): string {
  if (where.length === 0) return ''
  const parts = [...new Set(where.flatMap((one) => Object.keys(one.where.nodeParts)))]
  const functions = [...new Set(where.flatMap((one) => Object.keys(one.where.functions)))]
  type Found = Results['where'][number]['where']
  const line = (name: string, of: (found: Found) => number | null | undefined, digits = 0) =>
    `| ${name} | ${where.map((one) => of(one.where)?.toFixed(digits) ?? '?').join(' | ')} |`
  const rowsOf = (found: Found) =>
    Object.values(found.rows).reduce((all, { inserted, updated, deleted }) => all + inserted + updated + deleted, 0)
  return [
    `| Where a step goes, µs unless said otherwise | ${where.map(({ callers }) => `${callers} ${callers === 1 ? 'caller' : 'callers'}`).join(' | ')} |`,
    `| --- |${' --- |'.repeat(where.length)}`,
    line('**Node, processor**', (found) => found.nodeCpuUs),
    ...parts.map((part) => line(part, (found) => found.nodeParts[part] ?? 0)),
    line('**PostgreSQL, processor**', (found) => found.postgresCpuUs && sum(found.postgresCpuUs)),
    ...functions.map((name) => line(`inside \`${name}\`, itself`, (found) => found.functions[name]?.selfUs ?? 0)),
    line('**By the clock, ms: a step**', (found) => found.wallMs.step, 2),
    line('of it appending: sealed, queued, written', (found) => found.wallMs.append, 2),
    line('of that a round trip of its batch', (found) => found.wallMs.roundTrip, 2),
    line('event loop busy, %', (found) => found.loopBusy * 100),
    line('steps a call', (found) => found.stepsPerCall, 1),
    line('commits a step', (found) => found.commits, 2),
    line('syncs a step', (found) => found.fsyncs, 2),
    line('a sync', (found) => found.fsyncUs),
    line('bytes of log', (found) => found.walBytes),
    line('rows written', rowsOf, 1),
    `| what the database's sessions do, % of the time in which they work | ${where.map((one) => waitsOf(one.where)).join(' | ')} |`,
  ].join('\n')
}

function loads({ runs }: Results): string {
  const { min, median, max } = spreadOf(runs.map(({ load }) => load))
  return `${median} (${min} to ${max})`
}

function waitsOf({ waits }: Results['where'][number]['where']): string {
  const most = Object.entries(waits).filter(([, share]) => share >= 0.03)
  return most.map(([doing, share]) => `${doing} ${Math.round(share * 100)}`).join(', ')
}

export const titleOf = (name: Name): string => known[name].title

export function kindOf(name: Name): Known['kind'] {
  return known[name].kind
}

const sum = (record: Readonly<Record<string, number>>) => Object.values(record).reduce((all, one) => all + one, 0)

/** Three digits tell enough: 12,300, 1,230, 12.3, 1.23. */
export function number(value: number): string {
  if (value >= 100) return Math.round(Number(value.toPrecision(3))).toLocaleString('en-US')
  return String(Number(value.toPrecision(3)))
}

const spread = ({ min, median, max }: Spread) => (min === max ? number(median) : `${number(median)} (${number(min)} to ${number(max)})`)
