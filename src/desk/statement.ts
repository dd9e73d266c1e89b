import { stepOf } from '../engine/case/law.ts'
import type { CaseState } from '../engine/case/state.ts'
import type { LocalText } from '../language/translator.ts'
import type { Json } from '../ledger/ledger.ts'
import { fullName, type Organisation, type Staff } from '../people/model.ts'
import { plain } from './events.ts'
import type { CaseFile } from './outcome.ts'
import type { Who } from './who.ts'

/**
 * What stands above a signature, and all of it: pages and papers show what is signed from this alone, so titles and names are in it and not only
 * codes. It has no time of signing, so that it can be made again, byte by byte, when the signature comes back; `opened` binds it to this turn of
 * the step, and a signature of a turn that was sent back fits no later one.
 */
export interface Statement {
  readonly format: 'qyzmet.statement/2'
  readonly case: string
  readonly step: string
  readonly title: LocalText
  readonly clause: string
  /** RFC 3339: when the step came to whoever signs. */
  readonly opened: string
  /** `request`: an electronic request is certified; `answer`: an answer is signed. */
  readonly signs: 'request' | 'answer'
  readonly regulation: { readonly id: string; readonly edition: string; readonly sha256: string; readonly title: LocalText }
  readonly signer: {
    readonly id: string
    readonly name: string
    readonly iin: string
    readonly role: string
    readonly organisation: { readonly id: string; readonly bin: string; readonly name: LocalText }
    readonly acting?: unknown
  }
  readonly applicant: Readonly<Record<string, unknown>> | null
  /** What is asked for, in the words of the Standard. */
  readonly asks: LocalText | null
  readonly documents: readonly StatedDocument[]
  readonly findings: readonly { readonly document: string; readonly title: LocalText; readonly ok: boolean; readonly fact?: string }[]
  readonly answer: 'result' | 'refusal' | null
  readonly grounds: readonly StatedGround[]
}

export interface StatedDocument {
  readonly id: string
  readonly title: LocalText
  readonly presented: string
  readonly pages: number
  readonly count: number
  readonly validUntil?: string
  /** Hex SHA-256 of the scan. */
  readonly file?: string
}

export interface StatedGround {
  readonly ground: string
  readonly title: LocalText
  readonly clause: string
  readonly document?: string
  readonly of?: LocalText
  readonly fact: string
  readonly remedy: string
}

export interface Signatory {
  readonly staff: Staff & { readonly iin: string }
  readonly organisation: Organisation
  readonly who: Who
}

/** `after` is the case as the step would leave it: what the signature is put to. */
export function statementOf({ number, bound, state }: CaseFile, after: CaseState, step: string, by: Signatory): Statement {
  const { id, edition, title } = bound.law.regulation
  const { documents: rules, grounds, options } = bound.court.standard
  const found = stepOf(bound.court, step)
  const titleOf = (document: string): LocalText => rules.find((rule) => rule.id === document)?.title ?? { kk: document }
  return {
    format: 'qyzmet.statement/2',
    case: number,
    step,
    title: found?.title ?? { kk: step },
    clause: found?.clauses[0] ?? '',
    opened: state.step?.since ?? '',
    signs: found?.does.some(({ act }) => act === 'sealRequest') ? 'request' : 'answer',
    regulation: { id, edition, sha256: bound.law.sha256.regulation, title },
    signer: signerOf(by),
    applicant: after.application ?? null,
    asks: options.find((option) => option.id === after.asks)?.title ?? null,
    documents: after.documents.map(({ id: document, presented, pages, count, validUntil, file }) => ({
      id: document,
      title: titleOf(document),
      presented,
      pages,
      count,
      ...(validUntil === undefined ? {} : { validUntil }),
      ...(file === undefined ? {} : { file }),
    })),
    findings: (after.examination?.findings ?? []).map(({ document, ok, fact }) => ({
      ...{ document, title: titleOf(document), ok },
      ...(fact === undefined ? {} : { fact }),
    })),
    answer: after.answer?.kind ?? null,
    grounds: (after.answer?.grounds ?? []).map(({ ground, document, fact, remedy }) => {
      const rule = grounds.find((one) => one.id === ground)
      const of = document === undefined ? {} : { document, of: titleOf(document) }
      return { ground, title: rule?.title ?? { kk: ground }, clause: rule?.clause ?? '', ...of, fact, remedy }
    }),
  }
}

function signerOf({ staff, organisation, who: { actor } }: Signatory): Statement['signer'] {
  const { id, bin, name } = organisation
  return {
    ...{ id: staff.id, name: fullName(staff.name), iin: staff.iin, role: actor.role ?? '', organisation: { id, bin, name } },
    ...(actor.acting === undefined ? {} : { acting: actor.acting }),
  }
}

/** The statement as JSON, ready to be made canonical. */
export const stated = (statement: Statement): Json => plain(statement)

/** What was signed, read from its bytes alone; null: they are no statement of ours. */
export function readStatement(bytes: Uint8Array): Statement | null {
  try {
    const read: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    const isOurs = typeof read === 'object' && read !== null && 'format' in read && read.format === 'qyzmet.statement/2'
    return isOurs ? (read as Statement) : null // as: its bytes were made by `statementOf`, and a signature is over them
  } catch {
    return null
  }
}
