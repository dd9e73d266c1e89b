// What is typed is saved on the server while it is typed: nothing of it is left in a browser that the next person at the desk uses. A form that
// cannot be sent stays on the screen, says so at once, and goes by itself when the server answers, under the same name, so that it is done once.
for (const words of document.querySelectorAll('[data-island="saved-form"]')) {
  const say = words.dataset
  for (const form of document.querySelectorAll('main form[method="post"]')) {
    if (!form.querySelector('input[name="_key"]')) continue
    const action = form.getAttribute('action')
    const status = document.createElement('p')
    status.className = 'q-sending'
    status.setAttribute('role', 'status')
    form.append(status)
    let timer
    let saving
    let isUnsaved = false
    let isSending = false
    let isNative = false

    const tell = (text, wrong = false, ...more) => {
      status.classList.toggle('q-sending--wrong', wrong)
      status.setAttribute('role', wrong ? 'alert' : 'status')
      status.replaceChildren(text, ...more.flatMap((one) => [' ', one]))
    }
    const link = (href) => Object.assign(document.createElement('a'), { className: 'govuk-link', href, textContent: say.signIn })
    const valuesOf = (submitter) =>
      new URLSearchParams([...new FormData(form, submitter ?? undefined)].filter(([, value]) => typeof value === 'string'))
    const post = (address, body, more) =>
      fetch(address, { method: 'POST', body, headers: { accept: 'application/json', 'qyzmet-form': 'script' }, ...more })
    const isFresh = (csrf) => {
      for (const field of document.querySelectorAll('input[name="_csrf"]')) field.value = csrf
    }

    const save = async () => {
      clearTimeout(timer)
      if (!action.startsWith('/cases/') || isSending || isNative) return
      const body = valuesOf()
      body.set('_action', action)
      saving?.abort()
      saving = new AbortController()
      try {
        const answer = await post(say.address, body, { signal: saving.signal, keepalive: true })
        if (answer.status === 401) return over(await answer.json().catch(() => ({})), save)
        if (!answer.ok) throw new Error(String(answer.status))
        const { saved, time, left } = await answer.json()
        isUnsaved = false
        if (saved) tell(say.saved.replace('%%', time))
        dispatchEvent(new CustomEvent('qyzmet-session', { detail: left }))
      } catch (cause) {
        if (cause.name === 'AbortError') return
        tell(say.unsaved, true)
        timer = setTimeout(save, 5000)
      }
    }

    // The session is over. Who signs in again, also in another tab, goes on; the form was kept for them alone.
    const over = (answer, again) => {
      isSending = false
      if (answer.csrf) {
        isFresh(answer.csrf)
        return again()
      }
      if (answer.kept) isUnsaved = false
      if (answer.kept && !answer.location.startsWith('/sign-in')) return tell(say.others, true)
      tell(say.over, true, link(answer.location ?? `/sign-in?next=${encodeURIComponent(location.pathname)}`))
    }

    const send = async (submitter) => {
      isSending = true
      saving?.abort()
      clearTimeout(timer)
      tell(say.sending)
      for (let pause = 1000; isSending; pause = Math.min(pause * 1.5, 8000)) {
        let answer
        try {
          answer = await post(submitter?.getAttribute('formaction') ?? action, valuesOf(submitter), { signal: AbortSignal.timeout(60_000) })
        } catch {
          answer = undefined
        }
        if (!isSending) return
        if (answer !== undefined && ![502, 503, 504].includes(answer.status)) return await finish(answer, submitter)
        tell(say.dead, true, stop())
        await new Promise((resolve) => {
          const wait = setTimeout(resolve, pause)
          const go = () => {
            clearTimeout(wait)
            resolve()
          }
          addEventListener('online', go, { once: true })
        })
      }
    }

    const stop = () => {
      const button = Object.assign(document.createElement('button'), {
        type: 'button',
        className: 'q-sending__stop',
        textContent: say.stop,
      })
      button.addEventListener('click', () => {
        isSending = false
        tell(say.stopped, true)
      })
      return button
    }

    const finish = async (answer, submitter) => {
      if (answer.status === 401) return over(await answer.json().catch(() => ({})), () => send(submitter))
      isSending = false
      if (answer.status === 500) return tell(say.broken, true)
      // Led on already: what was asked is done.
      if (answer.redirected) return location.assign(answer.url)
      const told = answer.headers.get('content-type')?.startsWith('application/json') ? await answer.json() : undefined
      isUnsaved = false
      if (told?.location) {
        const next = new URL(told.location, location.href)
        const isHere = next.pathname === location.pathname && next.search === location.search
        if (isHere && next.hash !== '') {
          location.hash = next.hash
          location.reload()
        } else location.assign(next)
        return
      }
      // A page to be shown, most often of what is to be put right: asked for again by the browser itself, under the same name.
      isNative = true
      form.requestSubmit(submitter ?? undefined)
    }

    const changed = () => {
      isUnsaved = true
      clearTimeout(timer)
      timer = setTimeout(save, 1200)
    }
    form.addEventListener('input', changed)
    form.addEventListener('change', changed)
    form.addEventListener('submit', (event) => {
      if (isNative) return
      event.preventDefault()
      if (!isSending) send(event.submitter)
    })
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden' && isUnsaved) save()
    })
    // Only what could not be saved is worth a question.
    addEventListener('beforeunload', (event) => {
      if (isUnsaved && status.classList.contains('q-sending--wrong') && !isNative) event.preventDefault()
    })
  }
}
