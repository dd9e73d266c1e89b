import { parseArgs } from 'node:util'
import { isLanguage, type Language } from '../language/messages.ts'
import type { Translator } from '../language/translator.ts'
import { installation, type PeopleRefusal } from '../people/model.ts'
import { checkPassword } from '../people/passwordRules.ts'
import type { People } from '../people/people.ts'
import { foldLogin, loginShape } from '../people/shape.ts'
import type { Streams } from './streams.ts'
import { ask, askSecret, firstLine, isTerminal } from './terminal.ts'

export interface AdminTools {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly translator: (language: Language) => Translator
  /** Called when everything was asked and checked: a weak password needs no database. */
  readonly open: () => Promise<{ people: Pick<People, 'accounts' | 'staffByLogin'>; today: string; close: () => Promise<void> }>
}

const options = {
  login: { type: 'string' },
  surname: { type: 'string' },
  name: { type: 'string' },
  patronymic: { type: 'string' },
  iin: { type: 'string' },
  reason: { type: 'string' },
  language: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

const read = (args: readonly string[]) => parseArgs({ args: [...args], options, strict: true, allowPositionals: true })
type Given = ReturnType<typeof read>['values']

/** `qyzmet admin create | reset-second-factor`: 0 done, 1 refused, 2 used wrongly. */
export async function adminCommand(args: readonly string[], io: Streams, tools: AdminTools): Promise<number> {
  let given: ReturnType<typeof read>
  try {
    given = read(args)
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    return misused(io, tools.translator('kk'), 'badOption', cause.message)
  }
  const { values, positionals } = given
  const language = values.language ?? 'kk'
  if (!isLanguage(language)) return misused(io, tools.translator('kk'), 'unknownLanguage', language)
  const t = tools.translator(language)
  if (values.help) {
    io.stdout.write(`${t('people.admin.usage')}\n`)
    return 0
  }
  const action = positionals.join(' ')
  if (action === 'reset-second-factor') return resetFactor(values, io, tools, t)
  return action === 'create' ? create(values, io, tools, t) : misused(io, t, 'unknownAction', action)
}

function misused(io: Streams, t: Translator, code: string, value = ''): number {
  io.stderr.write(`${t(`people.admin.${code}`, { value })}\n\n${t('people.admin.usage')}\n`)
  return 2
}

async function create(given: Given, io: Streams, tools: AdminTools, t: Translator): Promise<number> {
  const terminal = isTerminal(io.stdin) ? io.stdin : undefined
  const askFor = (value: string | undefined, key: string): Promise<string> | string =>
    value ?? (terminal ? ask(t(`people.admin.${key}`), terminal, io.stdout) : '')
  const login = await askFor(given.login, 'askLogin')
  if (login === '') return misused(io, t, 'needsLogin')
  if (!loginShape.safeParse(login).success) return refuse(io, t, { code: 'loginWrong', params: { field: '--login' } })
  const surname = (await askFor(given.surname, 'askSurname')) || t('people.admin.defaultSurname')
  const name = (await askFor(given.name, 'askName')) || foldLogin(login)
  const password = await obtainPassword(io, tools, t)
  if (typeof password === 'number') return password
  const person = { surname, name, ...(given.patronymic === undefined ? {} : { patronymic: given.patronymic }) }
  const fits = checkPassword(password, { login: foldLogin(login), name: person })
  if (!fits.ok) return refuse(io, t, fits.error)

  const { people, today, close } = await tools.open()
  try {
    const post = { kk: tools.translator('kk')('people.admin.post'), ru: tools.translator('ru')('people.admin.post') }
    const grants = [{ role: 'administrator', organisation: installation, unit: 'management', from: today }]
    const staff = { login, name: person, iin: given.iin ?? null, post, grants }
    const made = await people.accounts.createStaff(staff, password, { kind: 'commandLine' }, { mustChange: false })
    if (!made.ok) return refuse(io, t, made.error)
    const { id } = made.value
    io.stdout.write(
      `${given.json ? JSON.stringify({ id, login: made.value.login }) : t('people.admin.created', { login: made.value.login })}\n`,
    )
    return 0
  } finally {
    await close()
  }
}

/** For whoever lost telephone and recovery codes and has no administrator above them. */
async function resetFactor(given: Given, io: Streams, tools: AdminTools, t: Translator): Promise<number> {
  const { login = '', reason = '' } = given
  if (login === '') return misused(io, t, 'needsLogin')
  if (reason.trim() === '') return misused(io, t, 'needsReason')
  const { people, close } = await tools.open()
  try {
    const staff = people.staffByLogin(foldLogin(login))
    if (staff === undefined) return refuse(io, t, { code: 'staffUnknown', params: {} })
    const done = await people.accounts.resetSecondFactor(staff.id, reason, { kind: 'commandLine' })
    if (!done.ok) return refuse(io, t, done.error)
    io.stdout.write(
      `${given.json ? JSON.stringify({ id: staff.id, login: staff.login }) : t('people.admin.factorReset', { login: staff.login })}\n`,
    )
    return 0
  } finally {
    await close()
  }
}

/** The variable, else two equal answers on a terminal, else the first line of a pipe; a number is the exit code where there is none. */
async function obtainPassword(io: Streams, { env }: AdminTools, t: Translator): Promise<string | number> {
  const { QYZMET_ADMIN_PASSWORD: fromEnv } = env
  if (fromEnv !== undefined && fromEnv !== '') return fromEnv
  if (!isTerminal(io.stdin)) return (await firstLine(io.stdin)) ?? misused(io, t, 'needsPassword')
  const first = await askSecret(t('people.admin.askPassword'), io.stdin, io.stdout)
  const second = first === undefined ? undefined : await askSecret(t('people.admin.askAgain'), io.stdin, io.stdout)
  if (first === second && first !== undefined) return first
  io.stderr.write(`${t(second === undefined ? 'people.admin.stopped' : 'people.admin.differ')}\n`)
  return 1
}

function refuse(io: Streams, t: Translator, { code, params }: PeopleRefusal): number {
  io.stderr.write(`${t(`people.refusal.${code}`, params)}\n`)
  return 1
}
