/** What a wire tells of one message, byte for byte as it left or came. */
export interface WireMessage {
  readonly bytes: Uint8Array
  /** The message's own id on the wire; null: it has none, or it could not be read. */
  readonly id: string | null
  /** Of a talk of several messages. */
  readonly correlationId?: string
  /** What was found about the signature of a message that came; absent: nobody looked. */
  readonly signature?: SignatureFinding
}

export interface SignatureFinding {
  readonly valid: boolean
  /** Code of the reason where it is not valid. */
  readonly reason?: string
  /** URI or OID. */
  readonly algorithm?: string
  /** Of the signer, DER. */
  readonly certificate?: Uint8Array
}

/**
 * The journal's ear on a wire: given with a call, told by whoever speaks on the wire. A wire that has no bytes of its own tells those of the
 * message's JSON. What is heard may be hostile: it is told before it is read.
 */
export interface Tap {
  /** Before the first byte leaves: resolves when it is committed that it will. To reject means that nothing may leave. */
  sends(message: WireMessage): Promise<void>
  /** Whatever came back, a fault too. Never rejects: an answer is not lost because it could not be written down. */
  hears(message: WireMessage): Promise<void>
}
