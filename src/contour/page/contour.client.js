// The list of messages asks for itself anew while somebody looks at it. Without this script the page is the same, as it was when it was opened.
const list = document.querySelector('[data-live]')
const state = document.querySelector('[data-live-state]')
if (list && state) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'plain'
  let running = true
  const show = () => {
    button.textContent = running ? state.dataset.off : state.dataset.resume
    state.firstChild.textContent = running ? `${state.dataset.on} ` : ''
  }
  state.append(document.createTextNode(''), button)
  state.hidden = false
  button.addEventListener('click', () => {
    running = !running
    show()
  })
  show()
  const again = async () => {
    if (running && !document.hidden && !list.contains(document.activeElement)) {
      try {
        const response = await fetch(location.href, { headers: { accept: 'text/html' } })
        const page = new DOMParser().parseFromString(await response.text(), 'text/html')
        const fresh = page.querySelector('[data-live]')
        if (response.ok && fresh && fresh.innerHTML !== list.innerHTML) list.innerHTML = fresh.innerHTML
      } catch {
        // The contour is away for a moment: asked again like any other time.
      }
    }
    setTimeout(again, 1000)
  }
  setTimeout(again, 1000)
}
