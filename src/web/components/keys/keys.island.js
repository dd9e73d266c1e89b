// Keys of the office. A key is the place on the keyboard (`code`), so Kazakh, Russian and Latin layouts behave alike.
// What a browser or a screen reader listens to stays theirs: Ctrl, Meta and Alt with a key that the page does not name.
const letters = document.documentElement.dataset.letters !== 'off'
const free = 'checkbox radio button submit reset image file range color'.split(' ')
const marks = { Slash: '/', Enter: 'enter', NumpadEnter: 'enter', Escape: 'escape', ArrowDown: 'down', ArrowUp: 'up' }

/** "n", "1", "/", "?", "down"; a sign that another layout writes elsewhere counts as well. */
const nameOf = ({ code, key, shiftKey }) => {
  const [, plain] = /^(?:Key|Digit|Numpad)([A-Z]|\d)$/.exec(code) ?? []
  if (key === '?' || (code === 'Slash' && shiftKey)) return '?'
  if (key === '/') return '/'
  return plain?.toLowerCase() ?? marks[code] ?? ''
}
const isTyping = (at) =>
  at?.isContentEditable || at?.matches?.('textarea, select') || (at?.localName === 'input' && !free.includes(at.type)) || false
const scope = () => [...document.querySelectorAll('dialog[open]')].at(-1) ?? document
const canBeSeen = (one) => (one.checkVisibility?.() ?? one.offsetParent !== null) && !one.disabled

/** The first of the page that can be reached. */
const named = (name) => [...scope().querySelectorAll('[data-key]')].find((one) => one.dataset.key.toLowerCase() === name && canBeSeen(one))
const press = (one) => {
  one.focus()
  if (isTyping(one)) one.select?.()
  else one.click()
}

// — lists —
const rowsOf = (list) => [...list.querySelectorAll('[data-keys-row]')].filter(canBeSeen)
const rowOf = (at) => at?.closest?.('[data-keys-row]') ?? null
const boxOf = (row) => row?.querySelector('input[type="checkbox"]:not(:disabled)') ?? null
const linkOf = (row) => row?.querySelector('a[href]') ?? null
let anchor = null
const listHere = () => {
  const here = document.activeElement?.closest('[data-keys="list"]')
  return here ?? [...scope().querySelectorAll('[data-keys="list"]')].find((list) => rowsOf(list).length > 0) ?? null
}
const stand = (row) => {
  const target = linkOf(row) ?? boxOf(row) ?? row
  if (target === row) row.tabIndex = -1
  target.focus({ preventScroll: true })
  row.scrollIntoView({ block: 'nearest' })
}
const move = (list, by) => {
  const rows = rowsOf(list)
  const now = rows.indexOf(rowOf(document.activeElement) ?? list.querySelector('.q-row--current'))
  const next = rows[now < 0 ? (by > 0 ? 0 : rows.length - 1) : now + by]
  if (next) stand(next)
}
/** A click, so that whoever counts what is chosen hears of it. */
const setBox = (box, on) => {
  if (box && box.checked !== on) box.click()
}
const choose = (list, toHere) => {
  const rows = rowsOf(list)
  const row = rowOf(document.activeElement) ?? list.querySelector('.q-row--current')
  const box = boxOf(row)
  if (!box) return false
  const from = rows.indexOf(anchor)
  if (toHere && from >= 0) {
    const [low, high] = [from, rows.indexOf(row)].sort((a, b) => a - b)
    const on = boxOf(anchor)?.checked ?? true
    for (const one of rows.slice(low, high + 1)) setBox(boxOf(one), on)
  } else {
    setBox(box, !box.checked)
    anchor = row
  }
  return true
}
const chooseAll = (list) => {
  const boxes = rowsOf(list).map(boxOf).filter(Boolean)
  const on = boxes.some((box) => !box.checked)
  for (const box of boxes) setBox(box, on)
  return boxes.length > 0
}
const open = () => {
  // Enter on a check box would send the form around the list.
  const row = rowOf(document.activeElement)
  if (document.activeElement?.type !== 'checkbox' || !linkOf(row)) return false
  linkOf(row).click()
  return true
}
const inList = (name, shift, plain) => {
  const list = listHere()
  const loose = [document.body, null].includes(document.activeElement) || list?.contains(document.activeElement)
  if (!list) return false
  if (name === 'enter') return open()
  const arrow = { down: 1, up: -1 }[name]
  if (arrow && !loose) return false
  const by = arrow ?? (plain ? { j: 1, k: -1 }[name] : undefined)
  if (by) {
    move(list, by)
    return true
  }
  if (!plain) return false
  return name === 'x' ? choose(list, shift) : name === 'a' ? chooseAll(list) : false
}

