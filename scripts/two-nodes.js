// npm run two-nodes: two institutions (the State Corporation's node and the workstation of Aktobe region) and the test contour between them, three
// processes on free ports. Ctrl-C stops all. `-- --folder <path>` keeps what is written; `--pull` lets the nodes ask instead of being called.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { buildIfStale } from './build.js'

buildIfStale()
const { prepareTwoNodes, startNode } = await import('../dist/cli/twoNodes.js')

const { values } = parseArgs({ options: { folder: { type: 'string' }, pull: { type: 'boolean', default: false } } })
const folder = values.folder === undefined ? mkdtempSync(join(tmpdir(), 'qyzmet-two-nodes-')) : resolve(values.folder)
const program = resolve(import.meta.dirname, '..', 'bin', 'qyzmet.js')

const asked = new Promise((stop) => {
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop(signal))
})

const { contour, files, urls } = await prepareTwoNodes({
  folder,
  begins: '2019-10-14T10:00:00+05:00',
  receive: values.pull ? 'pull' : 'push',
})
const children = Object.entries(files).map(([node, file]) =>
  startNode(program, node, file, (text) => process.stdout.write(text.replace(/^(?=.)/gm, `${node}  `))),
)
const ends = children.map((child) => new Promise((ended) => child.once('exit', ended)))

process.stdout.write(`contour        ${contour.url}\n`)
for (const [node, url] of Object.entries(urls)) process.stdout.write(`${node.padEnd(14)} ${url}\n`)
process.stdout.write(`files          ${folder}\n`)

await Promise.race([asked, ...ends])
for (const child of children) child.kill('SIGTERM')
await Promise.all(ends)
await contour.close()
if (values.folder === undefined) rmSync(folder, { recursive: true, force: true })
