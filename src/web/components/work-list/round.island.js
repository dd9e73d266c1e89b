// A scanned code or a typed number ticks its case at once, and the field is ready for the next one. Without script the same form asks the server.
for (const round of document.querySelectorAll('[data-island="round"]')) {
  const field = round.querySelector('[name="scan"]')
  const says = round.querySelector('[data-round-says]')
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.ctrlKey) return
    const parts = /(\d{3,})\D?(\d{6})\D?(\d{5})\D?(\d)(?!\d)/.exec(field.value)
    if (!parts) return
    event.preventDefault()
    const number = parts.slice(1).join('-')
    const box = round.querySelector(`input[name="case"][value="${number}"]`)
    if (box) box.checked = true
    says.textContent = (box ? round.dataset.ticked : round.dataset.unknown).replace('%', number)
    field.value = ''
    box?.scrollIntoView({ block: 'nearest' })
  })
}
