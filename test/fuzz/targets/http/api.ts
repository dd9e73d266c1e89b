import { routes } from '../../../../src/api/routes/all.ts'
import { pdfOf } from '../../../../src/desk/scans/samples.testing.ts'
import { clientOf } from '../../../api/client.ts'
import { acceptance, findings } from '../../../api/samples.ts'
import type { TestHouse } from '../../../house.ts'
import type { Sample } from '../http.ts'

const steps: readonly (readonly [login: string, step: string, body: object])[] = [
  ['almaty.clerk', 'accept', acceptance],
  ['almaty.head', 'refer', { taken: true, assignee: 'x' }],
  ['almaty.specialist', 'examine', { taken: true, findings }],
  ['almaty.head', 'signAnswer', { taken: true }],
  ['almaty.clerk', 'giveAnswer', { receiver: { who: 'self', document: { kind: 'idCard', number: '012345678' } } }],
  [
    'almaty.specialist',
    'examine',
    { taken: true, refusal: { grounds: [{ ground: 'untrue', fact: 'x', remedy: 'y', documents: ['diploma'] }] } },
  ],
]

const bodies: Readonly<Record<string, object>> = {
  '/v1/tokens': { login: 'almaty.clerk', password: 'wrong-password' },
  '/v1/cases': { service: 'teacher-attestation', channel: 'office' },
  '/v1/cases/{number}/corrections': { entry: 'applicant.surname', value: 'Сынақова', reason: 'Қате жазылды' },
  '/v1/cases/{number}/reassignment': { role: 'specialist', from: null, to: null, reason: 'Демалыс' },
  '/v1/cases/{number}/papers/{id}/copies': { reason: 'Жоғалды' },
  '/v1/me/grant': { grant: 'x' },
  '/v1/me/password': { old: 'wrong-password', new: 'another-password' },
  '/v1/search': { q: 'Үлгібаева' },
  '/v1/demo/clock': { advance: 'PT2H' },
  '/v1/demo/register': { delayMs: 0, down: false },
  '/v1/track/{number}': { secret: 'K7XQ2M4P' },
}

/** Every route of the API, with a body that it takes, on cases that stand at every step of the way. */
export async function apiSamples({ app, signIn }: TestHouse): Promise<Sample[]> {
  const call = clientOf(app)
  const tokens = new Map<string, string>()
  const tokenOf = async (login: string) => {
    const known = tokens.get(login) ?? (await signIn(login))
    tokens.set(login, known)
    return known
  }
  const numbers: string[] = []
  for (let done = 0; done < 5; done++) {
    const { json } = await call('POST', '/api/v1/cases', {
      token: await tokenOf('almaty.clerk'),
      body: { service: 'teacher-attestation', channel: 'office' },
    })
    numbers.push(json.number)
    const me = await call('GET', '/api/v1/me', { token: await tokenOf('almaty.specialist') })
    for (const [login, step, body] of steps.slice(0, done)) {
      const given = step === 'refer' ? { ...body, assignee: me.json.id } : body
      await call('POST', `/api/v1/cases/${json.number}/steps/${step}`, { token: await tokenOf(login), body: given })
    }
  }
  const papers = await call('GET', `/api/v1/cases/${numbers[1]}/papers`, { token: await tokenOf('almaty.clerk') })
  const paper = String(papers.json.papers[0]?.id)
  const logins = ['almaty.clerk', 'almaty.head', 'almaty.specialist', 'almaty.supervisor', 'aktobe.operator']
  const ordinary = routes.flatMap((route) =>
    numbers.flatMap((number, at): Sample[] => {
      const path = `/api${route.path
        .replace('{number}', number)
        .replace('{id}', route.path.includes('papers') ? paper : 'almaty-teacher-attestation')
        .replace('{step}', 'accept')}`
      // A query as each list takes it: what the route does not know it refuses by name.
      const query = route.query === undefined ? '' : '?limit=10&explain=true'
      const body =
        route.takes !== undefined
          ? { body: { bytes: pdfOf() } }
          : route.body === undefined
            ? {}
            : { body: { json: bodies[route.path] ?? { reason: 'Себебі бар' } } }
      return [
        {
          as: logins[at % logins.length] ?? null,
          method: route.method.toUpperCase(),
          path: `${path}${query}`,
          headers: { 'idempotency-key': `fuzz-${at}-${route.id}-key` },
          ...body,
        },
      ]
    }),
  )
  const done = steps.flatMap(([as, step, json], at) =>
    numbers.map(
      (number): Sample => ({
        as,
        method: 'POST',
        path: `/api/v1/cases/${number}/steps/${step}`,
        headers: { 'idempotency-key': `fuzz-step-${at}-${number}` },
        body: { json },
      }),
    ),
  )
  return [...ordinary, ...done, ...done]
}
