/** What bounds the contour. It is for tests of other systems: none of these is a promise of the real gateway, whose limits are not public. */
export interface ContourLimits {
  /** Bytes of one request; the rest is not read. */
  readonly requestBytes: number
  readonly passages: number
  readonly bodyBytes: number
  readonly waiting: number
  readonly ended: number
  readonly leaseMs: number
  readonly retryMs: number
  readonly tries: number
  /** A push that takes longer has failed. */
  readonly pushMs: number
  /** What the documented slow person's answer takes. */
  readonly slowMs: number
  /** Bytes of one temporary file, and of all together. */
  readonly fileBytes: number
  readonly filesBytes: number
  /** Longest life of a temporary file. */
  readonly fileLifeMs: number
  /** How long a call of the consent service waits for the person's answer. */
  readonly consentMs: number
  /** Message ids remembered for (sender, messageId). */
  readonly seen: number
}

const mebibyte = 1024 * 1024

export const ordinaryLimits: ContourLimits = {
  requestBytes: 32 * mebibyte,
  passages: 10_000,
  bodyBytes: 256 * 1024,
  waiting: 20_000,
  ended: 50_000,
  leaseMs: 30_000,
  retryMs: 1_000,
  tries: 60,
  pushMs: 30_000,
  slowMs: 8_000,
  fileBytes: 20 * mebibyte,
  filesBytes: 512 * mebibyte,
  fileLifeMs: 7 * 24 * 3_600_000,
  consentMs: 20_000,
  seen: 100_000,
}
