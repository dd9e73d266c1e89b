import { runEffectsOut } from '../check/settle.ts'
import { driveAll } from './drive.ts'
import { type Judged, judge, type Wrong } from './judge.ts'
import { openStage } from './stage.ts'
import { makeWeather, watchContour } from './weather.ts'

export interface Exchanges {
  /** Empty at the beginning; whoever made it removes it. */
  readonly folder: string
  /** About so many: a case has a question, a request, and what the other side tells, each sent by one and taken by the other. */
  readonly exchanges: number
  readonly callers: number
  readonly seed: string
  /** Without faults and deaths: what is wrong then is no matter of survival. */
  readonly calm?: boolean
  readonly told: (line: string) => void
}

const exchangesOfACase = 8
/** Longer than the longest pause between two tries. */
const patienceMs = 420_000

export async function runExchanges({ folder, exchanges, callers, seed, calm, told }: Exchanges): Promise<Judged> {
  const stage = await openStage(folder, seed)
  told(`two nodes and the contour are up: ${stage.contour.url}; the ${stage.pushed} is pushed to, the other asks`)
  const began = performance.now()
  try {
    const watch = watchContour(stage.contour)
    const weather = calm ? undefined : await makeWeather(stage, seed, told)
    const cases = Math.max(1, Math.ceil(exchanges / exchangesOfACase))
    // A storm that never ends would only make the last cases wait for their pauses between two tries.
    let calmed: Promise<void> | undefined
    const allBegun = () => {
      calmed = weather?.stop()
    }
    const { driven, stranded } = await driveAll({ stage, seed, cases, callers, patienceMs, told, allBegun })
    await calmed
    for (const { database } of Object.values(stage.nodes)) await runEffectsOut(database, 60_000)
    const passages = await watch.stop()
    const judged = await judge(stage, driven, stranded, passages)
    const crashed = Object.values(stage.nodes).flatMap(({ server }): Wrong[] =>
      server.crashes() > 0 ? [{ kind: 'crashed', text: `the ${server.name} node ended by itself: ${folder}/${server.name}.log` }] : [],
    )
    const seconds = Math.round((performance.now() - began) / 1000)
    const counts = { ...judged.counts, kills: weather?.kills() ?? 0, outages: weather?.outages() ?? 0, seconds }
    return { wrong: [...judged.wrong, ...crashed], counts }
  } finally {
    await stage.close()
  }
}
