import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { FileVerdict } from '../desk/verifying/file.ts'
import { judgeFile } from '../desk/verifying/judgeFile.ts'
import { judgesOf } from '../desk/verifying/judges.ts'
import type { Language } from '../language/messages.ts'
import type { Translator } from '../language/translator.ts'
import { closeGostPool } from '../seal/algorithms/pool.ts'
import { pemBlocks } from '../seal/certificates/pem.ts'
import { fromEvidence, type Revocations } from '../seal/certificates/revocation.ts'
import { trustIn } from '../seal/national/open.ts'
import type { SignatureReport } from '../seal/report/report.ts'
import type { Streams } from './streams.ts'

interface CheckTools {
  readonly env: NodeJS.ProcessEnv
  readonly translator: (language: Language) => Translator
}

const options = {
  signed: { type: 'string' },
  trust: { type: 'string' },
  at: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const
const languages = ['kk', 'ru'] as const

/** Exit codes beside 2, used wrongly. */
const codes = { true: 0, false: 1, unknown: 3 } as const satisfies Record<FileVerdict['answer'], number>

/**
 * `qyzmet seal check <file> [--signed <file>] [--trust <folder>] [--at <time>] [--json]`: what `/verify` says of a file, offline: no database and no network. `--trust` (default: QYZMET_TRUST) holds roots
 * and authorities, and lists of revocations (`.crl`) where a signature brings no evidence; an installation's own certificate beside them for its packs and papers. Exit 0 true, 1 not true, 3 cannot be told.
 */
export async function sealCheckCommand(args: readonly string[], io: Streams, { env, translator }: CheckTools): Promise<number> {
  const given = read(args)
  if (typeof given === 'string') {
    const usage = (['kk', 'ru', 'en'] as const).map((language) => `${translator(language)('cli.seal.check')}\n`).join('')
    if (given === 'help') io.stdout.write(usage)
    else io.stderr.write(`${given}\n${usage}`.trimStart())
    return given === 'help' ? 0 : 2
  }
  const { file, signed, at, json } = given
  const folder = given.trust ?? env.QYZMET_TRUST
  const national = folder === undefined ? undefined : async () => ({ trust: trustIn(folder), revocations: listsIn(folder) })
  // The demonstration's own signatures are judged by the installation that made them.
  const seal = { verify: async () => ({ valid: false, reasons: ['unknownAlgorithm' as const], signedBy: null }) } // the word
  const judges = judgesOf({ seal, national, known: () => [] })
  try {
    const verdict = await judgeFile(
      { judges, now: () => new Date().toISOString(), papers: null, received: null },
      { file: readFileSync(file), signed: signed === undefined ? null : readFileSync(signed), at: at ?? null },
    )
    if (json) io.stdout.write(`${JSON.stringify({ format: 'qyzmet.verdict/1', ...verdict })}\n`)
    else for (const language of languages) io.stdout.write(`${linesOf(verdict, translator(language)).join('\n')}\n`)
    return codes[verdict.answer]
  } finally {
    closeGostPool()
  }
}

/** Lists that lie beside the roots, DER or PEM. */
function listsIn(folder: string): Revocations {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => extname(name).toLowerCase() === '.crl') : []
  const pieces = files.flatMap((name) => {
    const bytes = readFileSync(join(folder, name))
    const ders = bytes.includes('-----BEGIN ') ? pemBlocks(bytes.toString('latin1'), 'X509 CRL') : [bytes]
    return ders.map((der) => ({ kind: 'crl' as const, der })) // the word
  })
  return { of: async (certificate, issuer, at) => ({ status: await fromEvidence(pieces, { certificate, issuer, at }), evidence: null }) }
}

function linesOf({ kind, answer, reasons, signatures, digest, pack }: FileVerdict, t: Translator): string[] {
  const persons = pack?.cases.flatMap((one) => one.signatures) ?? []
  return [
    `${t(`verify.kind.${kind}`)}: ${t(`verify.answer.${answer}`)}`,
    ...reasons.map(({ code, path }) => `✗ ${t(`verify.flaw.${code}`, { path: visible(path ?? '') })}`),
    ...(digest === null ? [] : [`SHA-256: ${digest}`]),
    ...[...signatures, ...persons].flatMap((one) => signatureLines(one, t)),
    '',
  ]
}

function signatureLines({ signer, answer, reasons, moment, algorithm, path, part }: SignatureReport, t: Translator): string[] {
  const place = signer?.organisation == null ? '' : `, ${signer.organisation}`
  const chain = path.slice(1).map(({ name, root }) => (root ? t('signature.root', { name }) : name))
  return [
    `– ${signer?.name ?? t('signature.nobody')}${place}: ${t(`signature.answer.${answer}`)}`,
    ...reasons.map((one) => `  ✗ ${one === 'noContent' ? t('signature.noContent') : t(`seal.${one}`)} ${t(`signature.todo.${one}`)}`),
    `  ${t(`signature.clock.${moment.clock}`, { at: moment.at, authority: moment.authority ?? '' })}`,
    `  ${t(`signature.algorithm.${algorithm ?? 'none'}`)}${chain.length > 0 ? ` · ${chain.join(' → ')}` : ''}`,
    ...(part === null ? [] : [`  ${t('signature.part', { part })}`]),
  ]
}

/** A terminal obeys what a name may hold. */
const visible = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}]/gu, '')

function read(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
    const [file, surplus] = positionals
    if (values.help) return 'help'
    if (file === undefined || surplus !== undefined) return surplus ?? ''
    if (values.at !== undefined && !isMoment(values.at)) return `--at ${values.at}`
    return { file, ...values }
  } catch (cause) {
    if (cause instanceof TypeError) return cause.message
    throw cause
  }
}

const isMoment = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))
