import type { Finding, GroundOfRefusal } from '../case/events.ts'
import { type Refusal, refuse } from '../case/refusal.ts'
import { type ActHandler, applies, happened, nothing, type Scene } from './act.ts'
import { lacking, mixedName, wrongPower } from './intake.ts'

export const issuePaper: ActHandler<'issuePaper'> = {
  reads: [],
  decide: (scene, act) => {
    if (!applies(scene, act.when)) return nothing
    const form = scene.law.regulation.papers.find((p) => p.id === act.paper)
    if (form === undefined) return refuse('unknownPaper', scene.clause, { paper: act.paper })
    const paper = `${form.id}-${scene.state.papers.filter((p) => p.form === form.id).length + 1}`
    return {
      events: [
        {
          type: 'PaperIssued',
          ...happened(scene),
          clause: form.clause,
          data: { paper, form: form.id, kind: form.kind, copies: form.copies },
        },
      ],
    }
  },
}

/** A document that is missing or expired is a defect whether or not the examiner says so: the law knows no other answer. */
export const examine: ActHandler<'examine'> = {
  reads: ['findings'],
  decide: (scene) => {
    const given = scene.input.findings
    if (given === undefined) return refuse('missing', scene.clause, { what: 'findings' }, 'findings')
    const wrong = wrongFindings(scene, given)
    if (wrong) return wrong
    const facts = Object.fromEntries(given.flatMap((f) => (f.fact === undefined ? [] : [[f.document, f.fact]])))
    const { missing, expired } = lacking(scene.law.standard.documents, scene.state, scene.now)
    const conforming = given.every((f) => f.ok) && missing.length + expired.length === 0
    const findings = given.map(({ document, ok }) => ({ document, ok }))
    return {
      events: [{ type: 'DocumentsExamined', ...happened(scene), data: { findings, conforming }, personal: { facts } }],
      decided: conforming ? 'conforming' : 'defective',
    }
  },
}

export const prepareAnswer: ActHandler<'prepareAnswer'> = {
  reads: ['refusal'],
  decide: (scene, act) => {
    if (!applies(scene, act.when)) return nothing
    const { examination } = scene.state
    if (examination === null) return refuse('missing', scene.clause, { what: 'examination' }, 'findings')
    if (examination.conforming) {
      return {
        events: [{ type: 'AnswerPrepared', ...happened(scene), data: { answer: 'result', grounds: [] }, personal: { grounds: [] } }],
      }
    }
    const grounds = scene.input.refusal?.grounds ?? []
    const wrong = wrongGrounds(scene, grounds)
    if (wrong) return wrong
    const data = { answer: 'refusal' as const, grounds: grounds.map((g) => ({ ground: g.ground, document: g.document ?? null })) }
    return { events: [{ type: 'AnswerPrepared', ...happened(scene), data, personal: { grounds } }] }
  },
}

export const sign: ActHandler<'sign'> = {
  reads: ['signature'],
  decide: (scene, act) => {
    if (!applies(scene, act.when)) return nothing
    if (scene.state.answer === null) return refuse('missing', scene.clause, { what: 'answer' })
    const signature = scene.input.signature
    if (signature === undefined) return refuse('signatureRequired', scene.clause, {}, 'signature')
    const { signer, digest, file, algorithm } = signature
    return { events: [{ type: 'AnswerSigned', ...happened(scene), data: { signer, digest, file: file ?? null, algorithm } }] }
  },
}

export const giveAnswer: ActHandler<'giveAnswer'> = {
  reads: ['receiver'],
  decide: (scene, act) => {
    const { state } = scene
    if (state.answer === null) return refuse('missing', scene.clause, { what: 'answer' })
    if (state.signature === null) return refuse('missing', scene.clause, { what: 'signature' })
    const receiver = scene.input.receiver
    if (receiver === undefined) return refuse('identificationRequired', scene.clause, {}, 'receiver')
    if (act.against === 'receiptAndIdentity' && !receiver.receiptShown)
      return refuse('receiptRequired', scene.clause, {}, 'receiver.receiptShown')
    const representative = receiver.representative ?? null
    if (receiver.who === 'representative') {
      if (representative === null) return refuse('powerOfAttorneyRequired', scene.clause, {}, 'receiver.representative')
      const of = 'receiver.representative'
      const wrong = mixedName(representative, of) ?? wrongPower(scene, representative.powerOfAttorney, `${of}.powerOfAttorney`)
      if (wrong) return wrong
    }
    const { who, document, receiptShown } = receiver
    return {
      events: [
        {
          type: 'AnswerGiven',
          ...happened(scene),
          data: { who, document: document.kind, receiptShown },
          personal: { number: document.number, representative: who === 'representative' ? representative : null },
        },
      ],
    }
  },
}

function wrongFindings(scene: Scene, findings: readonly Finding[]): Refusal | null {
  const handed = new Set(scene.state.documents.map((d) => d.id))
  const known = new Set(scene.law.standard.documents.map((d) => d.id))
  for (const [index, finding] of findings.entries()) {
    if (!known.has(finding.document))
      return refuse('unknownDocument', scene.clause, { document: finding.document }, `findings.${index}.document`)
    if (findings.findIndex((other) => other.document === finding.document) !== index)
      return refuse('documentTwice', scene.clause, { document: finding.document }, `findings.${index}.document`)
    if (finding.ok && !handed.has(finding.document))
      return refuse('notHandedIn', scene.clause, { document: finding.document }, `findings.${index}.document`)
    if (!finding.ok && finding.fact === undefined)
      return refuse('refusalIncomplete', scene.clause, { what: 'fact', document: finding.document }, `findings.${index}.fact`)
  }
  const unseen = [...handed].find((id) => !findings.some((f) => f.document === id))
  return unseen === undefined ? null : refuse('missing', scene.clause, { what: 'findings', document: unseen }, 'findings')
}

/** A refusal cannot be unlawful: each ground is one of the Standard's, with a fact from the file and a way to remedy it. */
function wrongGrounds(scene: Scene, grounds: readonly GroundOfRefusal[]): Refusal | null {
  if (grounds.length === 0) return refuse('refusalIncomplete', scene.clause, { what: 'grounds' }, 'refusal.grounds')
  for (const [index, { ground, document, fact, remedy }] of grounds.entries()) {
    const at = `refusal.grounds.${index}`
    if (!scene.law.standard.grounds.some((g) => g.id === ground)) return refuse('unknownGround', scene.clause, { ground }, `${at}.ground`)
    if (document !== undefined && !scene.law.standard.documents.some((d) => d.id === document))
      return refuse('unknownDocument', scene.clause, { document }, `${at}.document`)
    if (fact.trim() === '') return refuse('refusalIncomplete', scene.clause, { what: 'fact' }, `${at}.fact`)
    if (remedy.trim() === '') return refuse('refusalIncomplete', scene.clause, { what: 'remedy' }, `${at}.remedy`)
  }
  return null
}
