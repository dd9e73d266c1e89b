import { describe, expect, it } from 'vitest'
import { opened, played, statutes } from './cases.testing.ts'
import { casePathFor } from './hall/WindowPage.tsx'
import { assets, publicServer } from './house.testing.ts'

const number = '075-191014-48213-2'
const secret = 'ABCDEFGH0123456789JK'
const ready = () => publicServer({ cases: [{ number, secret, played: played('almaty', 'corporationAccepted', opened('meetReceiver')) }] })
const form = (fields: Record<string, string>) => ({
  method: 'POST',
  body: new URLSearchParams(fields),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
})

/** A browser that keeps what a receipt left. */
async function entered(server: ReturnType<typeof publicServer>['server'], receipt = `/t/${number}/${secret}`) {
  const sent = await server.request(receipt)
  expect(sent.status).toBe(303)
  const cookie = sent.headers.get('set-cookie')?.split(';')[0] ?? ''
  return { location: sent.headers.get('location') ?? '', headers: { cookie } }
}

describe('tracker', () => {
  it('opens by what the receipt says, however it was typed, and is kept by nobody', async () => {
    const { server } = ready()
    const sent = await server.request('/track', form({ number: '075191014482132', secret: 'ABCDE-FGH01-23456-789JK' }))
    expect(sent.status).toBe(303)
    expect(sent.headers.get('location')).toBe(`/track/${number}`)
    const cookie = sent.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/Max-Age=1800; Path=\/track\/075-191014-48213-2; HttpOnly; SameSite=Lax/)
    const page = await server.request(`/track/${number}`, { headers: { cookie: cookie.split(';')[0] ?? '' } })
    expect(page.status).toBe(200)
    expect(page.headers.get('cache-control')).toContain('no-store')
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    expect(page.headers.get('x-robots-tag')).toContain('noindex')
    const html = await page.text()
    expect(html).toContain('Жауапты келіп алыңыз.')
    expect(html).toContain('/papers/corporationReceipt-1')
    expect(html).not.toContain('/papers/result-1')
    expect(html).not.toContain(secret)
  })

  it('is led to by the code on the receipt, and then by an address without the secret', async () => {
    const { server } = ready()
    const { location, headers } = await entered(server)
    expect(location).toBe(`/track/${number}`)
    expect((await server.request(location, { headers })).status).toBe(200)
    const stranger = await (await server.request(location)).text()
    expect(stranger).toContain(`value="${number}"`)
    expect(stranger).not.toContain('Жауапты келіп алыңыз.')
  })

  it('is remembered for a month where its owner says so, and forgotten at once when closed', async () => {
    const { server } = ready()
    const kept = await server.request('/track', form({ number, secret, keep: 'yes' }))
    expect(kept.headers.get('set-cookie')).toContain('Max-Age=2592000')
    const closed = await server.request(`/track/${number}/close`, form({}))
    expect(closed.headers.get('set-cookie')).toMatch(/Max-Age=0; Path=\/track\/075/)
    expect(closed.headers.get('location')).toBe('/track')
  })

  it('says the same of an unknown number and of a wrong secret', async () => {
    const { server } = ready()
    const texts = await Promise.all(
      [`/t/${number}/WRONG`, `/t/075-191014-00000-1/${secret}`].map(async (path) => {
        const answer = await server.request(path)
        expect(answer.status).toBe(404)
        expect(answer.headers.get('x-robots-tag')).toContain('noindex')
        return (await answer.text()).replaceAll(/href="\/t\/[^"]*"|value="[\d-]{18}"/g, '')
      }),
    )
    expect(texts[0]).toBe(texts[1])
    const typed = await server.request('/track', form({ number, secret: 'WRONG' }))
    expect(typed.status).toBe(404)
    expect(await typed.text()).not.toContain('WRONG')
  })

  it.each([
    ['noNumber', { number: '', secret }],
    ['badNumber', { number: '075-191014-48213-0', secret }],
    ['noSecret', { number, secret: '' }],
  ])('says what is wrong with what was typed before looking anything up: %s', async (wrong, fields) => {
    const { server } = ready()
    const answer = await server.request('/track?lang=en', form(fields))
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain(
      { noNumber: 'Type the number', badNumber: 'The number has a mistake', noSecret: 'Type the secret' }[wrong],
    )
  })

  it('gives only papers that are for the applicant', async () => {
    const { server } = ready()
    const { headers } = await entered(server)
    const paper = (id: string, init = { headers }) => server.request(`/track/${number}/papers/${id}`, init)
    expect((await paper('corporationReceipt-1')).headers.get('content-type')).toBe('application/pdf')
    for (const id of ['result-1', 'courierReceipt-1', 'none']) expect((await paper(id)).status).toBe(404)
    expect((await paper('corporationReceipt-1', { headers: { cookie: 'qyzmet-receipt=oWRONG' } })).status).toBe(404)
  })

  it('names nobody of the staff and no IIN', async () => {
    const file = played('almaty', 'corporationAccepted')
    const { server } = publicServer({ cases: [{ number, secret, played: file }] })
    const { location, headers } = await entered(server)
    const html = await (await server.request(location, { headers })).text()
    expect(html).not.toContain(file.file.state.application?.iin ?? '')
    expect(html).not.toMatch(/o-1|specialist-1/)
  })
})

