import { type Context, Hono } from 'hono'
import type { PaperVerdict } from '../../../../desk/verifying/verdict.ts'
import { createSpeech } from '../../../../language/speech.ts'
import { type Door, filesOf, formOf, isMultipart } from '../../../door/door.ts'
import type { Frame } from '../../../layout/Page.tsx'
import { paths } from '../../../paths.ts'
import { addressOf } from '../address.ts'
import type { Public } from '../local.tsx'
import { createPatience, type Patience } from '../track/patience.ts'
import { readNumber } from '../track/receipt.ts'
import { type Unasked, VerifyPage } from './VerifyPage.tsx'

/** `/verify` for what is typed or sent, `/v/<number>/<code>` for the mark on a paper. Wrong guesses are made to wait as those of a tracker are. */
export function verifyRoutes({ house, frameOf }: Public, patience?: Patience): Hono<Door> {
  const patient = patience ?? createPatience({ now: house.machine })
  const routes = new Hono<Door>()
  for (const path of ['/v/*', paths.verify])
    routes.use(path, async (c, next) => {
      await next()
      c.header('cache-control', 'private, no-store')
      c.header('x-robots-tag', 'noindex')
    })

  const refuse = (c: Context, wrong: Unasked, number: string, status: 400 | 404 | 413 | 429) =>
    c.html(<VerifyPage frame={frameOf(c)} wrong={wrong} number={number} />, status)
  const tell = (c: Context, verdict: PaperVerdict, number?: string) =>
    c.html(<VerifyPage frame={asPrinted(frameOf(c), verdict)} verdict={verdict} number={number} />)
  /** Times as the paper has them, in the zone where it was issued: it is held against this page. */
  const asPrinted = (frame: Frame, { paper }: PaperVerdict): Frame => {
    const offset = /[+-]\d\d:\d\d$/.exec(paper?.issuedAt ?? '')?.[0]
    const { language } = frame.speech
    return offset === undefined ? frame : { ...frame, speech: createSpeech(house.languages[language], language, offset) }
  }

  const byCode = async (c: Context, number: string, code: string) => {
    if (number === '') return refuse(c, 'noNumber', number, 400)
    if (code === '') return refuse(c, 'noCode', number, 400)
    const verdict = await patient.try(addressOf(c), () => house.verifier.byCode(number, code))
    if (verdict === 'busy') return refuse(c, 'busy', number, 429)
    return verdict === null ? refuse(c, 'unknownCode', number, 404) : tell(c, verdict, number)
  }

  routes.get(paths.verify, (c) => c.html(<VerifyPage frame={frameOf(c)} number={readNumber(c.req.query('number') ?? '')} />))
  routes.get('/v/:number/:code', (c) => byCode(c, readNumber(c.req.param('number')), c.req.param('code')))
  routes.post(paths.verify, async (c) => {
    const form = await formOf(c)
    if (!isMultipart(c.req.header('content-type'))) return byCode(c, readNumber(form.get('number') ?? ''), (form.get('code') ?? '').trim())
    const sent = await filesOf(c)
    const [file, signed] = ['file', 'signed'].map((name) => sent.find((one) => one.name === name))
    const [first, second] = file === undefined ? [signed] : [file, signed]
    if (first === undefined) return refuse(c, 'noFile', '', 400)
    if (first.bytes === null || second?.bytes === null) return refuse(c, 'tooLarge', '', 413)
    const verdict = await house.files.judge({ file: first.bytes, signed: second?.bytes ?? null })
    if (verdict === 'busy') return refuse(c, 'busyFile', '', 429)
    return verdict.paper === null ? c.html(<VerifyPage frame={frameOf(c)} found={verdict} />) : tell(c, verdict.paper)
  })
  return routes
}
