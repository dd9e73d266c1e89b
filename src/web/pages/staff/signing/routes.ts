import { Hono } from 'hono'
import { type Door, signedIn } from '../../../door/door.ts'
import type { House } from '../../../house.ts'

export function signingRoutes(house: House) {
  // Says only whether a signature is still waited for: nobody's data, so no row in the journal.
  return new Hono<Door>().get('/signing/phone/:id', async (c) => {
    const request = await house.phone.find(c.req.param('id') ?? '')
    const isTheirs = request?.toBeSigned.signer.staffId === signedIn(c).who.actor.id
    return c.json({ waiting: isTheirs && request?.signature === null })
  })
}
