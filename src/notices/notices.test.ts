import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskEmail, maskPhone, readEmail, readPhone } from './address.ts'
import type { Delivery, Handed } from './carrier.ts'
import { afterOffer, afterReport, isOver, mostAsked, mostTries } from './course.ts'
import { type NoticeLine, noticeLogInMemory } from './log.ts'
import { smsLength } from './sms.ts'

const line: NoticeLine = {
  home: 75,
  case: '075-191014-48213-2',
  key: '12/ready',
  channel: 'sms',
  kind: 'ready',
  language: 'kk',
  state: 'waiting',
  code: null,
  tries: 0,
  asked: 0,
  segments: 1,
  said: '00',
  createdAt: '2019-10-14T10:00:00+06:00',
  changedAt: '2019-10-14T10:00:00+06:00',
  nextAt: null,
}

describe('an address', () => {
  it.each([
    ['+7 700 000 00 00', '+77000000000'],
    ['8 (701) 111-22-33', '+77011112233'],
    ['7771112233', null],
    ['+7 7172 50 00 00', null],
    ['+7 495 000 00 00', null],
    ['', null],
    [undefined, null],
  ])('%s is read as a phone: %s', (typed, phone) => {
    expect(readPhone(typed)).toBe(phone)
  })

  it('of mail cannot carry a second line or a second receiver into its head', () => {
    expect(readEmail(' a@example.kz ')).toBe('a@example.kz')
    for (const bad of ['a@example.kz\nBcc: b@example.kz', 'a@example.kz, b@example.kz', 'a@@b', 'a', '<a@example.kz>'])
      expect(readEmail(bad)).toBeNull()
  })

  it('is shown to strangers only so far that its owner knows it again', () => {
    expect(maskPhone('+77000001003')).toBe('+7 700 ••• •• 03')
    expect(maskEmail('aigul@example.kz')).toBe('a••••@example.kz')
  })
})

describe('the length of an SMS', () => {
  it.each([
    ['a'.repeat(160), 'gsm7', 160, 1],
    ['a'.repeat(161), 'gsm7', 161, 2],
    ['€'.repeat(80), 'gsm7', 160, 1],
    ['€'.repeat(81), 'gsm7', 162, 2],
    ['ә'.repeat(70), 'ucs2', 70, 1],
    ['ә'.repeat(71), 'ucs2', 71, 2],
    ['ә'.repeat(134), 'ucs2', 134, 2],
    ['ә'.repeat(135), 'ucs2', 135, 3],
    // One letter outside the seven-bit alphabet makes all of it UCS-2; a letter of two units is never cut.
    [`${'a'.repeat(70)}ә`, 'ucs2', 71, 2],
    [`${'ә'.repeat(66)}${'😀'.repeat(34)}`, 'ucs2', 134, 3],
    ['', 'gsm7', 0, 1],
  ])('%s', (text, alphabet, units, segments) => {
    expect(smsLength(text)).toEqual({ alphabet, units, segments })
  })

  it('never shrinks when a letter is added', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme', maxLength: 1 }), (text, more) => {
        expect(smsLength(text + more).segments).toBeGreaterThanOrEqual(smsLength(text).segments)
      }),
    )
  })
})

describe('the course of a notice', () => {
  const offers: Handed[] = [{ kind: 'accepted' }, { kind: 'refused', code: 'noSuchAddress' }, { kind: 'outage', code: 'noConnection' }]
  const reports: Delivery[] = [
    { kind: 'onWay' },
    { kind: 'delivered' },
    { kind: 'undelivered', code: 'full' },
    { kind: 'unknown' },
    { kind: 'outage', code: 'broken' },
  ]

  it('is not tried again where it can never be taken', () => {
    expect(afterOffer(line, { kind: 'refused', code: 'noSuchAddress' })).toEqual({
      line: { state: 'refused', code: 'noSuchAddress', tries: 1, asked: 0 },
      afterMs: null,
    })
  })

  it('is tried again after an outage, ever less often, and given up at last', () => {
    const pauses: number[] = []
    let now = line
    for (;;) {
      const { line: next, afterMs } = afterOffer(now, { kind: 'outage', code: 'noConnection' })
      now = { ...now, ...next }
      if (afterMs === null) break
      pauses.push(afterMs)
    }
    expect(now).toMatchObject({ state: 'givenUp', tries: mostTries })
    expect(Math.max(...pauses)).toBeLessThanOrEqual(900_000)
    expect(pauses[0]).toBeLessThanOrEqual(5_000)
    const days = pauses.reduce((sum, pause) => sum + pause, 0) / 86_400_000
    expect(days).toBeGreaterThan(2)
    expect(days).toBeLessThan(5)
  })

  it('comes to an end whatever the carrier says, and no end is left again', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 40 }), (draws) => {
        let now: NoticeLine = line
        for (let turn = 0; turn < mostTries * mostAsked && !isOver(now); turn++) {
          const draw = draws[turn % draws.length] ?? 0
          const offer = offers[draw % offers.length] ?? offers[2]
          const report = reports[draw % reports.length] ?? reports[0]
          if (offer === undefined || report === undefined) return
          const { line: next, afterMs } = now.state === 'waiting' ? afterOffer(now, offer) : afterReport(now, report)
          now = { ...now, ...next }
          expect(afterMs === null).toBe(isOver(now))
        }
        expect(isOver(now)).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  it('is offered again when the carrier has forgotten it', () => {
    expect(afterReport({ ...line, state: 'handed', tries: 1 }, { kind: 'unknown' }).line).toMatchObject({ state: 'waiting', tries: 1 })
  })
})

describe('the log in memory', () => {
  it('begins a notice once', async () => {
    const log = noticeLogInMemory()
    await log.begin(line)
    await log.settle({ ...line, state: 'handed', tries: 1 }, line)
    expect(await log.begin(line)).toMatchObject({ state: 'handed', tries: 1 })
    expect(await log.ofCase(75, line.case)).toHaveLength(1)
  })
})
