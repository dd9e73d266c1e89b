// Counts the norm on, second by second, by the law's time and in open spans alone: it stands still at lunch and after closing, and follows a clock that
// was set. The machine's clock only measures how long ago the server told the time.
for (const meter of document.querySelectorAll('[data-island="norm-meter"][data-now]')) {
  const spent = Number(meter.dataset.spent)
  const limit = Number(meter.dataset.limit)
  const told = Number(meter.dataset.now)
  const spans = meter.dataset.spans
    .split(' ')
    .filter(Boolean)
    .map((span) => span.split('-').map((at) => Number(at) * 60_000))
  let ahead = told - Date.now()
  document.addEventListener('q-clock', ({ detail }) => {
    const now = detail - Date.now()
    // A line takes its time; only a clock that was set counts.
    if (Math.abs(now - ahead) > 1500) ahead = now
    tick()
  })
  const words = meter.querySelector('[data-norm-words]')
  const paused = meter.querySelector('.q-norm__paused')
  const bar = meter.querySelector('progress')
  const two = (value) => String(value).padStart(2, '0')
  const clock = (seconds) => {
    const whole = Math.max(0, Math.floor(seconds))
    const hours = Math.floor(whole / 3600)
    const minutes = Math.floor(whole / 60) % 60
    return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`
  }
  const openTime = (from, until) =>
    spans.reduce((sum, [opens, closes]) => sum + Math.max(0, Math.min(closes, until) - Math.max(opens, from)), 0)
  const tick = () => {
    const at = Date.now() + ahead
    const now = Math.max(0, spent + (at < told ? -openTime(at, told) : openTime(told, at)) / 1000)
    const over = now > limit
    const text = over ? meter.dataset.overWords.replace('%', clock(now - limit)) : meter.dataset.leftWords.replace('%', clock(limit - now))
    if (words.textContent !== text) words.textContent = text
    bar.value = Math.min(now, limit)
    meter.classList.toggle('q-norm--over', over)
    paused?.classList.toggle(
      'q-norm__paused--not',
      spans.some(([opens, closes]) => opens <= at && at < closes),
    )
  }
  setInterval(tick, 1000)
}
