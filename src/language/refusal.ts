import type { Translator } from './translator.ts'

/** A "no" of the engine as it comes: names of things in `params` are codes. */
export interface RefusedShape {
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
}

/** A "no" in the reader's words: what it is in general, what it is here, what can be done. */
export interface RefusalWords {
  readonly title: string
  readonly says: string
  readonly remedy: string
}

/**
 * Words of a refusal. `names` gives words for codes that the regulation or the Standard names (a document, a holder), and for `why` of a wrong
 * number, where the caller knows them; what has words under `refusal.what` is named by them.
 */
export function refusalWords(t: Translator, refused: RefusedShape, names: Readonly<Record<string, string>> = {}): RefusalWords {
  const params: Record<string, string | number> = { why: '', ...refused.params, ...names }
  for (const name of ['what', 'document']) {
    const key = `refusal.what.${refused.params[name] ?? ''}`
    if (names[name] === undefined && t.has(key)) params[name] = t(key)
  }
  const say = (part: string) => t(`refusal.${refused.code}.${part}`, params).trim()
  return { title: say('title'), says: say('says'), remedy: say('remedy') }
}
