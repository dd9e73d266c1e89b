/**
 * The embedded server cannot be brought up. `code` is stable:
 * `noBinaries` the platform has no package; `noAccount` no account that PostgreSQL accepts; `notOwner` the folder belongs to someone else;
 * `otherVersion` the folder was made by another major version; `initialise`, `start`, `stop` a program failed (its last words in `log`).
 */
export type EmbeddedCode = 'noBinaries' | 'noAccount' | 'notOwner' | 'otherVersion' | 'initialise' | 'start' | 'stop' | 'locked'

export class EmbeddedServerError extends Error {
  readonly code: EmbeddedCode
  readonly log: string

  constructor(code: EmbeddedCode, message: string, options: { cause?: unknown; log?: string } = {}) {
    super(options.log ? `${message}\n${options.log}` : message, { cause: options.cause })
    this.name = 'EmbeddedServerError'
    this.code = code
    this.log = options.log ?? ''
  }
}

/** A recovery that was told to pause, or waits for log that does not come. */
export class StandsStill extends EmbeddedServerError {
  constructor(reached: string | null) {
    super(
      'start',
      `The embedded PostgreSQL is in recovery and stands still at ${reached ?? 'its start'}: see recovery_target_action and its log.`,
    )
  }
}
