/** One question to an outside system and what came back, for the journal and the case; it holds nothing personal. Times are RFC 3339 by the law's clock. */
export interface Exchange {
  /** The question's message id: unique, made by us. */
  readonly id: string
  /** Id that the other side gave to its answer; null when there was none. */
  readonly answerId: string | null
  /** Service on the gateway that was asked. */
  readonly service: string
  readonly sentAt: string
  readonly answeredAt: string | null
}
