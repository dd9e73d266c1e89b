import type { Child } from 'hono/jsx'

/** Nothing here yet: what that means and what to do. */
export const EmptyState = ({ title, children }: { title: string; children?: Child }) => (
  <div class="q-empty">
    <p class="q-empty__title">{title}</p>
    {children ? <div class="q-empty__text">{children}</div> : null}
  </div>
)
