import { join } from 'node:path'
import type { CaseEvent } from '../../engine/case/events.ts'
import { replay } from '../../engine/case/evolve.ts'
import { rehearse } from '../../engine/examples/rehearse.ts'
import { loadLanguages } from '../../language/load.ts'
import type { StoredEvent } from '../../ledger/ledger.ts'
import type { Paper } from '../../papers/paper.ts'
import { createPaperRoom } from '../paperRoom.ts'
import { noSignatures } from '../signatures.ts'
import type { Bound, Statutes } from '../statutes.ts'
import { paperSources } from './words.ts'

const languages = loadLanguages(join(import.meta.dirname, '..', '..', 'language'))
const post = { kk: 'қызметкер', ru: 'работник' }

/** Organisations and staff of an example: everybody bears the name of their role. */
const books = (region: string) => ({
  organisation: (id: string) => {
    const name = { kk: `«${id}» ұйымы`, ru: `Организация «${id}»` }
    const at = id === 'branch' ? ('corporation' as const) : ('provider' as const)
    const [phone, bin, kato] = ['+7 (727) 000-00-01', '160440007161', '000000000']
    return { id, kind: id, at, region, home: 0, name, address: name, phone, bin, kato, units: [] }
  },
  staffById: (id: string) => ({ id, login: id, name: { surname: id, name: 'Үлгі' }, iin: null, post, grants: [], active: true }),
})

export interface PrintedPaper {
  readonly example: string
  /** Code of the paper in the regulation. */
  readonly form: string
  readonly paper: Paper
}

/** Every paper that the examples of a regulation issue, as data. */
export async function papersOfExamples(
  statutes: Statutes,
  bound: Bound,
  as: (event: CaseEvent) => CaseEvent = (event) => event,
): Promise<PrintedPaper[]> {
  const { regulation } = bound.law
  const sources = paperSources({
    people: books(regulation.region),
    statutes,
    languages,
    publicUrl: 'http://127.0.0.1:8080',
    demonstration: true,
  })
  const press = { print: () => Promise.reject(new Error('nothing is printed here')), close: async () => {} }
  const room = createPaperRoom({ press, sources, signatures: noSignatures })
  const number = '750-191014-48213-2'
  const all = (bound.law.examples?.examples ?? []).map(async (example) => {
    const events = rehearse(bound.court, example).events.map(as)
    const state = replay(events)
    if (state === null) throw new Error(`example ${example.id} opens no case`)
    const history = { file: { number, home: 75, version: state.version, state, bound }, events: events.map(stored) }
    const papers = state.papers.map(async ({ id, form }) => ({ example: example.id, form, paper: await room.read(history, id) }))
    return (await Promise.all(papers)).flatMap(({ paper, ...of }) => (paper === null ? [] : [{ ...of, paper }]))
  })
  return (await Promise.all(all)).flat()
}

const stored = (event: CaseEvent, seq: number) => ({ ...event, seq }) as unknown as StoredEvent // hashes play no part here
