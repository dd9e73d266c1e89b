/** How an SMS is cut: 3GPP TS 23.038 (alphabets) and 23.040 (parts of a long message: six octets of each go to the head that joins them). */

const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
/** Each of these takes two places. */
const extended = '^{}\\[~]|€'

export interface SmsLength {
  readonly alphabet: 'gsm7' | 'ucs2'
  /** Septets, or UTF-16 code units: what the limits count. */
  readonly units: number
  readonly segments: number
}

const limits = { gsm7: { one: 160, each: 153 }, ucs2: { one: 70, each: 67 } } as const

/** Kazakh and Russian letters are in no seven-bit alphabet: one of them makes the whole message UCS-2, 70 letters, or 67 in each of several parts. */
export function smsLength(text: string): SmsLength {
  const alphabet = [...text].every((letter) => basic.includes(letter) || extended.includes(letter)) ? 'gsm7' : 'ucs2'
  const sizes = [...text].map((letter) => (alphabet === 'ucs2' ? letter.length : extended.includes(letter) ? 2 : 1))
  const units = sizes.reduce((sum, size) => sum + size, 0)
  const { one, each } = limits[alphabet]
  return { alphabet, units, segments: units <= one ? 1 : parts(sizes, each) }
}

/** A letter of two units is not cut in half: it goes whole to the next part. */
function parts(sizes: readonly number[], each: number): number {
  let [count, used] = [1, 0]
  for (const size of sizes) {
    if (used + size > each) [count, used] = [count + 1, 0]
    used += size
  }
  return count
}
