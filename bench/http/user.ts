import { setTimeout as sleep } from 'node:timers/promises'
import { demonstrationPassword } from '../../src/people/demonstration.ts'
import { type Answer, Client } from './client.ts'
import { type Form, fill, formIn, rowsIn } from './form.ts'
import type { Kind, Tally } from './tally.ts'

/** Whoever comes: with the session they have already, or from the street. */
export type UserPlan =
  | { readonly kind: 'operator' | 'desk' | 'supervisor'; readonly token: string }
  | { readonly kind: 'applicant'; readonly receipt: string }
  | { readonly kind: 'street' }
  | { readonly kind: 'signIn'; readonly login: string }

export interface Pace {
  /** How long a page is looked at on average, in ms; a form takes two to three times as long. */
  readonly lookMs: number
}

/** Not the first page: in a demonstration it names everybody, which no installation has. */
const streetPages = ['/regulations', '/track', '/law', '/why', '/privacy', '/sign-in']
const mostRetries = 6

/** One person at work, until told to stop. */
export class User {
  private readonly plan: UserPlan
  private readonly client: Client
  private readonly tally: Tally
  private readonly pace: Pace
  private readonly stop: AbortSignal
  private last = ''

  constructor(plan: UserPlan, base: URL, index: number, tally: Tally, pace: Pace, stop: AbortSignal) {
    this.plan = plan
    this.client = new Client(base, `127.${1 + (index >> 16)}.${(index >> 8) & 255}.${1 + (index & 127)}`)
    this.tally = tally
    this.pace = pace
    this.stop = stop
    if ('token' in plan) this.client.keep('qyzmet', plan.token)
  }

  async work(): Promise<void> {
    try {
      // People do not come in step.
      if (this.plan.kind === 'signIn') return await this.signIn(this.plan.login)
      await this.think(0, 3)
      while (!this.stop.aborted) await this.turn()
    } catch (cause) {
      if (!this.stop.aborted) throw cause
    } finally {
      this.client.close()
    }
  }

  private turn(): Promise<void> {
    switch (this.plan.kind) {
      case 'signIn':
        return this.look('/work')
      case 'applicant':
        return this.follow(this.plan.receipt)
      case 'street':
        return this.look(streetPages[Math.floor(Math.random() * streetPages.length)] ?? '/')
      case 'supervisor':
        return this.supervise()
      case 'operator':
        return this.serveApplicant()
      case 'desk':
        return this.serveDesk()
    }
  }

