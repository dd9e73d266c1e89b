import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { evolve } from '../../engine/case/evolve.ts'
import { type NoticeKind, noticeKinds, noticesOf } from '../../engine/case/notices.ts'
import type { CaseState } from '../../engine/case/state.ts'
import { loadLanguages } from '../../language/load.ts'
import { smsLength } from '../../notices/sms.ts'
import { organisation, type Played, played, statutes } from '../../web/pages/public/cases.testing.ts'
import { noticeWords, type WordsParts } from './words.ts'

const parts: WordsParts = {
  languages: loadLanguages(join(import.meta.dirname, '../../language')),
  tracker: { world: statutes.world, organisation },
  hours: () => ({ kk: 'дс–сб: 09:00–20:00', ru: 'пн–сб: 09:00–20:00' }),
  zoneOf: statutes.zoneOf,
  publicUrl: 'https://kyzmet.invalid',
}

const all = statutes.library.regulations.flatMap((law) => (law.examples?.examples ?? []).map((e) => [law.regulation.region, e.id] as const))

/** What is told in the course of an example, event by event: the finest cut that commands could have. */
function told({ file, events }: Played, phone?: string): { kind: NoticeKind; state: CaseState; at: string }[] {
  const law = file.bound.court
  let before: CaseState | null = null
  const found: { kind: NoticeKind; state: CaseState; at: string }[] = []
  for (const event of events) {
    const plain: CaseState | null = evolve(before, event)
    if (plain === null) continue
    const after: CaseState = phone === undefined ? plain : { ...plain, applicant: { ...plain.applicant, phone } }
    for (const kind of noticesOf({ law, before, after, events: [event] })) found.push({ kind, state: after, at: event.at })
    before = after
  }
  return found
}

const wordsOf = (one: Played, { kind, state, at }: ReturnType<typeof told>[number], language: 'kk' | 'ru') => {
  const application = state.application && { ...state.application, language }
  return noticeWords(parts, { ...one.file, state: { ...state, application } }, kind, at)
}

describe('notices of the examples of every regulation', () => {
  const notices = all.flatMap(([region, example]) => {
    const one = played(region, example)
    return told(one, '+7 700 000 00 00').map((notice) => ({ region, example, one, notice }))
  })

  it('meet every kind that the table has', () => {
    const met = new Set(notices.map(({ notice }) => notice.kind))
    expect(noticeKinds.filter((kind) => !met.has(kind))).toEqual([])
    // As these regulations stand, whoever is not accepted stands at the desk, and no telephone was entered yet.
    const ordinary = new Set(all.flatMap(([region, example]) => told(played(region, example)).map(({ kind }) => kind)))
    expect(noticeKinds.filter((kind) => !ordinary.has(kind))).toEqual(['notAccepted'])
  })

  it('say who, what and where on within four parts of an SMS, in both languages, without anything unfilled', () => {
    const wrong: string[] = []
    for (const { region, example, one, notice } of notices) {
      for (const language of ['kk', 'ru'] as const) {
        const { sms } = wordsOf(one, notice, language)
        const { segments, alphabet } = smsLength(sms)
        if (segments > 4 || alphabet !== 'ucs2' || !sms.includes(one.file.number) || /[{}]|undefined|null|\s{2}|\.\./.test(sms))
          wrong.push(`${region}/${example} ${notice.kind} ${language} ${segments}: ${sms}`)
      }
    }
    expect(wrong).toEqual([])
  })

  it('never carry the secret, the name or the IIN', () => {
    for (const { one, notice } of notices) {
      const { sms, mail, subject } = wordsOf(one, notice, 'kk')
      const { secret, application } = notice.state
      for (const text of [sms, mail, subject]) {
        expect(text).not.toContain(secret)
        if (application) expect(text).not.toMatch(new RegExp(`${application.iin}|${application.surname}`))
      }
    }
  })

  it('speak by mail Kazakh first, then Russian, and by SMS the applicant’s language', () => {
    for (const { one, notice } of notices) {
      const { sms, mail } = wordsOf(one, notice, 'ru')
      expect(mail.indexOf('өтініш:')).toBeLessThan(mail.indexOf('Заявление '))
      expect(sms).toMatch(/^Заявление /)
    }
  })
})

describe('a notice', () => {
  const one = (region: string, example: string, kind: NoticeKind) => {
    const found = played(region, example)
    const notice = told(found).find((n) => n.kind === kind)
    if (notice === undefined) throw new Error(`${example} tells nothing of ${kind}`)
    return wordsOf(found, notice, 'ru')
  }

  it('of receipt names the number and the latest lawful date, and by mail why it is that date', () => {
    const { sms, mail } = one('aktobe', 'corporationLocal', 'received')
    expect(sms).toMatch(/Документы приняты\. Ответ дадут не позднее \d\d\.\d\d\.\d{4}, \d\d:\d\d\. Ход дела: https/)
    expect(mail).toContain('Почему этот день')
  })

  it('of an answer that is ready says where, when and with what to come', () => {
    const { sms } = one('almaty', 'corporationAccepted', 'ready')
    expect(sms).toContain(organisation('branch')?.address.ru ?? '?')
    expect(sms).toContain('09:00–20:00')
    expect(sms).toContain('удостоверение')
  })

  it('of a refusal gives each cause with its remedy, and where to complain with what is not certain', () => {
    const { mail } = one('almaty', 'corporationRefused', 'refused')
    expect(mail).toMatch(/Что обнаружено: .+\n {2}Как устранить: .+/)
    expect(mail).toMatch(/Куда жаловаться:\n– [\s\S]+law-88-V:25\(2\)\] \(не подтверждено\)/)
  })
})

it('nobody is told where no telephone and no address was given, and nobody who refused the use of their data', () => {
  const { file, events } = played('almaty', 'corporationAccepted')
  const last = events.at(-1)
  if (last === undefined) throw new Error('no events')
  const change = { law: file.bound.court, before: null, after: file.state, events: [last] }
  const ended: CaseState = { ...file.state, ended: { ending: 'refused', kind: 'refused', at: last.at, clause: null } }
  expect(noticesOf({ ...change, after: ended })).toContain('refused')
  expect(noticesOf({ ...change, after: { ...ended, applicant: {} } })).toEqual([])
  expect(noticesOf({ ...change, after: { ...ended, consent: { given: false, form: 'written', at: last.at } } })).toEqual([])
})
