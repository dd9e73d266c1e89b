import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLog, type LogForm } from './log.ts'

function logInMemory(form: LogForm = 'json') {
  const lines: string[] = []
  return { log: createLog({ form, write: (line) => lines.push(line), machine: () => Date.parse('2019-10-14T04:00:00Z') }), lines }
}

describe('the log', () => {
  it('is one line of JSON an event', () => {
    const { log, lines } = logInMemory()
    log.info('request', { route: '/cases/:number', status: 200, ms: 3, absent: undefined })
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { at: '2019-10-14T04:00:00.000Z', level: 'info', event: 'request', route: '/cases/:number', status: 200, ms: 3 },
    ])
    expect(lines[0]).toMatch(/^[^\n]+\n$/)
  })

  it('reads easily where somebody looks', () => {
    const { log, lines } = logInMemory('human')
    log.warn('request', { route: '/work', status: 503 })
    expect(lines).toEqual(['04:00:00.000 ! request route=/work status=503\n'])
  })

  it('tells of a failure its name, code and place, and never its message', () => {
    const { log, lines } = logInMemory()
    const cause = Object.assign(new Error('Key (iin)=(850412499913)\n    at Үлгібаева 850412499913'), { code: '23505' })
    log.error('breakage', { id: '0a1b2c3d' }, cause)
    const told = JSON.parse(lines[0] ?? '')
    expect(told).toMatchObject({ level: 'error', event: 'breakage', id: '0a1b2c3d', error: 'Error', code: '23505' })
    expect(told.where[0]).toMatch(/log\.test\.ts/)
    expect(lines.join('')).not.toMatch(/850412499913|Үлгібаева|Key/)
  })

  it('lets no long number and no letter of a name through, by whatever name it is given', () => {
    const digits = fc.stringMatching(/^\d{9,20}$/)
    const names = fc.constantFrom('Айгүл', 'Сейтқали', 'Қызмет')
    fc.assert(
      fc.property(
        fc.string({ maxLength: 10 }),
        fc.oneof(digits, names),
        fc.constantFrom('route', 'id', 'trace', 'x'),
        (around, secret, name) => {
          const { log, lines } = logInMemory()
          log.info('request', { [name]: `${around}${secret}${around}` })
          expect(lines.join('')).not.toContain(secret)
        },
      ),
      { numRuns: 500 },
    )
  })
})
