import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { unreasoned } from '../../lint/reasons.ts'

const root = join(import.meta.dirname, '../..')
const wiring = ['main.ts', 'cli.ts', 'config.ts']

/** The house: who may import whom; a single file in place of a whole floor is named with its path. */
const house: Record<string, readonly string[]> = {
  language: [],
  time: ['language'],
  law: ['language', 'time'],
  engine: ['language', 'time', 'law'],
  ledger: ['observe'],
  people: ['language', 'time', 'ledger', 'law/identifiers.ts'],
  xml: [],
  gateway: ['language', 'time', 'law', 'engine', 'ledger', 'seal', 'xml'],
  queue: ['language', 'time', 'ledger'],
  seal: ['language', 'time', 'ledger/canonical.ts', 'ledger/ledger.ts', 'xml'],
  contour: ['language', 'time', 'law', 'gateway', 'seal', 'xml', 'observe', 'ledger/canonical.ts'],
  papers: [],
  observe: [],
  notices: ['language', 'time', 'ledger', 'gateway/retry.ts'],
  desk: ['language', 'time', 'law', 'engine', 'ledger', 'people', 'gateway', 'queue', 'seal', 'papers', 'notices', 'observe', 'xml'],
  web: [
    'language',
    'time',
    'law',
    'engine',
    'people',
    'gateway',
    'queue',
    'seal',
    'papers',
    'notices',
    'observe',
    'desk',
    'ledger/ledger.ts',
  ],
  api: [
    'language',
    'time',
    'law',
    'engine',
    'people',
    'gateway',
    'queue',
    'seal',
    'papers',
    'notices',
    'observe',
    'desk',
    'ledger/ledger.ts',
    'web/house.ts',
  ],
  cli: [
    'language',
    'time',
    'law',
    'engine',
    'ledger',
    'people',
    'gateway',
    'queue',
    'seal',
    'papers',
    'notices',
    'observe',
    'desk',
    'web',
    'api',
    'contour',
    'xml',
    'main.ts',
    'config.ts',
  ],
}
const floors = Object.keys(house)
const pure = ['law', 'time', 'engine']

/** What each floor may not take from outside the house. */
const foreign: Record<string, readonly string[]> = {
  language: ['node:fs', 'pg', 'hono'],
  time: ['node:fs', 'node:path', 'node:net', 'pg', 'hono'],
  law: ['node:fs/promises', 'node:http', 'pg', 'hono/jsx'],
  engine: ['node:fs', 'node:process', 'node:timers/promises', 'pg', 'graphile-worker'],
  ledger: ['hono'],
  people: ['hono'],
  gateway: ['pg', 'hono'],
  queue: ['hono'],
  seal: ['pg', 'hono'],
  xml: ['pg', 'hono'],
  contour: ['pg', 'graphile-worker'],
  papers: ['pg', 'hono'],
  observe: ['pg', 'hono'],
  notices: ['hono'],
  desk: ['pg', 'hono'],
  web: ['pg', 'graphile-worker'],
  api: ['pg', 'graphile-worker'],
}

