/**
 * How a Kazakh or Russian name sounds, for finding it however it was written: in Cyrillic with or without the letters of Kazakh alone
 * (Қаженов, Каженов), in the Latin alphabets of 2018 and 2021, or as passports transliterate. Left: a letter; right: what all of its
 * neighbours become. Coarse on purpose: a search shows what it found, and a reader tells Ұлы from Улы at a glance.
 */
const letters: Readonly<Record<string, string>> = {
  ...{ а: 'a', ә: 'a', б: 'b', в: 'v', г: 'g', ғ: 'g', д: 'd', е: 'e', ё: 'e', э: 'e', ж: 'j', з: 'z', и: 'i', й: 'i', і: 'i', ы: 'i' },
  ...{ к: 'k', қ: 'k', л: 'l', м: 'm', н: 'n', ң: 'n', о: 'o', ө: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ұ: 'u', ү: 'u' },
  ...{ ф: 'f', х: 'h', һ: 'h', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'sh', ъ: '', ь: '', ю: 'iu', я: 'ia' },
  // Latin of 2021 (ä ö ü ū ğ ñ ş ı) and of 2018 (á ó ú ý ǵ ń).
  ...{ ä: 'a', á: 'a', ə: 'a', ö: 'o', ó: 'o', ü: 'u', ú: 'u', ū: 'u', ý: 'u', ğ: 'g', ǵ: 'g', ñ: 'n', ń: 'n', ş: 'sh', ı: 'i' },
  ...{ y: 'i', w: 'u', q: 'k', x: 'h', c: 'ts' },
}

/** Written with two signs what Cyrillic writes with one; looked for before single letters. */
const pairs: Readonly<Record<string, string>> = { sh: 'sh', ch: 'ch', zh: 'j', kh: 'h', gh: 'g', yu: 'iu', ya: 'ia', ye: 'e' }

const cyrillic = /\p{Script=Cyrillic}/u

/** Latin signs that typists put for the Cyrillic ones that look like them; small letters, since case is folded before. */
const twins: Readonly<Record<string, string>> = {
  ...{ a: 'а', c: 'с', e: 'е', h: 'н', i: 'і', k: 'к', m: 'м', o: 'о', p: 'р', t: 'т', x: 'х', y: 'у', b: 'в', ə: 'ә', ӧ: 'ө', ɵ: 'ө' },
}

/** The key of a text: words of small Latin letters and digits, single spaces between. Both sides of a search are made into it. */
export const soundOf = (text: string): string => wordsOf(text).map(soundOfWord).filter(Boolean).join(' ')

/**
 * The keys that a typed text may mean: as it sounds, and, where a word is of Latin signs alone, as the Cyrillic word that it looks like
 * ("CAPCEHOBA" on a Latin keyboard for САРСЕНОВА).
 */
export function soundsMeant(text: string): string[] {
  const looks = wordsOf(text).map((word) => soundOfWord(isLookAlike(word) ? replaced(word) : word))
  return [...new Set([soundOf(text), looks.filter(Boolean).join(' ')])].filter(Boolean)
}

/** Apostrophes and hyphens are written or left out as it pleases: the first vanish, the second part words. */
const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[«»"“”„'’ʼ`.,]/gu, '')
    .split(/[\s‐‑‒–—―-]+/u)

const isLookAlike = (word: string): boolean => word !== '' && [...word].every((sign) => sign in twins)

const replaced = (word: string): string => [...word].map((sign) => twins[sign] ?? sign).join('')

function soundOfWord(word: string): string {
  // One Cyrillic letter makes the word Cyrillic: what is Latin in it was typed for its twin.
  const own = cyrillic.test(word) ? replaced(word) : word
  let sound = ''
  for (let at = 0; at < own.length; ) {
    const pair = pairs[own.slice(at, at + 2)]
    const sign = String.fromCodePoint(own.codePointAt(at) ?? 0)
    sound += pair ?? letters[sign] ?? (/[a-z0-9]/.test(sign) ? sign : '')
    at += pair === undefined ? sign.length : 2
  }
  return (
    sound
      // Кузнецов, Kuznetsov, Алиев, Aliyev; Дмитрий, Dmitri: the glide between vowels is written as it pleases.
      .replaceAll('ie', 'e')
      .replaceAll(/(.)\1+/g, '$1')
  )
}
