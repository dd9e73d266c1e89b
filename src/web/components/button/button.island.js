// Two clicks within a second are one: an intake on a slow line must not be sent twice (the server answers once in any case).
for (const button of document.querySelectorAll('[data-prevent-double-click="true"]')) {
  let last = 0
  button.addEventListener('click', (event) => {
    const now = performance.now()
    if (last > 0 && now - last < 1000) event.preventDefault()
    last = now
  })
}
