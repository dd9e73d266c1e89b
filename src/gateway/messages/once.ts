import type { IncomingMessage, Listener, Receipt } from './channel.ts'

/**
 * What was already said to a message. The default forgets with the process: that nothing happens twice after a restart is then the desk's
 * matter, by the idempotency key of the command (`payload.message`).
 */
export interface Taken {
  find(key: string): Promise<Receipt | null>
  keep(key: string, receipt: Receipt): Promise<void>
}

export function takenInMemory(most = 50_000): Taken {
  const receipts = new Map<string, Receipt>()
  return {
    find: async (key) => receipts.get(key) ?? null,
    async keep(key, receipt) {
      receipts.set(key, receipt)
      for (const oldest of receipts.keys()) {
        if (receipts.size <= most) break
        receipts.delete(oldest)
      }
    },
  }
}

/**
 * Lets each message of a sender through once: known by the gateway's id, which a duplicate repeats, and by the sender's own name, which a
 * repeated sending keeps. A duplicate gets the first one's receipt, and waits for it while the first is at work. The envelope has no protection
 * against replay of its own.
 */
export function once(listener: Listener['message'], now: () => string, taken: Taken = takenInMemory()): Listener['message'] {
  const atWork = new Map<string, Promise<Receipt>>()

  async function handle(message: IncomingMessage, keys: readonly string[]): Promise<Receipt> {
    for (const key of keys) {
      const earlier = await taken.find(key)
      if (earlier !== null) return earlier
    }
    const receipt = await listener(message)
    if (receipt.kind === 'accepted' || !receipt.resend) for (const key of keys) await taken.keep(key, receipt)
    return receipt
  }

  // Whoever listens logs its own breakage; the sender only learns that it has to come again.
  const orAgain = (work: Promise<Receipt>): Promise<Receipt> =>
    work.catch((): Receipt => ({ kind: 'notAccepted', at: now(), resend: true, code: 'busy' }))

  return async (message) => {
    const keys = [`${message.senderId} id ${message.messageId}`, `${message.senderId} name ${message.payload.message}`]
    const running = keys.map((key) => atWork.get(key)).find((work) => work !== undefined)
    if (running !== undefined) return running
    const work = orAgain(handle(message, keys))
    for (const key of keys) atWork.set(key, work)
    try {
      return await work
    } finally {
      for (const key of keys) atWork.delete(key)
    }
  }
}
