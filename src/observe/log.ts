/** One line an event, for machines or for eyes. Nothing that a person entered may stand in it, whoever calls. */

export type Level = 'info' | 'warn' | 'error'
/** Numbers, switches and names out of the code: of routes, tasks, steps. Never text that somebody typed, nor a number of a case or a person. */
export type Field = string | number | boolean | null | undefined

export interface Log {
  info(event: string, fields?: Readonly<Record<string, Field>>): void
  warn(event: string, fields?: Readonly<Record<string, Field>>): void
  /** Of the cause its name, code and place; never its message, in which a database repeats the values that it was given. */
  error(event: string, fields?: Readonly<Record<string, Field>>, cause?: unknown): void
}

export type LogForm = 'json' | 'human'

export interface LogOptions {
  readonly form: LogForm
  readonly write: (line: string) => void
  /** Milliseconds since 1970. */
  readonly machine: () => number
}

export function createLog({ form, write, machine }: LogOptions): Log {
  const tell = (level: Level, event: string, fields: object = {}) => {
    const told = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, harmless(name, value)] as const]))
    const at = new Date(machine()).toISOString()
    write(form === 'json' ? `${JSON.stringify({ at, level, event, ...Object.fromEntries(told) })}\n` : humanLine(at, level, event, told))
  }
  return {
    info: (event, fields) => tell('info', event, fields),
    warn: (event, fields) => tell('warn', event, fields),
    error: (event, fields, cause) => tell('error', event, { ...fields, ...(cause === undefined ? {} : causeOf(cause)) }),
  }
}

/** What broke: its name, its SQLSTATE or Node's code where it has one, and where in the code. */
export function causeOf(cause: unknown): { error: string; code?: string; where: string[] } {
  if (!(cause instanceof Error)) return { error: typeof cause, where: [] }
  const code = 'code' in cause && typeof cause.code === 'string' && /^\w{1,40}$/.test(cause.code) ? { code: cause.code } : {}
  return { error: cause.name, ...code, where: framesOf(cause).slice(0, 8) }
}

/** A message may have any number of lines, some of which look like frames: the frames are what follows it. */
function framesOf({ stack = '', message }: Error): string[] {
  const after = message !== '' && stack.includes(message) ? stack.slice(stack.indexOf(message) + message.length) : stack
  return after.split('\n').flatMap((line) => (line.startsWith('    at ') ? [line.trim()] : []))
}

const identities: Readonly<Record<string, RegExp>> = { trace: /^[0-9a-f]{32}$/, id: /^[0-9a-f]{8}$/ }

/** The last net: a name out of the code is plain ASCII without a long row of digits. What is not loses what makes it none. */
function harmless(name: string, value: Field | readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((one) => harmless('', one))
  if (typeof value !== 'string' || identities[name]?.test(value)) return value
  return value
    .slice(0, 200)
    .replaceAll(/[^\x20-\x7e]+/g, '?')
    .replaceAll(/\d{6,}/g, '#')
}

function humanLine(at: string, level: Level, event: string, told: readonly (readonly [string, unknown])[]): string {
  const mark = { info: ' ', warn: '!', error: '✗' }[level]
  const words = told.map(([name, value]) => (Array.isArray(value) ? value.map((one) => `\n    ${one}`).join('') : `${name}=${value}`))
  return `${at.slice(11, 23)} ${mark} ${[event, ...words].join(' ')}\n`
}
