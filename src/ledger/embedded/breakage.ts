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
