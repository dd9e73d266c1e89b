import { isLanguage, type Language } from '../language/messages.ts'
import { refusalWords } from '../language/refusal.ts'
import type { Translator } from '../language/translator.ts'
import { officeDate } from '../time/words.ts'
import { type InputError, isRefusalCode, type No, type ProblemBody, statuses } from './problem.ts'

/** RFC 9110, 12.5.4: the first of our languages in the order of the reader's weights; Kazakh where none is asked for. */
export function languageOf(header: string | undefined): Language {
  const asked = (header ?? '').split(',').map((part, place) => {
    const [range = '', ...rest] = part.trim().split(';')
    const weight = rest.map((r) => /^\s*q=([01](?:\.\d{1,3})?)\s*$/.exec(r)?.[1]).find((q) => q !== undefined)
    return { language: range.trim().toLowerCase().split('-')[0], weight: weight === undefined ? 1 : Number(weight), place }
  })
  const best = asked.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight || a.place - b.place)
  const found = best.map(({ language }) => language).find(isLanguage)
  return found ?? 'kk'
}

/** The problem document of a "no", in words. */
export function problemOf(t: Translator, publicUrl: string, it: No): ProblemBody {
  const words = wordsOf(t, it)
  return {
    type: `${publicUrl}/problems/${it.no}`,
    title: words.title,
    status: statuses[it.no],
    detail: [words.says, it.more].filter(Boolean).join(' '),
    code: it.no,
    clause: it.clause ?? null,
    remedy: words.remedy,
    errors: (it.errors ?? []).map((error) => ({ pointer: error.pointer, code: error.code, detail: errorText(t, error, words.says) })),
    ...it.extra,
  }
}

function wordsOf(t: Translator, it: No): { title: string; says: string; remedy: string } {
  const params = Object.fromEntries(Object.entries(it.params ?? {}).map(([name, v]) => [name, typeof v === 'string' ? officeDate(v) : v]))
  if (isRefusalCode(it.no)) return refusalWords(t, { code: it.no, params }, it.names)
  const say = (part: string) => t(`api.problem.${it.no}.${part}`, params)
  return { title: say('title'), says: say('says'), remedy: say('remedy') }
}

function errorText(t: Translator, { code, params = {}, detail }: InputError, fallback: string): string {
  if (detail !== undefined) return detail
  const key = `api.input.${code}`
  return t.has(key) ? t(key, params) : fallback
}
