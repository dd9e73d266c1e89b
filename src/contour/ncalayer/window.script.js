// The window follows the program: when another question stands, or none, it is shown; and it closes itself once the page has its answer.
const { at, dialog } = document.body.dataset
// Older programs ask document by document: the next question comes a moment after the answer.
const patience = 600
let closing = 0
const finish = () => {
  if (opener !== null) closing = setTimeout(close, patience)
}
const look = async () => {
  try {
    const answer = await fetch(`${at}/state?was=${encodeURIComponent(dialog)}`, {
      headers: { accept: 'application/json' },
      cache: 'no-store',
    })
    const { dialog: now } = await answer.json()
    if (now !== dialog) {
      clearTimeout(closing)
      if (now !== '') return location.assign(at)
      return location.assign(`${at}?done`)
    }
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
  look()
}
if (dialog === '' && location.search === '?done') finish()
look()
