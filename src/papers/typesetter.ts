import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NodeCompiler, type NodeError } from '@myriaddreamin/typst-ts-node-compiler'
import { code128Svg, qrSvg } from './codes.ts'
import { fontFiles, glyphsOf, printable } from './font.ts'
import type { Paper } from './paper.ts'
import { attachmentKind, type PaperAttachment, type PaperSeal, sealNames } from './seal.ts'
import { readWords } from './words.ts'

export interface Typesetter {
  /** PDF/A-3a of the paper; the same paper and seal give the same bytes. Throws with Typst's diagnostics if a template is wrong. */
  typeset(paper: Paper, seal?: PaperSeal): Uint8Array
}

const templates = fileURLToPath(new URL('./templates/', import.meta.url))

/**
 * Typst, its fonts and the words, loaded once. Only `child.ts` runs this: the compiler is native code whose memory grows with
 * every paper.
 *
 * What a person wrote reaches the template as a JSON file that it reads, so Typst never parses it as markup.
 */
export function createTypesetter(): Typesetter {
  const compiler = NodeCompiler.create({ workspace: templates, fontArgs: [{ fontBlobs: fontFiles.map((file) => readFileSync(file)) }] })
  const words = readWords()
  const glyphs = glyphsOf(fontFiles[0])

  function typeset(paper: Paper, seal?: PaperSeal): Uint8Array {
    const mark = seal === undefined ? null : { code: seal.code, digest: seal.digest }
    const data = {
      paper: everyString(paper, (text) => printable(text, glyphs)),
      words,
      codes: codesOf(paper, seal),
      mark,
      attached: attachedOf(seal?.attached ?? []),
    }
    // One path for all papers: Typst interns every path and every inline source for ever.
    compiler.mapShadow(join(templates, 'data.json'), Buffer.from(JSON.stringify(data)))
    compiler.mapShadow(join(templates, sealNames.content), Buffer.from(seal?.content ?? ''))
    compiler.mapShadow(join(templates, sealNames.signature), Buffer.from(seal?.signature ?? ''))
    for (const { name, bytes } of seal?.attached ?? []) compiler.mapShadow(join(templates, name), Buffer.from(bytes))
    try {
      const done = compiler.compile({ mainFilePath: join(templates, `${paper.kind}.typ`) })
      if (done.result === null) throw templateError(paper.kind, done.takeDiagnostics())
      return compiler.pdf(done.result, { pdfStandard: 'a-3a' })
    } finally {
      compiler.evictCache(0)
    }
  }

  function templateError(kind: string, diagnostics: NodeError | null): Error {
    const found = diagnostics === null ? [] : compiler.fetchDiagnostics(diagnostics)
    return new Error(`The template ${kind}.typ does not compile: ${JSON.stringify(found)}`)
  }

  return { typeset }
}

/** Names are a few fixed ones: a path that came from elsewhere would stay in Typst for ever, and might lie anywhere. */
const attachedOf = (files: readonly PaperAttachment[]) =>
  files.map(({ name }) => {
    const kind = attachmentKind(name)
    if (kind === null) throw new Error(`no file of a paper is called ${name}`)
    return { name, ...kind }
  })

function codesOf(paper: Paper, seal: PaperSeal | undefined): { bar: string; qr: string | null; mark: string | null } {
  return {
    bar: code128Svg(paper.number),
    qr: paper.kind === 'acceptanceReceipt' ? qrSvg(paper.tracker.link) : null,
    mark: seal === undefined ? null : qrSvg(seal.link),
  }
}

function everyString(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item) => everyString(item, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, everyString(item, change)]))
}
