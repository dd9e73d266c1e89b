/** Where to (-ға), where from (-дан), where or when (-да). */
export const kazakhCases = ['dative', 'ablative', 'locative'] as const
export type KazakhCase = (typeof kazakhCases)[number]

const units = ['нөл', 'бір', 'екі', 'үш', 'төрт', 'бес', 'алты', 'жеті', 'сегіз', 'тоғыз']
const tens = ['нөл', 'он', 'жиырма', 'отыз', 'қырық', 'елу', 'алпыс', 'жетпіс', 'сексен', 'тоқсан']

/**
 * The text with the ending of the case, by the vowels and the last sound of its last word; a number is heard as it is read aloud:
 * "14 қазан" → "14 қазаннан", "18:30" → "18:30-ға", "09:00" → "09:00-ден" (as legal texts write it). Pure.
 */
export function withEnding(text: string, kind: KazakhCase): string {
  const digits = /\d{1,2}$/.exec(text)?.[0]
  const heard = digits === undefined ? text.toLowerCase() : (aloud(digits) ?? '')
  const ending = endingOf(heard, kind)
  return digits === undefined ? `${text}${ending}` : `${text}-${ending}`
}

function aloud(digits: string): string | undefined {
  const last = Number(digits.at(-1))
  return last === 0 && digits.length === 2 ? tens[Number(digits[0])] : units[last]
}

function endingOf(word: string, kind: KazakhCase): string {
  const vowel = [...word].findLast((letter) => /[аоұыёюяәөүіеэ]/.test(letter)) ?? 'а'
  const a = /[әөүіеэ]/.test(vowel) ? 'е' : 'а'
  const deaf = /[пфкқтсшщчцхһбвгд]$/.test(word)
  if (kind === 'dative') return (deaf ? (a === 'е' ? 'к' : 'қ') : a === 'е' ? 'г' : 'ғ') + a
  const start = deaf ? 'т' : kind === 'ablative' && /[мнң]$/.test(word) ? 'н' : 'д'
  return kind === 'ablative' ? `${start}${a}н` : `${start}${a}`
}
