/** A message is not taken. Thrown by whoever handles it; the server answers with the fault. */
export class ShepRefusal extends Error {
  override name = 'ShepRefusal'
  readonly code: string
  /** Words of the fault; absent: those of the gateway's own code. */
  readonly words: string | undefined

  /** @param data for whoever sent it (`errorData`): nothing about a person */
  constructor(code: string, data: string, words?: string) {
    super(data)
    this.code = code
    this.words = words
  }
}