const addresses = [
  '/track',
  `/track/${number}`,
  '/regulations',
  '/regulations?on=2026-11-22',
  ...statutes.library.regulations.map(({ regulation }) => `/regulations/${regulation.id}?on=2019-10-14`),
  '/law',
  '/calendar/2019',
  '/calendar/2026?week=six',
  '/why',
  '/why?norm=aktobe-teacher-attestation/term/local/corporation&date=2018-08-24&time=10:00',
  '/why?norm=none&date=2018-08-24&time=10:00',
  '/hall',
  '/hall/almaty.auezov',
  '/demo',
  '/problems',
  '/problems/notYours',
  '/accessibility',
  '/privacy',
]

describe('every page', () => {
  it.each(addresses)('%s stands in the three languages, with one heading of the first level and no script', async (address) => {
    const branch = (await import('./cases.testing.ts')).organisation('branch')?.id ?? ''
    const path = address.replace('almaty.auezov', branch)
    const { server } = ready()
    const { headers } = await entered(server)
    for (const language of ['kk', 'ru', 'en']) {
      const answer = await server.request(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`, { headers })
      expect(answer.status).toBe(path.includes('norm=none') ? 400 : 200)
      const html = await answer.text()
      expect(html).toContain(`<html lang="${language}"`)
      expect(html.match(/<h1/g)).toHaveLength(1)
      expect(html).not.toMatch(/<script(?![^>]*src=)|\sstyle=|undefined|\[object/)
      expect(html.split('id="').length - 1).toBe(new Set([...html.matchAll(/\sid="([^"]*)"/g)].map((m) => m[1])).size)
    }
  })

  it('gives the file of a regulation as it is digested', async () => {
    const { server } = publicServer()
    const law = statutes.library.regulations[0]
    const text = await (await server.request(`/regulations/${law?.regulation.id}/file`)).text()
    const { createHash } = await import('node:crypto')
    expect(createHash('sha256').update(text).digest('hex')).toBe(law?.sha256.regulation)
  })

  it('says not found of what is not there', async () => {
    const { server } = publicServer()
    for (const path of [
      '/regulations/none',
      '/regulations/aktobe-teacher-attestation?edition=1999-01-01',
      '/calendar/1999',
      '/problems/none',
      '/hall/none',
    ])
      expect((await server.request(path)).status).toBe(404)
  })

  it('shows why an edition is not in force', async () => {
    const { server } = publicServer()
    const html = await (await server.request('/regulations/aktobe-teacher-attestation?on=2024-05-05&lang=ru')).text()
    expect(html).toContain('На 5 мая 2024 г. не действует')
    expect(html).toContain('№ 55')
  })
})

describe('hall', () => {
  it('gives a ticket, calls it to a window and leads to what was come for', async () => {
    const { organisation } = await import('./cases.testing.ts')
    const branch = organisation('branch')?.id ?? ''
    const { server } = publicServer({ operatorAt: branch })
    const taken = await server.request(`/hall/${branch}`, form({ service: 'answer', language: 'ru', priority: '' }))
    const at = taken.headers.get('location') ?? ''
    expect(taken.status).toBe(303)
    expect(await (await server.request(`${at}?lang=ru`)).text()).toContain('Перед вами 0 человек')
    expect((await server.request('/window', form({ do: 'call', window: '' }))).headers.get('location')).toBe('/window?said=window')
    expect((await server.request('/window', form({ do: 'call', window: '4' }))).headers.get('location')).toBe('/window')
    expect((await server.request('/window', form({ do: 'call', window: '4' }))).headers.get('location')).toBe('/window?said=busy')
    const number = decodeURIComponent(at.split('/').at(-1) ?? '')
    expect(await (await server.request(`/hall/${branch}/board`)).text()).toContain(number)
    const ticket = `${branch}/2019-10-14/${number}`
    // Whoever came for an answer is found in the list of what waits; a new case is begun for everybody else.
    expect((await server.request('/window', form({ do: 'start', ticket }))).headers.get('location')).toBe('/work')
    expect(casePathFor({ id: ticket, service: 'teacher-attestation' })).toBe(`/cases/new?ticket=${encodeURIComponent(ticket)}`)
    await server.request('/window', form({ do: 'finish', ticket }))
    expect(await (await server.request(`${at}?lang=ru`)).text()).toContain('Обслужен')
  })

  it('lets nobody call who is not signed in', async () => {
    const { server } = publicServer()
    expect((await server.request('/window')).headers.get('location')).toContain('/sign-in')
    expect((await server.request('/window', form({ do: 'call', window: '1' }))).status).toBe(401)
  })
})

describe('demonstration', () => {
  it('sets clock and faults', async () => {
    const { server, faults, clock } = publicServer()
    await server.request('/demo/clock', form({ do: 'set', region: 'aktobe', date: '2018-08-24', time: '10:00' }))
    expect(clock.now()).toBe(Date.parse('2018-08-24T10:00:00+05:00'))
    await server.request('/demo/clock', form({ advance: '60', region: 'aktobe' }))
    expect(clock.now()).toBe(Date.parse('2018-08-24T11:00:00+05:00'))
    await server.request('/demo/faults', form({ fault: 'down', delay: '3', refuse: 'shep-error' }))
    expect(faults).toMatchObject({ down: true, wrongAnswer: false, delayMs: 3000, refuse: 'shep-error' })
    await server.request('/demo/faults', form({}))
    expect(faults).toMatchObject({ down: false, delayMs: 0, refuse: null })
  })

  it('does not exist in production', async () => {
    const { server } = publicServer({ demonstration: false })
    expect((await server.request('/demo')).status).toBe(404)
    expect((await server.request('/demo/clock', form({ advance: '60' }))).status).toBe(404)
  })
})

it('has its styles and the board’s script among the assets', () => {
  expect(assets.get(assets.urls.css)?.body.toString()).toContain('.q-three')
  expect(assets.get(assets.urls.script)?.body.toString()).toContain('queue-board')
})
