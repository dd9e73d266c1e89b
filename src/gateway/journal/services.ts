/** A time when a service did not answer. */
export interface ServiceOutage {
  readonly service: string
  /** RFC 3339, by the law's clock: the first attempt that failed. */
  readonly beganAt: string
  /** null: it goes on. */
  readonly endedAt: string | null
  /** Of its first failure. */
  readonly code: string
  /** Attempts that failed in it. */
  readonly failures: number
}

/** What may leave for a service, decided for all server processes together. Times in ms are the machine's. */
export interface Services {
  /** 0: it may leave now, and what comes of it has to be told by `learn`; else ask again after so many ms. */
  admit(service: string): Promise<number>
  /**
   * Tells what came of an admitted attempt: the code of an outage, or null for any answer of a system that lives. Gives whether it had been out, and is
   * no more. `name` is the exchange's: one that fails again and again says nothing of its service.
   */
  learn(service: string, name: string, outage: string | null, at: string): Promise<{ readonly isBack: boolean }>
  /** Every service that failed last, with its breaker. */
  out(): Promise<{ readonly service: string; readonly failures: number; readonly open: boolean }[]>
  /** Notes that the present outage of a service keeps this case waiting; nothing where there is none. */
  keepsWaiting(service: string, home: number, caseNumber: string): Promise<void>
  /** That began or went on between two moments (RFC 3339), newest first; each with how many cases of the home it kept waiting. */
  outages(home: number, from: string, until: string): Promise<(ServiceOutage & { readonly cases: number })[]>
}

/** One exchange of a name at a time, on all server processes. */
export interface Turns {
  /** Does the work if nobody else has the name in hand; null: somebody has. */
  alone<T>(name: string, work: () => Promise<T>): Promise<{ readonly value: T } | null>
  close(): Promise<void>
}
