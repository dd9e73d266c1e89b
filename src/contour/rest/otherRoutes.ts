import { Hono } from 'hono'
import { z } from 'zod'
import { invent } from '../../gateway/register/simulator/invent.ts'
import { answeringModes } from '../consent/consents.ts'
import type { ContourParts } from '../parts.ts'
import { listedPeople } from '../register/listed.ts'
import { workstationModes } from '../workstation/workstation.ts'
import { problem, readJson } from './answers.ts'

export const consentMode = z.strictObject({ mode: z.enum(answeringModes) })
export const consentAnswer = z.strictObject({ answer: z.enum(['yes', 'no']) })
export const workstationMode = z.strictObject({ mode: z.enum(workstationModes) })
export const workstationAct = z.strictObject({ act: z.enum(['register', 'decide', 'refuse']) })
export const signatureRules = z.strictObject({
  strict: z.boolean().optional().describe('whether a message without a transport signature is refused'),
  payload: z
    .record(z.string().regex(/^[\w.-]{1,100}$/), z.boolean())
    .optional()
    .describe('by serviceId: whether its payload has to be signed'),
})

const most = 1000

/** Consents, files, letters, people, the workstation, and what signatures are asked for. */
export function otherRoutes(parts: ContourParts): Hono {
  const app = new Hono()
  readings(app, parts)
  consentRoutes(app, parts)
  workstationRoutes(app, parts)
  app.put('/signatures', async (c) => {
    const read = await readJson(c, signatureRules)
    if (!read.ok) return read.response
    const { strict, payload = {} } = read.value
    if (strict !== undefined) await parts.rules.setStrictSignatures(strict)
    for (const [service, required] of Object.entries(payload)) await parts.rules.require(service, required)
    return c.json({ strict: parts.rules.strictSignatures(), payload: parts.rules.list() })
  })
  return app
}

function readings(app: Hono, { files, mailbox, rules, seed, keys, clock }: ContourParts): void {
  app.get('/files', (c) => c.json({ files: files.list(most) }))
  // The message itself is not told here: the watch has it, redacted.
  app.get('/letters', (c) => c.json({ ...mailbox.counts(), letters: mailbox.list(most).map(({ data: _data, ...letter }) => letter) }))
  app.get('/people', (c) => c.json({ people: listedPeople(seed) }))
  app.get('/people/:iin{[0-9]{12}}', (c) => {
    const person = invent(c.req.param('iin'), seed)
    return person === null ? problem(c, 404, 'Nobody has this number.') : c.json(person)
  })
  app.get('/signatures', (c) => c.json({ strict: rules.strictSignatures(), payload: rules.list() }))
  // The list that a node's `revocation.lists` may name, and the certificate of the gateway's that stands in it.
  app.get('/crl/:which{(root|authority)}', async (c) => {
    const list = await keys.pki.crl(c.req.param('which') === 'root' ? 'root' : 'authority', clock.now())
    return c.body(Uint8Array.from(list).buffer, 200, { 'content-type': 'application/pkix-crl' })
  })
  app.get('/trust/revoked', async (c) =>
    c.body(pem((await keys.revoked()).certificate.der), 200, { 'content-type': 'application/x-pem-file' }),
  )
  app.get('/trust', (c) => {
    const all = [...keys.trust.roots, ...keys.trust.authorities, ...keys.known]
    return c.body(all.map(({ der }) => pem(der)).join(''), 200, { 'content-type': 'application/x-pem-file' })
  })
}

const pem = (der: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g)
      ?.join('\n') ?? ''
  }\n-----END CERTIFICATE-----\n`

function consentRoutes(app: Hono, { consents }: ContourParts): void {
  app.get('/consents', (c) => c.json({ mode: consents.mode(), consents: consents.list(most) }))
  app.put('/consents/mode', async (c) => {
    const read = await readJson(c, consentMode)
    if (!read.ok) return read.response
    await consents.setMode(read.value.mode)
    return c.json(read.value)
  })
  app.post('/consents/:id{[0-9]{1,15}}', async (c) => {
    const read = await readJson(c, consentAnswer)
    if (!read.ok) return read.response
    const done = await consents.answer(Number(c.req.param('id')), read.value.answer === 'yes')
    return done ? c.body(null, 204) : problem(c, 409, 'There is no such question, or it is answered.')
  })
}

function workstationRoutes(app: Hono, { workstation, courier }: ContourParts): void {
  app.get('/workstation', (c) => c.json({ mode: workstation.mode(), requests: workstation.list(most) }))
  app.put('/workstation/mode', async (c) => {
    const read = await readJson(c, workstationMode)
    if (!read.ok) return read.response
    await workstation.setMode(read.value.mode)
    return c.json(read.value)
  })
  app.post('/workstation/:correlation', async (c) => {
    const read = await readJson(c, workstationAct)
    if (!read.ok) return read.response
    const done = await workstation.act(c.req.param('correlation'), read.value.act)
    courier.nudge()
    if (done === 'unknown') return problem(c, 404, 'There is no such request.')
    return done === 'done' ? c.body(null, 204) : problem(c, 409, 'It is registered already, or decided.')
  })
}
