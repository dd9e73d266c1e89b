/** What one process takes upon itself at once. Where the numbers come from: docs/performance.md, "Over HTTP". */
export interface Limits {
  /**
   * Pages and commands that are worked on at once. One thread draws pages, so more of them at once only make each later: twelve keep it and the
   * database busy.
   */
  readonly atOnce: number
  /** Requests that may stand before the door; each kind waits at most as long as below. */
  readonly waiting: number
  /** How long a request may stand before it is told to come again, in ms. */
  readonly patienceMs: number
  /** Passwords being compared at once; two of them are hashed, the others wait in their own line and in nobody's way. */
  readonly signIns: number
  /** Papers and tables being made at once; one process prints. */
  readonly files: number
  /** Trackers being opened at once, those that are made to wait too. */
  readonly trackers: number
  /** Bodies above a form's length that are being received at once, and their bytes together. */
  readonly uploads: number
  readonly uploadBytes: number
  /** Pages that listen for word of others. */
  readonly streams: number
  /** Sockets, resting ones too; above it a new one is closed unheard, so that memory and file numbers last. */
  readonly connections: number
  /** Lateness of the event loop, in ms, above which nobody from the street is let in, and above twice which nobody reads. */
  readonly lateMs: number
  /** After SIGTERM: how long `/health/ready` says 503 while everything is still answered, so that whoever shares out requests looks elsewhere. */
  readonly lameDuckMs: number
  /** How long what was accepted may take until its connection is cut, in ms. */
  readonly drainMs: number
}

const mebibyte = 1024 * 1024

export const ordinaryLimits: Limits = {
  atOnce: 12,
  waiting: 600,
  patienceMs: 1_000,
  signIns: 8,
  files: 4,
  trackers: 24,
  uploads: 24,
  uploadBytes: 192 * mebibyte,
  streams: 4_000,
  connections: 12_000,
  lateMs: 500,
  lameDuckMs: 0,
  drainMs: 25_000,
}
