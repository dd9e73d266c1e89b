// Counts the norm on, second by second, from what the server said; the page's own clock only measures the time since then.
for (const meter of document.querySelectorAll('[data-island="norm-meter"][data-running="true"]')) {
  const spent = Number(meter.dataset.spent)
  const limit = Number(meter.dataset.limit)
  const begun = performance.now()
  const words = meter.querySelector('[data-norm-words]')
  const bar = meter.querySelector('progress')
  const two = (value) => String(value).padStart(2, '0')
  const clock = (seconds) => {
    const whole = Math.max(0, Math.floor(seconds))
    const hours = Math.floor(whole / 3600)
    const minutes = Math.floor(whole / 60) % 60
    return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`
  }
  const tick = () => {
    const now = spent + (performance.now() - begun) / 1000
    const over = now > limit
    words.textContent = over
      ? meter.dataset.overWords.replace('%', clock(now - limit))
      : meter.dataset.leftWords.replace('%', clock(limit - now))
    bar.value = Math.min(now, limit)
    meter.classList.toggle('q-norm--over', over)
  }
  setInterval(tick, 1000)
}