const configuration = z
  .object({
    plugins: z.array(z.object({ path: z.string(), includes: z.array(z.string()) })),
    overrides: z.array(z.object({ includes: z.array(z.string()) }).loose()),
  })
  .parse(JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')))

interface Found {
  readonly path: string
  readonly rule: string
  readonly message: string
}

const room = mkdtempSync(join(tmpdir(), 'qyzmet-floors-'))
afterAll(() => rmSync(room, { recursive: true, force: true }))

function write(path: string, text: string) {
  mkdirSync(dirname(join(room, path)), { recursive: true })
  writeFileSync(join(room, path), text)
}

/** Biome over everything written into the room, under the project's own configuration. */
function lint(): Found[] {
  const biome = join(dirname(createRequire(import.meta.url).resolve('@biomejs/biome/package.json')), 'bin', 'biome')
  const args = [biome, 'lint', '--max-diagnostics=none', '--reporter=json', '--diagnostic-level=error', '.']
  const run = spawnSync(process.execPath, args, { cwd: room, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  const report = z.object({
    diagnostics: z.array(z.object({ category: z.string(), message: z.string(), location: z.object({ path: z.string() }) })),
  })
  return report.parse(JSON.parse(run.stdout)).diagnostics.map((d) => ({ path: d.location.path, rule: d.category, message: d.message }))
}

beforeAll(() => {
  for (const file of ['biome.json', '.gitignore', 'lint']) cpSync(join(root, file), join(room, file), { recursive: true })
})

describe('floors', () => {
  /** Two depths: a rule by path must see `../desk` and `../../../desk` alike. */
  const depths = [
    { folder: '', up: '../' },
    { folder: 'a/b/', up: '../../../' },
  ]
  const written: { path: string; allowed: boolean; floor: string }[] = []
  let found: Found[] = []

  const tryOut = (floor: string, name: string, what: string, allowed: boolean) => {
    const path = `src/${floor}/${name}.ts`
    write(path, `import type { Thing } from '${what}'\n\nexport type { Thing }\n`)
    written.push({ path, allowed, floor })
  }

  beforeAll(() => {
    for (const floor of floors)
      for (const { folder, up } of depths) {
        for (const other of floors) {
          if (other === floor) continue
          const whole = house[floor]?.includes(other) ?? false
          tryOut(floor, `${folder}${other}Top`, `${up}${other}/thing.ts`, whole)
          tryOut(floor, `${folder}${other}Deep`, `${up}${other}/some/where/thing.ts`, whole)
        }
        for (const file of house[floor]?.filter((one) => one.endsWith('.ts')) ?? [])
          tryOut(floor, `${folder}only-${file.replaceAll('/', '-').replace('.ts', '')}`, `${up}${file}`, true)
        for (const file of wiring)
          tryOut(floor, `${folder}wiring-${file.replace('.ts', '')}`, `${up}${file}`, house[floor]?.includes(file) ?? false)
        for (const one of foreign[floor] ?? []) tryOut(floor, `${folder}foreign-${one.replaceAll(/\W/g, '-')}`, one, false)
      }
    for (const floor of ['time', 'law', 'engine']) tryOut(floor, 'loader', '../language/load.ts', false)
    found = lint()
  })

  it.each(floors)('%s imports downward only, and the rule says so in a sentence', (floor) => {
    const mine = written.filter((one) => one.floor === floor)
    const reported = new Map(found.filter((one) => one.rule === 'lint/style/noRestrictedImports').map((one) => [one.path, one.message]))
    expect(mine.filter((one) => !one.allowed && !reported.has(one.path)).map((one) => one.path)).toEqual([])
    expect(mine.filter((one) => one.allowed && reported.has(one.path)).map((one) => one.path)).toEqual([])
    for (const { path, allowed } of mine) if (!allowed) expect(reported.get(path)).toMatch(new RegExp(`^${floor} .{30,}\\.$`))
  })

  it('sees what is imported in any manner', () => {
    const manners = {
      plain: "import { thing } from '../desk/thing.ts'\n\nexport const used = thing\n",
      whole: "import * as all from '../desk/thing.ts'\n\nexport const used = all\n",
      passed: "export { thing } from '../desk/thing.ts'\n",
      everything: "export * from '../desk/thing.ts'\n",
      bare: "import '../desk/thing.ts'\n",
      later: "export const later = import('../desk/thing.ts')\n",
    }
    for (const [name, text] of Object.entries(manners)) write(`src/papers/manner-${name}.ts`, text)
    write('src/papers/manner-inType.ts', "export type Thing = import('../desk/thing.ts').Thing\n")
    const seen = new Set(lint().map((one) => one.path))
    for (const name of [...Object.keys(manners), 'inType']) expect(seen, name).toContain(`src/papers/manner-${name}.ts`)
  })

  it('lets createHash into the pure floors and nothing else of node:crypto', () => {
    for (const floor of pure) {
      write(`src/${floor}/hash.ts`, "import { createHash } from 'node:crypto'\n\nexport const hash = createHash\n")
      write(`src/${floor}/chance.ts`, "import { randomUUID } from 'node:crypto'\n\nexport const chance = randomUUID\n")
    }
    const seen = lint()
    for (const floor of pure) {
      expect(seen.filter((one) => one.path === `src/${floor}/hash.ts`)).toEqual([])
      expect(seen.find((one) => one.path === `src/${floor}/chance.ts`)?.message).toContain(`${floor} is pure`)
    }
  })
})

const impure: Record<string, [text: string, sentence: RegExp]> = {
  waits: ['export const value = await thing\n', /never wait/],
  waitsInLoop: ['for await (const one of many) use(one)\n', /never wait/],
  asyncFunction: ['export async function value() {}\n', /not async/],
  asyncArrow: ['export const value = async () => 1\n', /not async/],
  asyncMember: ['export const value = { async thing() {} }\n', /not async/],
  asyncMethod: ['export class Value {\n  async thing() {}\n}\n', /not async/],
  clock: ['export const value = Date.now()\n', /no clock/],
  today: ['export const value = new Date()\n', /no clock/],
  instant: ['export const value = Temporal.Now.instant()\n', /no clock/],
  stopwatch: ['export const value = performance.now()\n', /no clock/],
  dice: ['export const value = Math.random()\n', /no random number/],
  identity: ['export const value = crypto.randomUUID()\n', /no random number/],
  bytes: ['export const value = crypto.getRandomValues(room)\n', /no random number/],
  machine: ["export const value = process.env['PORT']\n", /no machine/],
  network: ['export const value = fetch(address)\n', /no machine/],
  timer: ['setTimeout(thing, 1)\n', /no machine/],
  shout: ["console.log('value')\n", /no machine/],
}

describe('purity', () => {
  it.each(pure)('%s waits for nothing, reads no clock, draws no random number, knows no machine', (floor) => {
    for (const [name, [text]] of Object.entries(impure)) write(`src/${floor}/impure/${name}.ts`, text)
    write(`src/${floor}/impure/fine.ts`, 'export const value = new Date(0).getTime() + given.process\n')
    const seen = lint()
    for (const [name, [, sentence]] of Object.entries(impure)) {
      const said = seen.filter((one) => one.path === `src/${floor}/impure/${name}.ts`).map((one) => one.message)
      expect(said.join(' '), name).toMatch(sentence)
    }
    expect(seen.filter((one) => one.path === `src/${floor}/impure/fine.ts`)).toEqual([])
  })

  it('leaves the impure floors their clock', () => {
    write('src/desk/clock.ts', 'export const value = Date.now()\n')
    expect(lint().filter((one) => one.path === 'src/desk/clock.ts')).toEqual([])
  })
})

describe('house rules', () => {
  const wrong: Record<string, [text: string, sentence: RegExp]> = {
    'src/web/text.tsx': ['export const Text = () => <p>Accepted</p>\n', /No text for people/],
    'src/web/kazakh.tsx': ['export const Text = () => <p>ҚАБЫЛДАНДЫ</p>\n', /No text for people/],
    'src/web/attribute.tsx': ['export const Text = () => <p title="Қабылданды" />\n', /No text for people/],
    'src/desk/literal.ts': ["export const text = 'принято'\n", /No text for people/],
    'src/desk/template.ts': [`export const text = (n) => \`барлығы \${n}\`\n`, /No text for people/],
    'src/desk/manager.ts': ['export class CaseManager {}\n', /no Manager, Helper or Util/],
    'src/desk/helper.ts': ['export const termHelper = 1\n', /no Manager, Helper or Util/],
    'src/desk/utils.ts': ['export const caseUtils = 1\n', /no Manager, Helper or Util/],
    'src/desk/default.ts': ['export default 1\n', /default export/i],
    'src/desk/enumerated.ts': ['export enum Colour {\n  red,\n}\n', /enum/i],
    'src/desk/tested.ts': ["import { it } from 'vitest'\n\nexport const used = it\n", /does not import its tests/],
    'src/desk/contracted.ts': ["export { suite } from '../gateway/contract.ts'\n", /does not import its tests/],
  }

  it('bite', () => {
    for (const [path, [text]] of Object.entries(wrong)) write(path, text)
    const seen = lint()
    for (const [path, [, sentence]] of Object.entries(wrong)) {
      expect(seen.filter((one) => one.path === path).map((one) => one.message).join(' '), path).toMatch(sentence) // biome-ignore format: one line reads better
    }
  })

  it('let the name of a standard stand', () => {
    write('src/web/standard.tsx', 'export const Text = () => <p>SHA-256</p>\n')
    expect(lint().filter((one) => one.path === 'src/web/standard.tsx')).toEqual([])
  })

  it('ask a reason on the line of each `as`, `!` and `any`', () => {
    write(
      'src/desk/claims.ts',
      [
        'export const one = given as string',
        'export const two = given!',
        'export const three = (x: any) => x',
        'export const four = given as string // zod checked it a line above',
        "export const five = ['kk', 'ru'] as const",
        'export const six = given! // the caller has just set it',
        '',
      ].join('\n'),
    )
    const lines = unreasoned(room, ['src/desk/claims.ts']).map((line) => line.replace(/: `.*/, ''))
    expect(lines).toEqual(['src/desk/claims.ts:1', 'src/desk/claims.ts:2', 'src/desk/claims.ts:3'])
  })

  it('hold for the names of files', () => {
    const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    expect(files.filter((file) => /(manager|helper|util)s?(\.|\/|$)/i.test(file))).toEqual([])
  })
})

describe('no rule dies silently', () => {
  it('every folder of src is a floor, and every floor is a folder', () => {
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
    expect(folders.map((entry) => entry.name).sort()).toEqual([...floors].sort())
  })

  it('every place that a rule names exists', () => {
    const named = [...configuration.overrides, ...configuration.plugins].flatMap((rule) => rule.includes)
    const places = named.filter((one) => !one.startsWith('!**/')).map((one) => one.replace(/^!/, '').replace(/\/?\*.*$/, ''))
    const single = Object.values(house).flatMap((may) => may.filter((one) => one.endsWith('.ts')).map((one) => `src/${one}`))
    expect([...new Set([...places, ...single])].filter((place) => !existsSync(join(root, place)))).toEqual([])
  })

  it('every plugin is on', () => {
    const written = readdirSync(join(root, 'lint')).filter((name) => name.endsWith('.grit'))
    expect(configuration.plugins.map((plugin) => plugin.path).sort()).toEqual(written.map((name) => `./lint/${name}`).sort())
  })
})
