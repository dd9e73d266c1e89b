// Asks whether the phone has signed, and sends the form by itself when it has. What the phone sent and was not taken is told here, for whoever looks at this screen.
const everyMs = 2000

for (const box of document.querySelectorAll('[data-island="phone"]')) {
  const form = box.closest('form')
  if (!form || !box.dataset.address) continue
  const told = box.querySelector('[data-phone-told]')
  const tell = (text, role = 'alert') => {
    if (told.textContent === text) return
    told.setAttribute('role', role)
    told.classList.toggle('q-signing__told--wrong', text !== '')
    told.textContent = text
  }
  const ask = async () => {
    try {
      const answer = await fetch(box.dataset.address, { headers: { accept: 'application/json' }, cache: 'no-store' })
      // Over, or unknown: the server says so on the page that the form leads to.
      if (!answer.ok) return form.requestSubmit()
      const { waiting, refused = '' } = await answer.json()
      if (!waiting) return form.requestSubmit()
      tell(refused)
    } catch {
      // The server is away: the page on the screen stays, and the next turn asks again.
      tell(box.dataset.sayOffline, 'status')
    }
    setTimeout(ask, everyMs)
  }
  setTimeout(ask, everyMs)
}
