/** Why the consent service gave no token, where the person has something to do with it. Codes of `FailureCode`, without their beginning. */
const codes = ['declined', 'waiting', 'expired', 'token-not-found'] as const
export type Unconsented = (typeof codes)[number]

/** null: what is waited for is something else than a consent. */
export function consentOf(lastFailure: string | null): Unconsented | null {
  return codes.find((code) => lastFailure === `kdp-${code}`) ?? null
}
