/** The digit row of the Kazakh layout, from 1 to 0, and the hyphen after it. */
const row = new Map([...'"әіңғ,.үұқө'].map((sign, at) => [sign, '1234567890-'[at] ?? '']))

/** What was meant by digits typed, or sent by a scanner, while the Kazakh layout was on; every other sign stays. */
export const fromKazakhKeys = (text: string): string => [...text.toLowerCase()].map((sign) => row.get(sign) ?? sign).join('')
