// Asks every two seconds; shows the page anew when the wait is over, and once in half a minute to tell what failed meanwhile.
for (const mark of document.querySelectorAll('[data-island="look-again"]')) {
  if (!mark.dataset.address) continue
  const begun = Date.now()
  const ask = async () => {
    try {
      const answer = await fetch(mark.dataset.address, { headers: { accept: 'application/json' }, cache: 'no-store' })
      const over = !answer.ok || !(await answer.json()).waiting
      if (over || Date.now() - begun > 30_000) return location.reload()
    } catch {
      // The server is away: the page on the screen stays, and the next turn asks again.
    }
    setTimeout(ask, 2000)
  }
  setTimeout(ask, 1000)
}
