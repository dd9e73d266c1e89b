import { Hono } from 'hono'
import { type Door, signedIn } from '../../../door/door.ts'
import type { House } from '../../../house.ts'
import { unsignedWords } from '../../../wording/refusals.ts'

export function signingRoutes(house: House) {
  // Says only whether a signature is still waited for: nobody's data, so no row in the journal.
  return new Hono<Door>().get('/signing/phone/:id', async (c) => {
    const request = await house.phone.find(c.req.param('id') ?? '')
    const { who, speech } = signedIn(c)
    if (request === null || request.toBeSigned.signer.staffId !== who.actor.id) return c.json({ waiting: false })
    const refused = request.refused.length === 0 ? {} : { refused: unsignedWords(request.refused, speech) }
    return c.json({ waiting: request.signature === null, ...refused })
  })
}
