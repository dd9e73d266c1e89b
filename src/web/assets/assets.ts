import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { carve, squeeze } from './carve.ts'
import { kit } from './kit.ts'

export interface Asset {
  path: string
  type: string
  body: Buffer
  /** Fonts are compressed already: the same bytes stand for all three. */
  gzip: Buffer
  brotli: Buffer
}

export interface Assets {
  /** Addresses for `<Page>`; each holds the hash of its content. */
  readonly urls: { css: string; script: string; icon: string; fonts: readonly string[] }
  get(path: string): Asset | undefined
  /** The answer for a path under /assets/, or undefined when there is none. */
  serve(request: Request): Response | undefined
}

const require = createRequire(import.meta.url)
const packageFile = (name: string, path: string): Buffer => readFileSync(join(require.resolve(`${name}/package.json`), '..', path))

const hashed = (name: string, ending: string, type: string, body: Buffer): Asset => {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12)
  const same = ending === 'woff2'
  return {
    path: `/assets/${name}.${hash}.${ending}`,
    type,
    body,
    gzip: same ? body : gzipSync(body, { level: 9 }),
    brotli: same ? body : brotliCompressSync(body),
  }
}

const weights = [400, 600] as const

/**
 * `optional`, and no preload on a first visit: text stands at once, in the machine's own letters where ours are not there within a tenth of a second, and does not jump
 * when they come; they are kept for the next page. On a slow phone fonts would otherwise race the style sheet for the line.
 *
 * One file a weight, not one an alphabet. Chromium never exchanges an optional face that was missing when its text was painted, but of a face cut by `unicode-range` it
 * remembers that of the first missing piece only: a heading of figures and Kazakh letters was painted without either, and jumped when the second piece came.
 * With all pieces delayed by up to 200 ms at random, 6 of 50 pages moved; with whole faces none does. They also weigh 48 KB together, the six pieces 86.
 */
const loadFonts = (): { asset: Asset; face: string }[] =>
  weights.map((weight) => {
    const asset = hashed(
      `noto-sans-${weight}`,
      'woff2',
      'font/woff2',
      readFileSync(join(import.meta.dirname, `fonts/noto-sans-${weight}.woff2`)),
    )
    // Bold text of the libraries asks for 700; the half-bold cut serves both.
    const weightRange = weight === 600 ? '600 700' : '400'
    return {
      asset,
      face: `@font-face{font-family:"Noto Sans";font-style:normal;font-weight:${weightRange};font-display:optional;src:url(${asset.path}) format("woff2")}`,
    }
  })

/** Files beside the components, in the order of their names: `<name>/<name>.css`, `<name>/<name>.island.js`. */
const beside = (ending: string): string[] => {
  const components = join(import.meta.dirname, '../components')
  const files = readdirSync(components, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith(ending))
  return files.sort().map((file) => readFileSync(join(components, file), 'utf8'))
}

/** The dark colours once more, for a page that asks for them whatever the system says. */
const darkAnyway = (tokens: string): string => {
  const dark = /@media \(prefers-color-scheme:dark\)\{:root[^{]*\{([^}]*)\}\}/.exec(tokens)?.[1]
  if (dark === undefined) throw new Error('tokens.css has no dark colours')
  return `[data-scheme="dark"]{color-scheme:dark;${dark}}`
}

const styles = (faces: readonly string[]): string => {
  const libraries = [
    carve(packageFile('govuk-frontend', 'dist/govuk/govuk-frontend.min.css').toString('utf8'), kit),
    carve(packageFile('@ministryofjustice/frontend', 'moj/moj-frontend.min.css').toString('utf8'), kit),
  ]
  const own = (file: string) => squeeze(readFileSync(join(import.meta.dirname, file), 'utf8'))
  const tokens = own('tokens.css')
  return [
    tokens,
    darkAnyway(tokens),
    ...faces,
    ...libraries,
    own('base.css'),
    ...beside('.css').map(squeeze),
    own('../layout/page.css'),
    own('print.css'),
  ].join('')
}

/** Each island in a block of its own: names of one do not meet names of another. */
const script = (): string =>
  beside('.island.js')
    .map((text) => `{${text.replaceAll(/^\s*\/\/.*\n/gm, '')}}`)
    .join('\n')

const year = 31_536_000

const serveFrom = (assets: ReadonlyMap<string, Asset>, request: Request): Response | undefined => {
  const asset = assets.get(new URL(request.url).pathname)
  if (!asset) return undefined
  const accepted = request.headers.get('accept-encoding') ?? ''
  const same = asset.body === asset.brotli
  const encoding = same ? undefined : /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : undefined
  const body = encoding === 'br' ? asset.brotli : encoding === 'gzip' ? asset.gzip : asset.body
  return new Response(new Uint8Array(body), {
    headers: {
      'content-type': asset.type,
      'cache-control': `public, max-age=${year}, immutable`,
      vary: 'accept-encoding',
      ...(encoding ? { 'content-encoding': encoding } : {}),
    },
  })
}

/** Reads, carves, joins, hashes and compresses once at start (about a tenth of a second); afterwards everything is in memory. */
export const loadAssets = (): Assets => {
  const fonts = loadFonts()
  const css = hashed('qyzmet', 'css', 'text/css; charset=utf-8', Buffer.from(styles(fonts.map(({ face }) => face))))
  const js = hashed('islands', 'js', 'text/javascript; charset=utf-8', Buffer.from(script()))
  const icon = hashed('icon', 'svg', 'image/svg+xml', readFileSync(join(import.meta.dirname, 'icon.svg')))
  const byPath = new Map([css, js, icon, ...fonts.map(({ asset }) => asset)].map((asset) => [asset.path, asset]))
  return {
    urls: { css: css.path, script: js.path, icon: icon.path, fonts: fonts.map(({ asset }) => asset.path) },
    get: (path) => byPath.get(path),
    serve: (request) => serveFrom(byPath, request),
  }
}
