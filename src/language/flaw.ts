import type { Params, Translator } from './translator.ts'

/** Why a file is no scan, and what to do about it; pages and API say the same. */
export const flawWords = (t: Translator, { code, params }: { readonly code: string; readonly params: Params }): string =>
  code === 'otherType' ? t(`scans.problem.otherType.${params.like ?? 'unknown'}`) : t(`scans.problem.${code}`, params)
