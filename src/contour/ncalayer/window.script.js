// The window follows the program: when another question stands, or none, it is shown; and it closes itself once the page has its answer.
const { at, dialog } = document.body.dataset
let was = dialog
const look = async () => {
  try {
    const answer = await fetch(`${at}/state?was=${encodeURIComponent(was)}`, { headers: { accept: 'application/json' }, cache: 'no-store' })
    const { dialog: now } = await answer.json()
    if (now !== was) {
      if (now === '' && opener !== null) return close()
      was = now
      return location.reload()
    }
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
  look()
}
look()