  private async signIn(login: string): Promise<void> {
    const page = await this.read('/sign-in')
    const csrf = /name="_csrf" value="([^"]+)"/.exec(page ?? '')?.[1] ?? ''
    const body = new URLSearchParams({ _csrf: csrf, login, password: demonstrationPassword })
    const answer = await this.patiently('signIn', () => this.client.ask('/sign-in', body))
    if (answer?.status !== 303) this.tally.odd(`sign-in ${answer?.status}`)
    await this.read(answer?.headers.location ?? '/work')
  }

  private async look(path: string): Promise<void> {
    await this.read(path)
    await this.think(1, 3)
  }

  private async follow(receipt: string): Promise<void> {
    await this.read(this.last === '' ? receipt : this.last)
    await this.think(2, 4)
  }

  private async supervise(): Promise<void> {
    for (const path of ['/overview', '/overview/norms', '/overview/cases']) await this.look(path)
  }

  /** The next one in the hall: a new case as often as one from the list. */
  private async serveApplicant(): Promise<void> {
    if (Math.random() < 0.5) return this.serveDesk()
    const opening = await this.read('/cases/new')
    await this.think(0.5, 1.5)
    const after = await this.send(opening, false)
    // The applicant sits opposite: the steps of the desk follow one another.
    for (let page = after, turn = 0; page !== null && turn < 3; turn++) page = await this.send(page, true)
  }

  private async serveDesk(): Promise<void> {
    const list = await this.read('/work')
    if (list === null) return this.think(1, 2)
    this.listen('/live?list=')
    await this.think(0.5, 1.5)
    const rows = rowsIn(list)
    const row = rows[Math.floor(Math.random() * rows.length)]
    if (row === undefined) return this.think(1, 3)
    const page = await this.read(row)
    await this.send(page, true)
  }

  /** Fills the form of a page, with the pauses of somebody who reads and types, and sends it; gives the page that follows. */
  private async send(page: string | null, isTyped: boolean): Promise<string | null> {
    let form = page === null ? undefined : formIn(page)
    for (let turn = 0; form !== undefined && turn < 3; turn++) {
      const typed = fill(form, { 'application.iin': iin() }, Math.random)
      if (isTyped) await this.type(form, typed)
      const next = await this.post(form, typed)
      if (next === null || next.isDone) return next?.page ?? null
      // Shown once more: to be looked at, or with what is missing.
      form = formIn(next.page)
      await this.think(0.3, 0.8)
    }
    return null
  }

  private async type(form: Form, typed: URLSearchParams): Promise<void> {
    const number = /^\/cases\/([\d-]+)\//.exec(form.action)?.[1]
    if (number !== undefined) this.listen(`/live?case=${number}:${typed.get('_seen') ?? '1'}`)
    await this.think(0.7, 1.3)
    if (number !== undefined) {
      const body = new URLSearchParams(typed)
      body.set('_action', form.action)
      const kept = await this.client.ask('/saved-form', body, { accept: 'application/json', 'qyzmet-form': 'script' })
      this.note('kept', kept)
    }
    await this.think(0.7, 1.3)
  }

  private async post({ action }: Form, typed: URLSearchParams): Promise<{ page: string; isDone: boolean } | null> {
    this.client.hush()
    const answer = await this.patiently('write', () => this.client.ask(action, typed))
    if (answer === null) return null
    if (answer.status !== 303) {
      this.tally.odd(`form ${answer.status}`)
      return answer.status === 200 || answer.status === 422 ? { page: answer.text(), isDone: false } : null
    }
    const key = typed.get('_key')
    if (key !== null) this.tally.acknowledged.push(key)
    const page = await this.read(answer.headers.location ?? '/work')
    return page === null ? null : { page, isDone: true }
  }

  /** A page, through what it leads to; null: it could not be had. */
  private async read(path: string): Promise<string | null> {
    this.client.hush()
    let where = path
    for (let turn = 0; turn < 4; turn++) {
      const answer = await this.patiently('read', () => this.client.ask(where))
      if (answer === null) return null
      if (answer.status === 303 || answer.status === 302) where = answer.headers.location ?? '/'
      else {
        if (this.plan.kind === 'applicant') this.last = where
        if (answer.status !== 200) this.tally.odd(`page ${answer.status}`)
        return answer.status === 200 ? answer.text() : null
      }
    }
    return null
  }

  /** Whoever is told to come again does, with the same form under the same key, as the page or the script does for them. */
  private async patiently(kind: Kind, ask: () => Promise<Answer>): Promise<Answer | null> {
    for (let turn = 0; turn <= mostRetries; turn++) {
      const answer = await ask()
      this.note(kind, answer)
      if (answer.status !== 503 && answer.status !== 0) return answer
      await sleep(1000 * Number(answer.headers['retry-after'] ?? 2), undefined, { signal: this.stop })
    }
    this.tally.odd('given up')
    return null
  }

  private note(kind: Kind, answer: Answer): void {
    this.tally.note(kind, answer)
    if (answer.error !== undefined && !this.stop.aborted) this.tally.odd(answer.error)
  }

  private listen(path: string): void {
    this.client.listen(path, (event) => {
      if (event !== 'list') return
      void this.client.ask('/work/fresh?count=', undefined, { accept: 'application/json' }).then((answer) => this.note('read', answer))
    })
  }

  private think(least: number, most: number): Promise<void> {
    return sleep(this.pace.lookMs * (least + Math.random() * (most - least)), undefined, { signal: this.stop })
  }
}

/** People of the register's simulator; their day numbers above 9000 are higher than any that is given. */
function iin(): string {
  return invented[Math.floor(Math.random() * invented.length)] ?? ''
}

const invented: readonly string[] = ['850615400016']
