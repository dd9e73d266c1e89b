import { classes } from '../common.ts'

/** How keys are written on keyboards, whatever the language of the page. */
const caps: Readonly<Record<string, string>> = { escape: 'Esc', up: '↑', down: '↓' }

/**
 * A hint beside what a key does: `<Key name="n" />` in a link or button that has `data-key="n"`. Drawn only where keys work: with script and a
 * keyboard; as `Alt+N` where single letters are switched off. Screen readers are told by `aria-keyshortcuts` instead, so names stay as they read.
 */
export const Key = ({ name }: { name: string }) => (
  <span class={classes('q-key', name.length === 1 && 'q-key--single')} aria-hidden="true">
    {caps[name] ?? (name.length === 1 ? name.toUpperCase() : name)}
  </span>
)
