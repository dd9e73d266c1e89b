// An open list stays true: asks once a minute, and when it is told that something moved. Rows keep their place; what left is said in them.
for (const list of document.querySelectorAll('[data-island="work-list"]')) {
  let asking = false
  let again = false
  let last = ''
  const rows = () => [...list.querySelectorAll('[data-row]')]
  const ask = async () => {
    if (document.visibilityState !== 'visible') return
    if (asking) {
      again = true
      return
    }
    asking = true
    try {
      const url = new URL(list.dataset.fresh, location.href)
      url.searchParams.set('count', list.dataset.count)
      for (const row of rows()) url.searchParams.append('row', row.dataset.row)
      const answer = await fetch(url, { headers: { accept: 'application/json' }, cache: 'no-store', redirect: 'error' })
      if (answer.ok) tell(await answer.json())
    } catch {
      // The server is away: what stands on the screen stays, and the next minute asks again.
    }
    asking = false
    if (again) {
      again = false
      ask()
    }
  }
  const tell = ({ left, count, tabs, says }) => {
    for (const row of rows()) {
      const now = left[row.dataset.row]
      const words = row.querySelector('[data-left]')
      if (!now) {
        row.classList.add('q-work__row--gone')
        if (words) words.textContent = list.dataset.gone
        const box = row.querySelector('input[type="checkbox"]')
        if (box) {
          box.checked = false
          box.disabled = true
        }
        continue
      }
      for (const tone of ['soon', 'overdue']) {
        row.classList.toggle(`q-work__row--${tone}`, now.tone === tone)
        words?.classList.toggle(`q-left--${tone}`, now.tone === tone)
      }
      if (words && words.textContent !== now.words) words.textContent = now.words
    }
    const place = document.querySelector('[data-live-count]')
    if (place) place.textContent = count
    for (const tab of document.querySelectorAll('[data-tab]')) if (tabs[tab.dataset.tab]) tab.textContent = tabs[tab.dataset.tab]
    if (says && says !== last) document.dispatchEvent(new CustomEvent('q-list', { detail: says }))
    last = says
  }
  let soon = 0
  document.addEventListener('q-look', () => {
    clearTimeout(soon)
    soon = setTimeout(ask, 120)
  })
  // Each stream begins with the law's time; only a clock that was set makes the words untrue.
  let ahead
  document.addEventListener('q-clock', ({ detail }) => {
    const now = detail - Date.now()
    if (ahead !== undefined && Math.abs(now - ahead) > 1500) ask()
    ahead = now
  })
  setInterval(ask, 60_000)
}
