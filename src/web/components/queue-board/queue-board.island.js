// Asks for the board anew every two seconds; without script a link does the same.
for (const board of document.querySelectorAll('[data-island="queue-board"][data-href]')) {
  const ask = async () => {
    try {
      const answer = await fetch(board.dataset.href, { headers: { accept: 'text/html' } })
      if (answer.ok) {
        const next = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-island="queue-board"]')
        // Replaced only where something changed: a screen reader would read an equal text again.
        if (next && next.innerHTML !== board.innerHTML) board.replaceChildren(...next.childNodes)
      }
    } catch {
      // The server is away for a moment: the board stays and asks again.
    }
    setTimeout(ask, 2000)
  }
  setTimeout(ask, 2000)
}
