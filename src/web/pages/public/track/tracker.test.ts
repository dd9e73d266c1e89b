import { describe, expect, it } from 'vitest'
import { isForApplicant, trackerOf } from '../../../../desk/tracker/tracker.ts'
import { opened, organisation, type Played, played, statutes } from '../cases.testing.ts'
import { happenedTo } from './happened.ts'

const sources = { world: statutes.world, organisation }
const at = ({ file, events }: Played, now = events.at(-1)?.at ?? '') => trackerOf(file, now, sources)
const told = ({ file, events }: Played) =>
  happenedTo(events, file.bound.court, file.state, () => ({ organisation: null, role: null })).map((one) => one.code)

describe('tracker', () => {
  it('says where it is and with whom, by role and organisation', () => {
    const tracker = at(played('almaty', 'corporationAccepted', opened('courierBrings')))
    expect(tracker.stage).toBe('inWork')
    expect(tracker.here.role?.ru).toMatch(/курьер/i)
    expect(tracker.here.organisation).toEqual(organisation('branch')?.name)
    expect(tracker.todo).toEqual({ kind: 'nothing' })
  })

  it('gives the term of the service with its proof where there is one', () => {
    const { latest } = at(played('aktobe', 'corporationLocal', opened('checkConformity')))
    expect(latest).toMatchObject({ clause: '5', norm: { value: 2, unit: 'wd' }, summed: false, state: 'running', without: [] })
    expect(latest?.lines.map((line) => line.code)).toContain('counted.working')
    expect(latest?.lines.at(0)?.code).toBe('received')
  })

  it('lays the norms of steps end to end where the text gives no term, and names the steps without one', () => {
    const { latest, ahead } = at(played('almaty', 'corporationAccepted', opened('accumulate')))
    expect(latest?.summed).toBe(true)
    expect(latest?.norm).toMatchObject({ value: 3, unit: 'wd' })
    expect(latest?.without.length).toBeGreaterThan(3)
    expect(ahead.map((step) => step.clause)).toContain('9.5')
    expect(ahead.at(-1)).toMatchObject({ clause: '10', norm: { value: 15, unit: 'min' } })
  })

  it('says overdue after the last moment and what was late', () => {
    const running = played('aktobe', 'corporationLocal', opened('checkConformity'))
    expect(at(running, '2030-01-01T10:00:00+05:00').latest).toMatchObject({ state: 'overdue', left: null })
    const late = at(played('aktobe', 'corporationLate'))
    expect(late.late.length).toBeGreaterThan(0)
    expect(late.latest?.state).toBe('doneLate')
  })

  it('calls the applicant when the answer waits: where, when, with what', () => {
    const tracker = at(played('almaty', 'corporationAccepted', opened('meetReceiver')))
    expect(tracker).toMatchObject({ stage: 'ready', latest: null })
    expect(tracker.todo).toMatchObject({ kind: 'collect', receipt: true, representative: false })
    if (tracker.todo.kind !== 'collect') throw new Error('not to collect')
    expect(tracker.todo.visit.organisation).toEqual(organisation('branch')?.name)
    expect(tracker.todo.visit.hours?.open).toEqual({ 'mon-sat': '09:00-20:00' })
    expect(at(played('almaty', 'corporationRepresentative', opened('meetReceiver'))).todo).toMatchObject({ representative: true })
  })

  it('does not give the answer away before it was handed out', () => {
    const ready = played('almaty', 'corporationAccepted', opened('meetReceiver'))
    expect(ready.file.state.papers.map((p) => p.kind)).toContain('result')
    expect(at(ready).papers.map((p) => p.id)).toEqual(['corporationReceipt-1'])
    expect(told(ready).filter((code) => code === 'paperIssued')).toHaveLength(1)
    const done = played('almaty', 'corporationAccepted')
    expect(at(done).papers.map((p) => p.id)).toEqual(['corporationReceipt-1', 'result-1'])
    expect(isForApplicant(done.file.state, { kind: 'courierReceipt', replacedAt: null })).toBe(false)
    const replaced = { ...done.file.state, given: null }
    expect([null, '2019-10-20T10:00:00+06:00'].map((replacedAt) => isForApplicant(replaced, { kind: 'result', replacedAt }))).toEqual([
      false,
      true,
    ])
  })

  it('names what is missing when the application is not accepted, and gives the documents back', () => {
    const tracker = at(played('almaty', 'corporationIncomplete'))
    expect(tracker).toMatchObject({ stage: 'notAccepted', latest: null, ahead: [] })
    if (tracker.todo.kind !== 'bringMissing') throw new Error('nothing to bring')
    expect(tracker.todo.documents.length).toBeGreaterThan(0)
    expect(tracker.documents.every((d) => d.returned)).toBe(true)
    expect(tracker.papers.map((p) => p.id)).toEqual(['acceptanceRefusal-1'])
  })

  it('says what was found and how to remedy it when the service was refused', () => {
    const tracker = at(played('almaty', 'corporationRefused'))
    expect(tracker.stage).toBe('refused')
    if (tracker.todo.kind !== 'removeCauses') throw new Error('no causes')
    expect(tracker.todo.causes[0]).toMatchObject({
      clause: expect.stringMatching(/^10/),
      fact: expect.any(String),
      remedy: expect.any(String),
    })
    expect(tracker.complaints.map((c) => c.cited)).toContain('law-88-V:25(2)')
    expect(tracker.complaints.some((c) => c.cited.startsWith('appc'))).toBe(false)
  })

  it('tells an outage from an absent person', () => {
    const down = at(played('aktobe', 'corporationRegisterDown', (e) => e.type === 'OutsideFailed'))
    expect(down.stage).toBe('waiting')
    expect(down.outage?.since).toBeTruthy()
    expect(down.todo).toEqual({ kind: 'nothing' })
    const absent = played('aktobe', 'corporationNoData')
    expect(at(absent)).toMatchObject({ stage: 'impossible', outage: null, todo: { kind: 'clarify' } })
    expect(told(absent)).toContain('registerNotFound')
    expect(told(absent)).toContain('packageBack')
  })

  it('tells a consent that is waited for, or was refused, from an outage', () => {
    const down = played('aktobe', 'corporationRegisterDown', (e) => e.type === 'OutsideFailed')
    expect(at(down).outage?.consent).toBeNull()
    for (const consent of ['declined', 'waiting', 'expired', 'token-not-found']) {
      const { step } = down.file.state
      if (step?.awaiting === undefined) throw new Error('it waits')
      const awaiting = { ...step.awaiting, lastFailure: `kdp-${consent}` }
      const state = { ...down.file.state, step: { ...step, awaiting } }
      expect(at({ ...down, file: { ...down.file, state } }).outage).toMatchObject({ consent })
    }
  })

  it('ends with a withdrawal without a date that nobody owes any more', () => {
    const tracker = at(played('almaty', 'officeWithdrawn'))
    expect(tracker).toMatchObject({ stage: 'withdrawn', latest: null, ending: null, todo: { kind: 'withdrawn' } })
  })

  it('shows each document as it was received', () => {
    const { documents } = at(played('almaty', 'corporationAccepted', opened('accumulate')))
    expect(documents.find((d) => d.id === 'diploma')).toMatchObject({ original: true, copy: true, returned: false })
    expect(documents.find((d) => d.id === 'identityDocument')).toMatchObject({ original: true, returned: true })
  })

  it('keeps quiet about an intake that has just begun', () => {
    expect(at(played('almaty', 'corporationAccepted', opened('submit')))).toMatchObject({
      stage: 'begun',
      latest: null,
      todo: { kind: 'toldLater' },
    })
  })
})

describe('what happened', () => {
  it('has words for each event of every example', async () => {
    const { loadLanguages } = await import('../../../../language/load.ts')
    const { createTranslator } = await import('../../../../language/translator.ts')
    const t = createTranslator(loadLanguages(`${import.meta.dirname}/../../../../language`).kk, 'kk')
    const all = statutes.library.regulations.flatMap((law) =>
      (law.examples?.examples ?? []).map((e) => [law.regulation.region, e.id] as const),
    )
    const codes = new Set(all.flatMap(([region, example]) => told(played(region, example))))
    expect(codes.size).toBeGreaterThan(20)
    expect([...codes].filter((code) => !t.has(`public.happened.${code}`))).toEqual([])
  })
})