// — choices, forms, back —
const inChoice = (name) => {
  const group = document.activeElement?.closest('[data-keys="choice"]')
  if (!group || !/^[1-9]$/.test(name)) return false
  const fields = [...group.querySelectorAll('input[type="radio"], input[type="checkbox"]')]
  const field = fields.filter((one) => one.closest('[data-keys="choice"]') === group && canBeSeen(one))[Number(name) - 1]
  if (field) press(field)
  return field !== undefined
}
const send = () => {
  const form = document.activeElement?.form ?? document.activeElement?.closest?.('form')
  if (!form) return false
  const button = [...form.elements].find((one) => (one.type === 'submit' || one.type === 'image') && !one.disabled)
  if (button) button.click()
  else form.requestSubmit()
  return true
}
const isChanged = (field) => {
  if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked
  if (field.localName === 'select') return [...field.options].some((one) => one.selected !== one.defaultSelected && one.defaultSelected)
  return ['input', 'textarea'].includes(field.localName) && field.type !== 'hidden' && field.value !== field.defaultValue
}
const goBack = () => {
  if (document.querySelector('dialog[open]') || document.fullscreenElement) return false
  if (isTyping(document.activeElement)) {
    if (document.activeElement.type !== 'search' || document.activeElement.value === '') document.activeElement.blur()
    return false
  }
  const back = document.querySelector('[data-key-back], .govuk-back-link')
  if (!back) return false
  // What was typed is not thrown away by one key: the link waits for Enter.
  const changed = [...document.querySelectorAll('main form[method="post"]')].some((form) => [...form.elements].some(isChanged))
  if (changed && document.activeElement !== back) back.focus()
  else back.click()
  return true
}
const single = (name, shift) => {
  if (inChoice(name) || inList(name, shift, true)) return true
  const target = shift ? undefined : named(name)
  if (target) press(target)
  return target !== undefined
}

const answer = (event) => {
  const name = nameOf(event)
  const { altKey: alt, ctrlKey: control, metaKey: meta, shiftKey: shift } = event
  if (name === '' || event.getModifierState('AltGraph')) return false
  if (control || meta) return name === 'enter' && !alt && !event.repeat && send()
  if (name === 'escape') return !alt && !shift && goBack()
  const moves = name === 'down' || name === 'up' || name === 'j' || name === 'k'
  if (event.repeat && !moves) return false
  const plainSign = name === '?' ? false : shift
  if (alt) return name.length === 1 && single(name, plainSign)
  if (isTyping(document.activeElement)) return false
  if (name.length > 1) return !shift && inList(name, false, false)
  return letters && single(name, plainSign)
}
document.addEventListener('keydown', (event) => {
  if (!event.defaultPrevented && !event.isComposing && answer(event)) event.preventDefault()
})
document.addEventListener('focusin', ({ target }) => {
  const row = rowOf(target)
  const list = target.closest?.('[data-keys="list"]')
  if (!row || !list) return
  for (const one of list.querySelectorAll('.q-row--current')) if (one !== row) one.classList.remove('q-row--current')
  row.classList.add('q-row--current')
})
// Said only where it is true: with script.
for (const one of document.querySelectorAll('[data-key]')) {
  const name = one.dataset.key.toUpperCase()
  one.setAttribute('aria-keyshortcuts', letters ? `${name} Alt+${name}` : `Alt+${name}`)
}
