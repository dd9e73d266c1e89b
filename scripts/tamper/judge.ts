import { inTransaction } from '../../src/ledger/postgres/database.ts'
import type { Problem } from '../../src/ledger/verify/problem.ts'
import { verifyIn } from '../../src/ledger/verify/verify.ts'
import { type Act, guarded, type Told } from './acts.ts'
import type { Scene } from './scene.ts'

class Undone extends Error {}

export interface Verdict {
  /** What `verify` told. */
  readonly problems: readonly Problem[]
  /** What it should have told and did not. */
  readonly missed: readonly Told[]
  /** Of an act that only a kept seal shows: what was told without it. */
  readonly withoutKept: readonly Problem[]
}

/** Does it, verifies, and takes it back: one transaction that never commits. The owner of the tables needs no other right. */
export async function judge(scene: Scene, act: Act): Promise<Verdict> {
  const { ledger, keyRing, rowsOf, kept } = scene
  let verdict: Verdict | undefined
  const work = ledger.database.withClient((client) =>
    inTransaction(client, async () => {
      for (const table of guarded) await client.query(`alter table ${table} disable trigger append_only`)
      await act.does(client, scene)
      const withoutKept = act.needsKept ? (await verifyIn(client, keyRing, { rowsOf })).problems : []
      const { problems } = await verifyIn(client, keyRing, act.needsKept ? { rowsOf, kept } : { rowsOf })
      const missed = act.tells(scene).filter((told) => !problems.some((problem) => isTold(problem, told)))
      verdict = { problems, missed, withoutKept }
      throw new Undone()
    }),
  )
  await work.catch((cause) => {
    if (!(cause instanceof Undone)) throw cause
  })
  if (verdict === undefined) throw new Error('nothing was judged')
  return verdict
}

const isTold = (problem: Problem, { kind, case: number, seq, says }: Told): boolean =>
  problem.kind === kind &&
  (number === undefined || problem.case === number) &&
  (seq === undefined || problem.seq === seq) &&
  (says === undefined || says.test(problem.text))
