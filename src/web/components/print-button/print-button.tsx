/** A place for the button that prints the page; empty without script. */
export const PrintButton = ({ text }: { text: string }) => <div class="q-print-button" data-print={text} />
