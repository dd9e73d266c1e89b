import type { State } from '../state/state.ts'

/** What a service asks beyond the format: whether its payload has to be signed. A payload that is signed is always checked. */
export interface ServiceRules {
  requiresSignature(service: string): boolean
  /** Services whose payload has to be signed. */
  list(): string[]
  require(service: string, required: boolean): Promise<void>
  /** Whether the gateway refuses messages without a transport signature. */
  strictSignatures(): boolean
  setStrictSignatures(strict: boolean): Promise<void>
}

const prefix = 'signed:'

export function openServiceRules(state: State, strictByDefault: boolean): ServiceRules {
  const { db } = state
  const all = db.prepare("select name from settings where name like 'signed:%' order by name")
  const put = db.prepare('insert or replace into settings (name, value) values (?, ?)')
  const remove = db.prepare('delete from settings where name = ?')
  const strict = db.prepare("select value from settings where name = 'transport'")
  let kept: Set<string> | null = null
  let isStrict: boolean | null = null
  const services = () => {
    kept ??= new Set(all.all().map((row) => String(row.name).slice(prefix.length)))
    return kept
  }
  return {
    requiresSignature: (service) => services().has(service),
    list: () => [...services()],
    require(service, required) {
      kept = null
      return state.durably(() => {
        if (required) put.run(`${prefix}${service}`, '1')
        else remove.run(`${prefix}${service}`)
      })
    },
    strictSignatures() {
      isStrict ??= (strict.get()?.value ?? (strictByDefault ? 'strict' : 'lax')) === 'strict'
      return isStrict
    },
    setStrictSignatures(to) {
      isStrict = null
      return state.durably(() => {
        put.run('transport', to ? 'strict' : 'lax')
      })
    },
  }
}
