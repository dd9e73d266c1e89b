/** How long the words of exchanges are kept, and the work that ends it. */
export interface ExchangeKeeping {
  /**
   * Takes the words out of what was sent before `before`, of cases that have ended, a batch at a time. What is left of a message: the digest and size of
   * its bytes, what was found of its signature, the certificate, and which record it was. Of an open case nothing is touched.
   *
   * @param before RFC 3339
   * @param at the law's time, RFC 3339
   * @returns how many exchanges were trimmed; less than `limit`: nothing is left for now
   */
  trim(home: number, before: string, at: string, limit: number): Promise<number>
  /** Takes away tokens of consent whose time is over. */
  forgetEnded(home: number, at: string): Promise<void>
}
