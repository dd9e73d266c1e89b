// The checklist of an examination. Without it the same buttons post the form and the server draws it anew.
// The focus goes on only after a digit: whoever uses arrows or a pointer stays where they are.
let byDigit = false
addEventListener('keydown', ({ code }) => (byDigit = /^(Digit|Numpad)[1-9]$/.test(code)), true)
addEventListener('pointerdown', () => (byDigit = false), true)

const languages = ['kk', 'ru']

for (const list of document.querySelectorAll('[data-examination]')) {
  const { examination: name, language } = list.dataset
  const words = JSON.parse(list.dataset.words)
  const form = list.closest('form')
  const items = [...list.querySelectorAll('[data-examined]')]
  const field = (item, part) => form.elements[`${name}.${item.dataset.examined}.${part}`]
  const typedIn = (item, part) => {
    const one = field(item, part)
    // A list of one radio button is the button itself, whose value says nothing of whether it is chosen.
    return one?.type === 'radio' && !one.checked ? '' : (one?.value ?? '')
  }
  const isBad = (item) => field(item, 'ok') === undefined || typedIn(item, 'ok') === 'no'
  const live = () => items.filter((item) => !item.hidden)
  const texts = (part) => Object.values(words).flatMap((reason) => languages.map((one) => reason[part]?.[one]))

  const fill = (item) => {
    const reason = words[typedIn(item, 'reason')]
    for (const part of ['fact', 'remedy']) {
      const box = field(item, part)
      const typed = box?.value.trim()
      if (!box || !reason || (typed !== '' && !texts(part).includes(typed))) continue
      box.value = reason[part]?.[language] ?? ''
    }
  }
  const onward = (item) => {
    const after = live().slice(live().indexOf(item) + 1)
    const next = after.find((one) => field(one, 'ok') && typedIn(one, 'ok') === '')
    const first = next?.querySelector('[data-finding] input') ?? form.querySelector('[data-decide]')
    first?.focus()
    first?.scrollIntoView({ block: 'nearest' })
  }

  // — the paper beside —
  const printedIn = (text, part, typed) => {
    const known = Object.values(words).find((reason) => languages.some((one) => reason[part]?.[one] === typed))
    return typed === '' ? '' : (known?.[part][text] ?? typed)
  }
  const findingOf = (item, text) => {
    const reason = words[typedIn(item, 'reason')]
    if (!reason) return null
    return {
      ground: reason.ground[text],
      clause: reason.clause[text],
      document: item.dataset[text === 'kk' ? 'titleKk' : 'titleRu'],
      fact: printedIn(text, 'fact', typedIn(item, 'fact').trim()),
      // A step that only finds has no field for the remedy: the next one takes the reason's.
      remedy: field(item, 'remedy') ? printedIn(text, 'remedy', typedIn(item, 'remedy').trim()) : reason.remedy[text],
    }
  }
  const furtherOf = (row, text) => {
    const at = (part) => form.elements[`refusal.${row}.${part}`]
    const reason = words[`own.${at('ground')?.value}`]
    if (!reason) return null
    const document = items.find((item) => item.dataset.examined === at('document').value)
    const typed = at('remedy').value.trim()
    return {
      ground: reason.ground[text],
      clause: reason.clause[text],
      document:
        document?.dataset[text === 'kk' ? 'titleKk' : 'titleRu'] ?? (at('document').value && at('document').selectedOptions[0].text),
      fact: printedIn(text, 'fact', at('fact').value.trim()),
      remedy: typed === '' ? reason.remedy[text] : printedIn(text, 'remedy', typed),
    }
  }
  const draw = (paper, kind, bad) => {
    const text = paper.lang
    for (const part of paper.querySelectorAll('[data-kind]')) part.hidden = part.dataset.kind !== kind
    const place = paper.querySelector('[data-findings]')
    const model = paper.querySelector('template')
    if (!place || !model) return
    const rows = Array.from({ length: Number(form.elements['refusal.rows']?.value ?? 0) }, (_, row) => furtherOf(row, text))
    const found = [...bad.map((item) => findingOf(item, text)), ...rows].filter(Boolean)
    const drawn = found.map((finding, index) => {
      const one = model.content.cloneNode(true)
      for (const slot of one.querySelectorAll('[data-slot]')) {
        const value = finding[slot.dataset.slot]
        slot.textContent = slot.dataset.slot === 'heading' ? slot.textContent.replace('{n}', index + 1) : value || slot.dataset.lacking
        slot.classList.toggle('q-answer__lacks', value === '')
        if (slot.dataset.slot === 'document' && !value) slot.parentElement.remove()
      }
      return one
    })
    place.replaceChildren(...drawn)
  }
  const sayOpen = (open, unreasoned) => {
    for (const place of document.querySelectorAll('[data-standing]')) {
      const { left, lacks, whole } = place.dataset
      const shown = place.querySelector('[data-count]')
      const count = open + unreasoned
      place.classList.toggle('q-standing--whole', count === 0)
      shown.textContent =
        count === 0 ? whole : [open && `${left} ${open}`, unreasoned && `${lacks} ${unreasoned}`].filter(Boolean).join('. ')
    }
  }
  const redraw = () => {
    const bad = live().filter(isBad)
    const open = live().filter((item) => !isBad(item) && typedIn(item, 'ok') === '')
    const kind = bad.length > 0 ? 'refusal' : open.length > 0 || live().length === 0 ? 'open' : 'result'
    for (const paper of document.querySelectorAll('[data-answer]')) draw(paper, kind, bad)
    sayOpen(open.length, bad.filter((item) => !words[typedIn(item, 'reason')]).length)
  }

  // — what is handed in by the same form —
  for (const item of items) {
    const box = form.elements[item.dataset.handedInBy]
    if (!box) continue
    const follow = () => {
      item.hidden = !box.checked && typedIn(item, 'reason') === ''
      redraw()
    }
    box.addEventListener('change', follow)
    follow()
  }

  list.addEventListener('click', ({ target }) => {
    const item = target.closest?.('[data-examined]')
    if (!item || target.type !== 'radio') return
    if (target.closest('[data-reason]')) {
      fill(item)
      redraw()
      if (!byDigit) return
      if (typedIn(item, 'fact').trim() === '') field(item, 'fact').focus()
      else onward(item)
      return
    }
    redraw()
    if (!byDigit) return
    if (target.value === 'yes') onward(item)
    else item.querySelector('[data-reason] input')?.focus()
  })
  form.addEventListener('input', ({ target }) => target.matches('textarea, select') && redraw())

  // — all at once, and back —
  const undo = list.querySelector('[name="_all"][value="undo"]')
  const set = form.elements._allSet
  const atOnce = (event, change) => {
    event.preventDefault()
    change()
    redraw()
  }
  list.querySelector('[name="_all"][value="conform"]')?.addEventListener('click', (event) =>
    atOnce(event, () => {
      const open = live().filter((item) => field(item, 'ok') && typedIn(item, 'ok') === '')
      for (const item of open) field(item, 'ok').value = 'yes'
      set.value = open.map((item) => item.dataset.examined).join(' ')
      undo.hidden = open.length === 0
      form.querySelector('[data-decide]')?.focus()
    }),
  )
  undo?.addEventListener('click', (event) =>
    atOnce(event, () => {
      for (const item of items.filter((one) => set.value.split(' ').includes(one.dataset.examined)))
        for (const radio of field(item, 'ok')) radio.checked = false
      set.value = ''
      undo.hidden = true
      live()
        .find((item) => field(item, 'ok') && typedIn(item, 'ok') === '')
        ?.querySelector('[data-finding] input')
        ?.focus()
    }),
  )
  redraw()
}
