/**
 * Examples stand beside each other on one page as if each were alone: its ids, names and what refers to them get a mark of its own, its links
 * lead nowhere, and no example takes the focus of the page.
 */
export const apart = (html: string, mark: string): string =>
  html
    .replaceAll(
      / (id|for|name|aria-labelledby|aria-describedby|aria-controls|data-aria-controls)="([^"]+)"/g,
      (_, attribute, value: string) => {
        const marked = value.split(' ').map((one) => `${mark}-${one}`)
        return ` ${attribute}="${marked.join(' ')}"`
      },
    )
    // Two landmarks of one page are told apart by their names.
    .replaceAll(/(<(?:nav|section|aside)\b[^>]* aria-label="[^"]*)"/g, `$1 ${mark}"`)
    .replaceAll(/(<div class="govuk-notification-banner[^>]*) aria-labelledby="[^"]*"/g, `$1 aria-label="${mark}"`)
    .replaceAll(/ href="(#?)([^"]*)"/g, (_, hash: string, value: string) => ` href="#${hash && value ? `${mark}-${value}` : ''}"`)
    .replaceAll(/ (autofocus|data-module="govuk-error-summary")(?=[ >])/g, '')
