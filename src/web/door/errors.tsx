import { randomBytes } from 'node:crypto'
import type { Context, ErrorHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { TermUnknown } from '../../engine/case/counting.ts'
import { FileMissing, LedgerAway } from '../../ledger/ledger.ts'
import { Button } from '../components/button/button.tsx'
import { type ErrorKind, ErrorPage } from '../components/error-page/error-page.tsx'
import { type Frame, Page } from '../layout/Page.tsx'
import { paths } from '../paths.ts'

const statuses = {
  notFound: 404,
  forbidden: 403,
  conflict: 409,
  unavailable: 503,
  failure: 500,
  expired: 401,
  termUnknown: 422,
  busy: 503,
  busyForm: 503,
} as const

/** A page says no in one word; the door draws the rest. */
export class Refused extends Error {
  readonly kind: ErrorKind

  constructor(kind: ErrorKind) {
    super(kind)
    this.name = 'Refused'
    this.kind = kind
  }
}

export type FrameOf = (c: Context) => Frame

export function drawError(c: Context, frameOf: FrameOf, kind: ErrorKind, code?: string): Response | Promise<Response> {
  const frame = frameOf(c)
  const { t } = frame.speech
  return c.html(
    <Page frame={frame} title={t(`errors.${kind}.title`)}>
      <ErrorPage kind={kind} code={code} homeHref={frame.viewer ? paths.work : paths.start}>
        {kind === 'expired' ? <Button href={paths.signIn} text={t('layout.signIn')} /> : null}
      </ErrorPage>
    </Page>,
    statuses[kind],
  )
}

export interface Breakage {
  readonly code: string
  readonly error: Error
  /** Of the request that broke. */
  readonly trace?: string
}

/** What broke goes to the log under a code that the reader can tell; the reader never sees more of it. */
export const onError =
  (frameOf: FrameOf, report: (breakage: Breakage) => void): ErrorHandler =>
  (error, c) => {
    if (error instanceof Refused) return drawError(c, frameOf, error.kind)
    if (error instanceof HTTPException && error.status < 500) return drawError(c, frameOf, error.status === 404 ? 'notFound' : 'forbidden')
    if (error instanceof TermUnknown) return drawError(c, frameOf, 'termUnknown')
    if (error instanceof LedgerAway) {
      c.header('retry-after', '5')
      return drawError(c, frameOf, 'unavailable')
    }
    const code = randomBytes(4).toString('hex')
    report({ code, error, trace: c.get('trace') })
    return drawError(c, frameOf, error instanceof FileMissing ? 'conflict' : 'failure', code)
  }
