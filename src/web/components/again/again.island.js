// Once the number of the applicant is whole, asks whether this person has applied before; the number goes in the body, never in an address.
for (const place of document.querySelectorAll('[data-island="again"]')) {
  const form = place.closest('form')
  const field = form?.elements['application.iin']
  // What stood there when the page came is answered on the page; what was typed before this script ran is not.
  let asked = field?.defaultValue ?? ''
  const ask = async () => {
    const iin = field.value.replaceAll(/[\s-]/g, '')
    if (iin === asked || iin.length !== 12) return
    asked = iin
    place.hidden = true
    try {
      const body = new URLSearchParams({ _csrf: form.elements._csrf.value, iin })
      const answer = await fetch(place.dataset.address, { method: 'POST', body })
      if (!answer.ok) throw new Error(String(answer.status))
      const { words } = await answer.json()
      if (!words || field.value.replaceAll(/[\s-]/g, '') !== iin) return
      place.querySelector('[data-again-words]').textContent = words
      place.hidden = false
    } catch {
      // The server is away or has too much to do: the form goes on without it, and the next key asks anew.
      asked = ''
    }
  }
  field?.addEventListener('input', ask)
  if (field) ask()
}
