import { randomUUID } from 'node:crypto'
import type { Choice } from './keys.ts'
import type { SigningWish } from './wants.ts'

/** A question that stands on the screen of the machine: which key signs. */
export interface Dialog {
  readonly id: string
  readonly wish: SigningWish
  readonly choices: readonly Choice[]
  /** The key that was chosen and is not allowed by the request, or whose password was wrong: told, and asked again. */
  readonly refused?: string
  /** The store of the keys has a password. */
  readonly asksPassword: boolean
  /** How many passwords are looked at still. */
  readonly triesLeft: number
  readonly isPasswordWrong?: boolean
}

/** How a question ended: the key, null where the person cancelled, or the store let nobody in. */
export type Chosen = Choice | null | 'lockedOut'

/** Of the demonstration's stores, as it stands in the window. */
export const storePassword = 'qyzmet-demo'
const mostTries = 3

/** Answers by itself, in tests and where nobody sits at the machine: a choice's id, or null for "cancel". */
export type Automatic = (dialog: Dialog) => string | null

export interface Dialogs {
  /** The one on the screen; null: none. */
  current(): Dialog | null
  ask(wish: SigningWish, choices: readonly Choice[], gone: AbortSignal): Promise<Chosen>
  /** `anyway`: as builds did that looked at no parameters of the signer. False: the dialog is over, or has no such key. */
  choose(id: string, choice: string, how?: { readonly anyway?: boolean; readonly password?: string }): boolean
  cancel(id: string): boolean
  /** Resolves when another dialog stands on the screen than the one named, or none. */
  changed(id: string | null, signal: AbortSignal): Promise<void>
}

/** One machine has one screen: a second question, of another page, waits for the first. */
export function openDialogs(automatic: () => Automatic | undefined, asksPassword: () => boolean): Dialogs {
  let open: (Dialog & { readonly answer: (chosen: Chosen) => void }) | null = null
  let queue: Promise<unknown> = Promise.resolve()
  let listeners: (() => void)[] = []
  const put = (next: typeof open) => {
    open = next
    for (const tell of listeners) tell()
    listeners = []
  }
  const close = (chosen: Chosen) => {
    open?.answer(chosen)
    put(null)
  }

  function show(wish: SigningWish, choices: readonly Choice[], gone: AbortSignal): Promise<Chosen> {
    if (gone.aborted) return Promise.resolve(null)
    const dialog = { id: randomUUID(), wish, choices, asksPassword: asksPassword(), triesLeft: mostTries }
    const decide = automatic()
    if (decide !== undefined) {
      const chosen = decide(dialog)
      return Promise.resolve(choices.find(({ id }) => id === chosen) ?? null)
    }
    return new Promise((answer) => {
      put({ ...dialog, answer })
      // The page that asked went away: nobody is there to take the signature.
      gone.addEventListener('abort', () => open?.id === dialog.id && close(null), { once: true })
    })
  }

  return {
    current: () => open,
    ask(wish, choices, gone) {
      const turn = queue.then(() => show(wish, choices, gone))
      queue = turn.catch(() => undefined)
      return turn
    },
    choose(id, chosen, { anyway = false, password = '' } = {}) {
      const choice = open?.id === id ? open.choices.find((one) => one.id === chosen) : undefined
      if (choice === undefined || open === null) return false
      const { triesLeft, ...before } = open
      if (choice.unfit !== null && !anyway) put({ ...open, refused: choice.id, isPasswordWrong: false })
      else if (!before.asksPassword || password === storePassword) close(choice)
      else if (triesLeft > 1) put({ ...before, refused: choice.id, isPasswordWrong: true, triesLeft: triesLeft - 1 })
      else close('lockedOut')
      return true
    },
    cancel(id) {
      if (open?.id !== id) return false
      close(null)
      return true
    },
    changed(id, signal) {
      if ((open?.id ?? null) !== id || signal.aborted) return Promise.resolve()
      return new Promise((resolve) => {
        listeners.push(resolve)
        const leave = () => {
          listeners = listeners.filter((one) => one !== resolve)
          resolve()
        }
        signal.addEventListener('abort', leave, { once: true })
      })
    },
  }
}
