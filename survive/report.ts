import { kinds } from './plan.ts'
import { add, type Counts, nothing, type Played } from './rounds.ts'

const columns = [
  'sent',
  'acknowledged',
  'there',
  'absent',
  'repeats',
  'cases',
  'events',
  'effects',
  'effectsTookHold',
  'effectsWaiting',
] as const satisfies readonly (keyof Counts)[]
const heads = [
  'kind',
  'ran',
  'not run',
  'wrong',
  'sent',
  'ack',
  'unack there',
  'unack absent',
  'repeats',
  'cases',
  'events',
  'effects',
  'took hold',
  'wait',
]

/** One line a round, as it ends. */
export function roundLine({ round, notRun, struck, counts, violations, ms }: Played): string {
  const mark = violations.length > 0 ? '✗' : notRun === undefined ? '✓' : '–'
  const { acknowledged, there, absent, repeats, effectsTookHold } = counts
  const what = `${acknowledged} acknowledged, ${there} there and ${absent} absent without, ${repeats} repeated, ${effectsTookHold} effects`
  return `${mark} ${String(round.number).padStart(4)} ${round.kind.padEnd(13)} ${(ms / 1000).toFixed(1).padStart(5)} s  ${what}; ${notRun === undefined ? struck : `not run: ${notRun}`}`
}

/** A row a kind and a sum; a round that did not run is counted in no other column. */
export function table(played: readonly Played[]): string {
  const rows = kinds.flatMap((kind) => {
    const all = played.filter(({ round }) => round.kind === kind)
    return all.length === 0 ? [] : [rowOf(kind, all)]
  })
  const lines = [heads, ...rows, rowOf('all', played)]
  const widths = heads.map((_, place) => Math.max(...lines.map((line) => line[place]?.length ?? 0)))
  return lines
    .map((line) =>
      line.map((cell, place) => (place === 0 ? cell.padEnd(widths[place] ?? 0) : cell.padStart(widths[place] ?? 0))).join('  '),
    )
    .join('\n')
}

function rowOf(name: string, all: readonly Played[]): string[] {
  const ran = all.filter(({ notRun }) => notRun === undefined)
  const counts = ran.map((one) => one.counts).reduce(add, nothing)
  const wrong = all.reduce((sum, { violations }) => sum + violations.length, 0)
  return [name, ran.length, all.length - ran.length, wrong, ...columns.map((column) => counts[column])].map(String)
}
