/**
 * A telephone number of Kazakhstan as it was typed, `8 (700) 000-00-00`, in the form of E.164, `+77000000000`. Only mobile numbers take an SMS
 * (codes 70x, 74x, 77x); null for a landline and for what is no number at all.
 */
export function readPhone(typed: string | undefined): string | null {
  const digits = (typed ?? '').replaceAll(/[\s()\-–.]/g, '')
  const found = /^(?:\+?7|8)(7[047]\d{8})$/.exec(digits)
  return found === null ? null : `+7${found[1]}`
}

/** A mail address: the desk has checked its form; what could break a mail's head is refused here once more. */
export function readEmail(typed: string | undefined): string | null {
  const trimmed = (typed ?? '').trim()
  return /^[^\s@<>",;:\\]+@[^\s@<>",;:\\]+\.[^\s@<>",;:\\]+$/.test(trimmed) && trimmed.length <= 254 ? trimmed : null
}

/** `+7 700 ••• •• 00`: enough for its owner to know it again, too little for anybody else. */
export function maskPhone(phone: string): string {
  return `${phone.slice(0, 2)} ${phone.slice(2, 5)} ••• •• ${phone.slice(-2)}`
}

/** `а••••@example.kz`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  return `${email.slice(0, 1)}••••${email.slice(at)}`
}
