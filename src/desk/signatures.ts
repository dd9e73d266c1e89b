import type { CaseEvent } from '../engine/case/events.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Signature } from '../seal/seal.ts'
import { decodeSigned } from '../seal/signed.ts'
import { toCaseEvent } from './events.ts'
import type { History } from './reading.ts'
import { readStatement, type Statement, saysPapers } from './statement.ts'

export type SignedEvent = Extract<CaseEvent, { type: 'RequestSealed' | 'AnswerSigned' }>

/** What a person of the case signed, and the signature. */
export interface KeptSignature {
  /** Hex SHA-256 of the file in which both are kept. */
  readonly file: string
  /** RFC 3339: when it was received, by the law's clock. */
  readonly receivedAt: string
  readonly bytes: Uint8Array
  /** Read from `bytes` alone; null: it is no statement that this program knows. */
  readonly statement: Statement | null
  readonly signature: Signature
}

export type StatedSignature = KeptSignature & { readonly statement: Statement }
const isStated = (one: KeptSignature): one is StatedSignature => one.statement !== null

/** What was signed in a case, from the files that were kept when it was signed. */
export interface SignatureShelf {
  /** All of a case, in the order in which they were received. */
  ofCase(history: History): Promise<readonly KeptSignature[]>
  /**
   * Those that stand on a paper, the one that says the paper last: whoever certified the request, then whoever signed the answer. Empty: nobody signed what this
   * paper says; papers of cases before `qyzmet.statement/3` are among them.
   */
  ofPaper(history: History, paper: string): Promise<readonly StatedSignature[]>
}

export const isSigned = (event: CaseEvent): event is SignedEvent => event.type === 'AnswerSigned' || event.type === 'RequestSealed'

/** Keeps nothing, so that no paper says what was signed: for tests of forms. */
export const noSignatures: SignatureShelf = { ofCase: async () => [], ofPaper: async () => [] }

export function signatureShelf(files: Pick<Ledger['files'], 'get'>): SignatureShelf {
  async function read({ file: { home, number } }: History, event: SignedEvent): Promise<KeptSignature | null> {
    const { file } = event.data
    if (file === null) return null
    const container = await files.get(home, number, file)
    if (container === null) throw new Error(`what was signed in ${number} is missing: ${file}`)
    const read = decodeSigned(container)
    if (read === null) return null
    const { content, signature } = read
    return { file, receivedAt: event.at, bytes: content, statement: readStatement(content), signature }
  }
  const readAll = async (history: History, events: readonly SignedEvent[]) =>
    (await Promise.all(events.map((event) => read(history, event)))).filter((one) => one !== null)

  return {
    ofCase: (history) =>
      history.file.state.destroyed === null ? readAll(history, history.events.map(toCaseEvent).filter(isSigned)) : Promise.resolve([]),
    async ofPaper(history, paper) {
      if (history.file.state.destroyed !== null) return []
      const found = await readAll(history, before(history.events.map(toCaseEvent), paper))
      const says = found.findLastIndex(({ statement }) => saysPapers(statement) && statement.papers.some(({ id }) => id === paper))
      return found.slice(0, says + 1).filter(isStated)
    },
  }
}

/** The signatures that were there when the paper was issued and still held: a new answer takes the place of the one before. */
function before(events: readonly CaseEvent[], paper: string): SignedEvent[] {
  let request: SignedEvent | null = null
  let answers: SignedEvent[] = []
  for (const event of events) {
    if (event.type === 'RequestSealed') request = event
    else if (event.type === 'AnswerPrepared') answers = []
    else if (event.type === 'AnswerSigned') answers = [...answers, event]
    else if (event.type === 'PaperIssued' && event.data.paper === paper) break
  }
  return [...(request === null ? [] : [request]), ...answers]
}
