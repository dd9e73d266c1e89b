import { nameOf } from '../../engine/case/rows.ts'
import type { Paper, PaperOf, PaperSignature, PaperText } from '../../papers/paper.ts'
import { maskIin } from '../reading.ts'
import type { StatementOfPapers } from '../statement.ts'
import { both, type PaperSources } from './sources.ts'

/** What is under no signature, since only the paper knows it: where and when it was issued and by whom, and on what occasion it was printed again. */
export interface PaperOnly {
  readonly id: string
  readonly issuedAt: string
  readonly issuedBy: Paper['issuedBy']
  readonly provider: Pick<Paper['provider'], 'address' | 'phone'>
  readonly copyOf?: Paper['copyOf']
  readonly demonstration: boolean
  /** Papers of kinds that hold more than was signed: what is signed is put over it. */
  readonly rest?: Paper
}

/**
 * A paper that states what a person signed, made from the signed bytes: the case is not at hand here, so the two cannot differ. `signatures` are those that lie in the
 * file, the one over `statement` the last.
 */
export function statedPaper(
  statement: StatementOfPapers,
  signatures: readonly PaperSignature[],
  only: PaperOnly,
  say: PaperSources['say'],
): Paper {
  const said = commonOf(statement, signatures, only)
  const kind = statement.papers.find(({ id }) => id === only.id)?.kind
  switch (kind) {
    case 'result':
      return {
        ...{ kind, ...said, submittedAt: statement.submitted, documents: documentsOf(statement) },
        asks: { label: both(statement.asked), value: both(statement.asks ?? { kk: '—' }) },
        signedBy: signerOf(statement, say),
      }
    case 'reasonedRefusal':
      return { kind, ...said, ...refusalOf(statement), signedBy: signerOf(statement, say) }
    case 'refusalNotice':
      return { kind, ...said, ...refusalOf(statement), workstation: say('desk.paper.reggWorkstation') }
    default:
      if (only.rest === undefined || only.rest.kind !== kind)
        throw new Error(`no form is printed of what was signed for papers of kind ${kind}`)
      return over(only.rest, statement, said)
  }
}

/** Whether a paper holds nothing but what is signed and what only it knows. */
export const isStatedWhole = (kind: string): boolean => kind === 'result' || kind === 'reasonedRefusal' || kind === 'refusalNotice'

type Common = Pick<
  PaperOf<'result'>,
  | 'title'
  | 'number'
  | 'issuedAt'
  | 'regulation'
  | 'provider'
  | 'issuedBy'
  | 'copyOf'
  | 'invented'
  | 'demonstration'
  | 'applicant'
  | 'signatures'
>

function commonOf(statement: StatementOfPapers, signatures: readonly PaperSignature[], only: PaperOnly): Common {
  const { regulation, provider, contacts } = statement
  const paper = statement.papers.find(({ id }) => id === only.id)
  if (paper === undefined) throw new Error(`what was signed in ${statement.case} names no paper ${only.id}`)
  const { issuedAt, issuedBy, copyOf, demonstration } = only
  return {
    title: both(paper.title),
    number: statement.case,
    issuedAt,
    regulation: { title: both(regulation.title), act: both(regulation.act), clause: paper.clause },
    provider: { name: both(provider.name), address: only.provider.address, phone: only.provider.phone },
    issuedBy,
    applicant: { ...applicantOf(statement.applicant), ...(contacts === undefined ? {} : { contacts }) },
    demonstration,
    ...(regulation.invented === undefined ? {} : { invented: both(regulation.invented) }),
    ...(copyOf === undefined ? {} : { copyOf }),
    signatures: [...signatures],
  }
}

function applicantOf(applicant: StatementOfPapers['applicant']): { name: string; iinMasked: string } {
  if (applicant === null) return { name: '—', iinMasked: '—' }
  const word = (name: string) => (typeof applicant[name] === 'string' ? applicant[name] : '')
  return { name: nameOf({ surname: word('surname'), name: word('name'), patronymic: word('patronymic') }), iinMasked: maskIin(word('iin')) }
}

const documentsOf = ({ documents }: StatementOfPapers): PaperOf<'result'>['documents'] =>
  documents.map(({ title, form, pages, count }) => ({ title: both(title), form, pages, count }))

function refusalOf({ submitted, grounds, complaint }: StatementOfPapers) {
  if (complaint === null) throw new Error('what was signed names no way of complaint')
  const { body, term, order } = complaint
  return {
    submittedAt: submitted,
    findings: grounds.map(({ title, act, of, fact, remedy }) => ({
      ...{ ground: both(title), clause: both(act), fact: both(fact), remedy: both(remedy) },
      ...(of === undefined ? {} : { document: both(of) }),
    })),
    complaint: { body: both(body), term: both(term), order: both(order) },
  }
}

function signerOf({ signer }: StatementOfPapers, say: PaperSources['say']): PaperOf<'result'>['signedBy'] {
  return { name: signer.name, post: postOf(signer, say) }
}

/** Of whoever acts for another, the other's post, said to be acting, with the order. */
export function postOf({ post, acting }: Pick<StatementOfPapers['signer'], 'post' | 'acting'>, say: PaperSources['say']): PaperText {
  return acting === undefined ? both(post) : actingPost(both(post), acting.order, say)
}

export function actingPost(
  post: PaperText,
  order: { readonly number: string; readonly date: string },
  say: PaperSources['say'],
): PaperText {
  const date = order.date.split('-').reverse().join('.')
  const line = (language: 'kk' | 'ru') => say('desk.paper.acting', { post: post[language], number: order.number, date })[language]
  return { kk: line('kk'), ru: line('ru') }
}

function over(rest: Paper, statement: StatementOfPapers, said: Common): Paper {
  const { applicant, ...onAnyPaper } = said
  if (rest.kind === 'acceptanceReceipt') return { ...rest, ...said, documents: documentsOf(statement) }
  return 'applicant' in rest ? { ...rest, ...onAnyPaper, applicant } : { ...rest, ...onAnyPaper }
}
