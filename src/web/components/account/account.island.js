// What opened over the page closes by Esc and by a click beside it.
for (const account of document.querySelectorAll('[data-island="account"]')) {
  const close = () => account.removeAttribute('open')
  document.addEventListener('click', ({ target }) => account.open && !account.contains(target) && close())
  account.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !account.open) return
    event.preventDefault()
    close()
    account.querySelector('summary').focus()
  })
}
