import type { z } from 'zod'
import { comparedWithRegister } from '../../desk/compared.ts'
import type { CaseFile } from '../../desk/outcome.ts'
import type { Who } from '../../desk/who.ts'
import { readBy } from '../../engine/acts/index.ts'
import { tasksOf } from '../../engine/case/duties.ts'
import type { Actor, DueSet } from '../../engine/case/events.ts'
import { stepOf } from '../../engine/case/law.ts'
import type { Custody, Due } from '../../engine/case/state.ts'
import { isTheirs } from '../../engine/case/steps.ts'
import { shortName } from '../../people/model.ts'
import type { House } from '../../web/house.ts'
import { caseHref } from '../outcome.ts'
import type { CaseView, paper } from '../schemas/case.ts'
import type { actor } from '../schemas/common.ts'

type PaperView = z.infer<typeof paper>
type ActorView = z.infer<typeof actor>

/** The state of a case in the API's documented shape: what a worker of the case sees on its page. */
export function caseOf(house: House, { number, version, state, bound }: CaseFile, who: Who, now: string): CaseView {
  const { regulation } = bound.law
  const by = (one: Actor) => actorView(house, one)
  const place = (id: string) => ({ id, name: house.people.organisation(id)?.name ?? null })
  const { completeness, registration, registerAnswer, examination, answer, signature, ended, given } = state
  return {
    number,
    version,
    service: regulation.service,
    region: regulation.region,
    law: { regulation: regulation.id, edition: regulation.edition, sha256: bound.law.sha256.regulation },
    channel: state.channel,
    provider: place(state.provider.id),
    branch: state.branch === null ? null : place(state.branch),
    location: state.location,
    openedAt: state.openedAt,
    startedAt: state.startedAt,
    step: stepView({ number, version, state, bound, home: 0 }, who, now),
    applicant: applicantView(state),
    documents: state.documents.map(({ validUntil, file, ...d }) => ({ ...d, validUntil: validUntil ?? null, file: file ?? null })),
    consent: state.consent,
    identification: state.identification === null ? null : { document: state.identification.document },
    completeness: completeness && { ...completeness },
    registration: registration && { ...registration },
    registerAnswer: registerAnswer && {
      ...registerAnswer,
      marks: [...registerAnswer.marks],
      compared: (comparedWithRegister(state) ?? []).map(({ entry, ...one }) => ({ ...one, entry: entry ?? null })),
      checked: registerAnswer.checked && { ...registerAnswer.checked, by: by(registerAnswer.checked.by) },
    },
    examination: examination && {
      conforming: examination.conforming,
      findings: examination.findings.map((f) => ({ document: f.document, ok: f.ok, fact: f.fact ?? null })),
    },
    answer: answer && {
      kind: answer.kind,
      by: by(answer.by),
      at: answer.at,
      grounds: answer.grounds.map((g) => ({ ...g, document: g.document ?? null })),
    },
    signature: signature && { by: by(signature.by), at: signature.at, algorithm: signature.algorithm, digest: signature.digest },
    assignee: state.assignee?.id ?? null,
    given: given && { ...given },
    custody: { package: custodyView(state.custody.package), answer: custodyView(state.custody.answer) },
    papers: papersOf(house, { number, state, bound }),
    deadlines: state.dues.map(dueView),
    path: state.path.map((done) => ({ ...done, by: by(done.by) })),
    outages: state.outages.map((o) => ({ ...o })),
    ended: ended && { ...ended },
    destroyed: destroyedView(state),
  }
}

export function destroyedView({ destroyed }: Pick<CaseFile['state'], 'destroyed'>): CaseView['destroyed'] {
  return destroyed && { order: { ...destroyed.order }, ground: destroyed.ground, at: destroyed.at }
}

function stepView({ state, bound }: CaseFile, who: Who, now: string): CaseView['step'] {
  const open = state.step
  if (open === null) return null
  const step = stepOf(bound.court, open.id)
  const takes = step === undefined ? [] : tasksOf(bound.court, state, step, now).flatMap((task) => readBy(task.act))
  const { id, role, organisation, assignee, since, awaiting } = open
  return {
    id,
    title: step?.title ?? null,
    clause: step?.clauses[0] ?? null,
    role,
    organisation,
    assignee,
    since,
    yours: isTheirs(open, who.actor) && awaiting === undefined,
    takes: [...new Set(takes)].filter((name) => name !== 'signature' && name !== 'answer'),
    awaiting: awaiting
      ? { since: awaiting.since, failures: awaiting.failures, lastFailure: awaiting.lastFailure, retryAt: awaiting.retryAt }
      : null,
  }
}

function applicantView({ application, applicant, by }: CaseFile['state']): CaseView['applicant'] {
  if (application === null || application === undefined) return null
  const { iin, surname, name, patronymic, asks, holds, position, workplace, language, representative } = application
  return {
    iin,
    surname,
    name,
    patronymic: patronymic ?? null,
    asks,
    holds,
    by,
    position: position ?? null,
    workplace: workplace ?? null,
    language,
    phone: applicant.phone ?? null,
    email: applicant.email ?? null,
    address: applicant.address ?? null,
    representative: representative
      ? {
          iin: representative.iin,
          surname: representative.surname,
          name: representative.name,
          patronymic: representative.patronymic ?? null,
        }
      : null,
  }
}

export function papersOf(house: House, { number, state, bound }: Pick<CaseFile, 'number' | 'state' | 'bound'>): PaperView[] {
  return state.papers.map(({ id, form, kind, at, by, clause, copies, copyOf }) => ({
    id,
    form,
    kind,
    title: bound.law.regulation.papers.find((p) => p.id === form)?.title ?? null,
    clause,
    at,
    by: actorView(house, by),
    copies,
    copyOf: copyOf && { ...copyOf },
    href: `${caseHref(number)}/papers/${id}`,
  }))
}

export function dueView(due: Due): CaseView['deadlines'][number] {
  const { id, kind, step, binding, from, dueAt, state, proof } = due
  return { id, kind, step, norm: normView(due), binding, from, dueDate: proof.dueDate, dueAt, state }
}

const normView = ({ value, unit, clause }: DueSet) => ({ value, unit, clause })

const custodyView = (custody: Custody | undefined): CaseView['custody']['package'] =>
  custody === undefined
    ? null
    : { holder: { ...custody.holder }, offeredTo: custody.offeredTo && { ...custody.offeredTo }, since: custody.since }

function actorView(house: House, { kind, id, role, organisation, acting }: Actor): ActorView {
  const staff = kind === 'staff' ? house.people.staffById(id) : undefined
  return {
    kind,
    id,
    role: role ?? null,
    organisation: organisation ?? null,
    name: staff === undefined ? null : shortName(staff.name),
    acting: acting === undefined ? null : { for: acting.for, order: { ...acting.order } },
  }
}
