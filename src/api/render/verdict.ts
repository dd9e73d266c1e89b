import type { z } from 'zod'
import type { FileVerdict } from '../../desk/verifying/file.ts'
import type { Translator } from '../../language/translator.ts'
import type { SignatureReport } from '../../seal/report/report.ts'
import type { fileVerdict, signatureReport } from '../schemas/verify.ts'

/** A verdict with its reasons in words. */
export function verdictOf(found: FileVerdict, t: Translator): z.infer<typeof fileVerdict> {
  const { kind, answer, reasons, signatures, digest, paper, pack } = found
  const said = (one: SignatureReport) => reportOf(one, t)
  return {
    format: 'qyzmet.verdict/1',
    ...{ kind, answer, digest },
    reasons: reasons.map(({ code, path }) => ({ code, text: t(`verify.flaw.${code}`, { path: path ?? '' }), path })),
    signatures: [...signatures, ...(paper?.signatures.flatMap(({ reports }) => reports) ?? [])].map(said),
    paper: paper && {
      valid: paper.valid,
      reasons: paper.reasons.map((code) => ({ code, text: t(`verify.reason.${code}`) })),
      number: paper.paper?.number ?? null,
      copiedAt: paper.afterwards?.copiedAt ?? null,
      replacedAt: paper.afterwards?.replacedAt ?? null,
      destroyed: paper.afterwards?.destroyed ?? false,
    },
    pack: pack && { ...pack, cases: pack.cases.map((one) => ({ ...one, signatures: one.signatures.map(said) })) },
  }
}

function reportOf(report: SignatureReport, t: Translator): z.infer<typeof signatureReport> {
  const worded = report.reasons.map((code) => ({
    code,
    text: code === 'noContent' ? t('signature.noContent') : t(`seal.${code}`),
    todo: t(`signature.todo.${code}`),
  }))
  return { ...report, reasons: worded, path: [...report.path], revocation: [...report.revocation] }
}
