// One stream for the page that somebody sees, and none for the others: a browser has six connections to a server, and people have many tabs. On being
// shown again a page says which versions it has, and is told what it missed. Three visible windows hold a stream; a fourth one asks now and then.
for (const mark of document.querySelectorAll('[data-island="live"]')) {
  const says = mark.querySelector('[role="status"]')
  const link = mark.querySelector('a')
  const number = mark.dataset.case
  const version = Number(mark.dataset.version)
  let told = version
  let stream = null
  let free = null
  let over = false
  link.href = location.href
  const show = (text, more) => {
    says.textContent = text
    if (more) says.innerHTML = more
    mark.classList.add('q-live--on')
    link.hidden = over || 'cases' in mark.dataset
  }
  document.addEventListener('q-list', ({ detail }) => show(`${mark.dataset.changed} ${detail}`))

  const onCase = async (found) => {
    if (found <= told) return
    told = found
    try {
      const answer = await fetch(`/live/cases/${number}?since=${version}`, { cache: 'no-store' })
      if (answer.status === 204) return
      show(mark.dataset.moved, answer.ok ? await answer.text() : '')
    } catch {
      show(mark.dataset.moved)
    }
  }
  const onOver = () => {
    over = true
    close()
    show(mark.dataset.over)
  }
  const address = () => {
    const query = new URLSearchParams()
    if (number) query.append('case', `${number}:${version}`)
    for (const one of mark.dataset.cases?.split(' ') ?? []) if (one) query.append('case', one)
    if ('list' in mark.dataset) query.append('list', '')
    return `/live?${query}`
  }
  const close = () => {
    stream?.close()
    stream = null
    free?.()
    free = null
  }
  const listen = () => {
    stream = new EventSource(address())
    // What moved between the page and the stream, or while the stream was away: a case is told by its version, a list is asked for.
    stream.addEventListener('hello', () => document.dispatchEvent(new CustomEvent('q-look')))
    stream.addEventListener('case', ({ data }) => {
      const [which, found] = data.split(':')
      if (which === number) return onCase(Number(found))
      // One of several: its row says so, and is no longer chosen; sent all the same, the server tells it.
      const row = document.querySelector(`[data-live-case="${which}"]`)
      if (!row || row.classList.contains('q-work__row--gone')) return
      row.classList.add('q-work__row--gone')
      const box = row.querySelector('input[type="checkbox"]')
      if (box) box.checked = false
      show(`${which}: ${mark.dataset.moved}`)
    })
    stream.addEventListener('list', () => document.dispatchEvent(new CustomEvent('q-look')))
    stream.addEventListener('clock', ({ data }) => document.dispatchEvent(new CustomEvent('q-clock', { detail: Number(data) })))
    stream.addEventListener('over', onOver)
    stream.addEventListener('error', () => {
      // Refused for good (signed out, or a proxy's page): the browser does not try again by itself, and a server that starts anew deserves it.
      if (stream?.readyState === EventSource.CLOSED) {
        stream = null
        setTimeout(() => document.visibilityState === 'visible' && !over && !stream && listen(), 2000)
      }
    })
  }
  const slots = ['q-live-1', 'q-live-2', 'q-live-3']
  const take = async (left) => {
    const [slot, ...rest] = left
    if (!navigator.locks) return listen()
    if (!slot) return setTimeout(() => document.visibilityState === 'visible' && !stream && open(), 3000)
    let got = false
    await navigator.locks.request(slot, { ifAvailable: true }, (lock) => {
      if (!lock || document.visibilityState !== 'visible' || stream) return undefined
      got = true
      listen()
      return new Promise((resolve) => {
        free = resolve
      })
    })
    if (!got && !stream && document.visibilityState === 'visible') await take(rest)
  }
  const open = () => {
    if (!stream && !over) take(slots)
  }
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible') return close()
    document.dispatchEvent(new CustomEvent('q-look'))
    open()
  })
  // A page put aside by the Back button's memory must not hold its place.
  addEventListener('pagehide', close)
  addEventListener('pageshow', ({ persisted }) => persisted && open())
  if (document.visibilityState === 'visible') open()
}
