// Three minutes before the session ends it is said, and one key goes on. Tabs tell one another how long there is: a number, and nothing of anybody.
const warned = 180_000
for (const bar of document.querySelectorAll('body > [data-island="session"]')) {
  const [text, go, signIn] = ['[role="alert"]', '[data-session-go]', '[data-session-in]'].map((one) => bar.querySelector(one))
  const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('qyzmet-session') : undefined
  let ends = Date.now() + Number(bar.dataset.left)
  let isLast = false

  const set = (left) => {
    ends = Date.now() + left
    isLast = left < warned
    draw()
  }
  const say = (words) => {
    if (text.textContent !== words) text.textContent = words
  }
  const draw = () => {
    const left = ends - Date.now()
    bar.hidden = left > warned
    if (bar.hidden) return
    go.hidden = isLast || left <= 0
    signIn.hidden = left > 0
    if (go.hidden) delete go.dataset.key
    else go.dataset.key = 'y'
    signIn.href = `/sign-in?next=${encodeURIComponent(location.pathname)}`
    const words = left <= 0 ? bar.dataset.over : isLast ? bar.dataset.last : bar.dataset.soon
    say(words.replace('%%', String(Math.max(1, Math.ceil(left / 60_000)))))
  }
  const ask = async () => {
    say(bar.dataset.going)
    try {
      const answer = await fetch(bar.dataset.address, { headers: { accept: 'application/json' }, cache: 'no-store' })
      if (answer.status === 401) return set(0)
      const { left } = await answer.json()
      set(left)
      tabs?.postMessage(left)
    } catch {
      draw()
    }
  }

  go.addEventListener('click', ask)
  addEventListener('qyzmet-session', ({ detail }) => {
    set(detail)
    tabs?.postMessage(detail)
  })
  if (tabs) {
    tabs.onmessage = ({ data }) => set(Number(data))
    tabs.postMessage(Number(bar.dataset.left))
  }
  setInterval(draw, 5000)
  document.addEventListener('visibilitychange', draw)
  draw()
}
