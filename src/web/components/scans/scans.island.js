// A chosen or dropped scan goes to the case at once, while the form is still being filled: with progress, at most two at a time, again by
// itself when the network is back. The same bytes are one file in the case, so sending them twice does no harm.
const sending = { now: 0, waiting: [] }
const next = () => {
  if (sending.now === 2 || sending.waiting.length === 0) return
  sending.now++
  sending.waiting.shift()()
}
const turn = () =>
  new Promise((resolve) => {
    sending.waiting.push(resolve)
    next()
  })
const forms = new Map()

for (const box of document.querySelectorAll('[data-island="scans"]')) {
  const part = (selector) => box.querySelector(selector)
  const [input, file, state, told, bar] = ['input[type="file"]', '[data-scan-file]', '[data-scan-state]', '.q-scan__told', 'progress'].map(
    part,
  )
  const [remove, again, cancel] = ['[data-scan-remove]', '[data-scan-again]', '[data-scan-cancel]'].map(part)
  const words = part('[data-scan-choose]')
  const form = input.form
  const busy = forms.get(form) ?? { count: 0, submitter: undefined, held: false }
  forms.set(form, busy)
  let request
  let chosen
  let retry

  const say = (text, wrong) => {
    told.textContent = text
    told.classList.toggle('govuk-error-message', wrong === true)
    box.classList.toggle('q-scan--error', wrong === true)
  }
  const show = ({ busy: isBusy = false, waiting = false }) => {
    bar.hidden = !isBusy || waiting
    again.hidden = !waiting
    cancel.hidden = !isBusy && !waiting
    remove.hidden = isBusy || waiting || file.value === ''
    state.hidden = file.value === ''
    words.textContent = file.value === '' ? words.dataset.choose : words.dataset.replace
  }
  const others = () => [...form.querySelectorAll('[data-scan-file]')].some((one) => one !== file && one.value === file.value)
  const hold = (value) => {
    file.value = value
    file.dispatchEvent(new Event('input', { bubbles: true }))
  }
  const fieldOf = (name) => form.elements.namedItem(name)

  const send = async () => {
    clearTimeout(retry)
    busy.count++
    show({ busy: true })
    await turn()
    const answer = await new Promise((resolve) => {
      const body = new FormData()
      body.set('_csrf', fieldOf('_csrf').value)
      if (file.value !== '' && !others()) body.set('replaces', file.value)
      body.set('scan', chosen)
      request = new XMLHttpRequest()
      request.responseType = 'json'
      request.upload.addEventListener('progress', ({ loaded, total }) => {
        bar.value = Math.round((100 * loaded) / total)
        say(box.dataset.uploading.replace('%%', String(bar.value)))
      })
      request.addEventListener('load', () => resolve({ status: request.status, json: request.response }))
      for (const event of ['error', 'timeout']) request.addEventListener(event, () => resolve({ status: 0 }))
      request.addEventListener('abort', () => resolve(undefined))
      request.timeout = 300_000
      request.open('POST', box.dataset.address)
      request.setRequestHeader('accept', 'application/json')
      request.send(body)
    })
    sending.now--
    busy.count--
    next()
    finish(answer)
  }

  const finish = (answer) => {
    if (answer === undefined) {
      chosen = undefined
      say('')
      show({})
    } else if (answer.status === 0 || answer.status >= 500) {
      say(box.dataset.waiting, true)
      show({ waiting: true })
      retry = setTimeout(send, 3000)
    } else if (answer.status === 201 && answer.json) {
      keep(answer.json)
    } else {
      chosen = answer.json?.error ? undefined : chosen
      say(answer.json?.error ?? box.dataset.notSent, true)
      show({})
      again.hidden = chosen === undefined
    }
    // The button under the form was pressed while scans were on their way.
    if (busy.count === 0 && busy.held) {
      busy.held = false
      if (answer?.status === 201) form.requestSubmit(busy.submitter)
    }
  }

  const keep = (scan) => {
    chosen = undefined
    hold(scan.sha256)
    const ticked = fieldOf(file.name.replace(/\.file$/, '.in'))
    if (ticked && !ticked.checked) {
      ticked.checked = true
      ticked.dispatchEvent(new Event('change', { bubbles: true }))
    }
    const link = document.createElement('a')
    Object.assign(link, { className: 'govuk-link', href: scan.href, target: '_blank', rel: 'noopener', textContent: scan.open })
    const facts = document.createElement('span')
    Object.assign(facts, { className: 'q-scan__facts', textContent: ` ${scan.facts}` })
    state.replaceChildren(link, facts)
    say(box.dataset.attached)
    show({})
  }

  const take = (files) => {
    const [one] = files
    input.value = ''
    if (files.length > 1) return say(box.dataset.one, true)
    if (one === undefined) return
    request?.abort()
    chosen = one
    if (one.size > Number(box.dataset.most)) {
      chosen = undefined
      return say(box.dataset.tooLarge, true)
    }
    bar.value = 0
    send()
  }

  part('[data-scan-drop]').hidden = false
  input.addEventListener('change', () => take([...input.files]))
  again.addEventListener('click', send)
  cancel.addEventListener('click', () => {
    clearTimeout(retry)
    if (request?.readyState !== 4) request?.abort()
    chosen = undefined
    say('')
    show({})
  })
  remove.addEventListener('click', async (event) => {
    event.preventDefault()
    const sha256 = file.value
    const only = !others()
    hold('')
    state.replaceChildren()
    say(box.dataset.removed)
    show({})
    input.focus()
    if (!only) return
    const body = new URLSearchParams({ _csrf: fieldOf('_csrf').value, remove: sha256 })
    // Not reached: the scan stays in the case unnamed, and nobody is shown it.
    fetch(box.dataset.address, { method: 'POST', body, headers: { accept: 'application/json' } }).catch(() => undefined)
  })
  addEventListener('online', () => {
    if (!again.hidden && chosen) send()
  })
  box.addEventListener('dragover', (event) => {
    event.preventDefault()
    box.classList.add('q-scan--over')
  })
  box.addEventListener('dragleave', () => box.classList.remove('q-scan--over'))
  box.addEventListener('drop', (event) => {
    event.preventDefault()
    event.stopPropagation()
    box.classList.remove('q-scan--over')
    take([...event.dataTransfer.files])
  })
}

for (const [form, busy] of forms) {
  for (const button of form.querySelectorAll('[data-scans-attach]')) button.hidden = true
  // A file dropped beside its place would open instead of the form.
  for (const event of ['dragover', 'drop']) form.addEventListener(event, (happened) => happened.preventDefault())
  form.addEventListener(
    'submit',
    (event) => {
      if (busy.count === 0) return
      event.preventDefault()
      event.stopImmediatePropagation()
      Object.assign(busy, { held: true, submitter: event.submitter ?? undefined })
    },
    true,
  )
}
