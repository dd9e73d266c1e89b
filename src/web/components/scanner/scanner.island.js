// A scanner is a keyboard that types faster than hands. What it sends is read by the place of its keys, so it is right under any layout: on the
// Kazakh one the digit row writes letters. A number of ours, or the address in the code of a receipt, opens the case from anywhere on the page.
const pace = 40 // ms from key to key on average: scanners take 1 to 20, the quickest hands 60
const longestGap = 100 // a busy machine may be late with one key
const least = 6
const shifted = { 1: '!', 2: '@', 3: '#', 4: '$', 5: '%', 6: '^', 7: '&', 8: '*', 9: '(', 0: ')' }
const signs = {
  ...{ Minus: '-_', Equal: '=+', Slash: '/?', Period: '.>', Comma: ',<', Semicolon: ';:', Quote: '\'"', Backquote: '`~' },
  ...{
    BracketLeft: '[{',
    BracketRight: ']}',
    Backslash: '\\|',
    NumpadSubtract: '--',
    NumpadDivide: '//',
    NumpadDecimal: '..',
    Space: '  ',
  },
}
const wholeNumber = /(?<!\d)\d{3,}-\d{6}-\d{5}-\d(?!\d)/
const address = 'https://'
/** Codes of ours begin with digits or with an address; every other key is somebody's. */
const mayBeOurs = (text) => /^\d[\d-]*$/.test(text) || address.startsWith(text) || /^https?:/.test(text)

/** The sign that this place of the keyboard has where scanners are made. */
const signOf = ({ code, shiftKey: shift }) => {
  const [, letter, digit, pad] = /^(?:Key([A-Z])|Digit(\d)|Numpad(\d))$/.exec(code) ?? []
  if (letter) return shift ? letter : letter.toLowerCase()
  if (digit) return shift ? shifted[digit] : digit
  return pad ?? signs[code]?.[shift ? 1 : 0] ?? ''
}
const isEnd = (code) => code === 'Enter' || code === 'NumpadEnter' || code === 'Tab'
const isText = (at) => at?.localName === 'textarea' || (at?.localName === 'input' && typeof at.selectionStart === 'number')
const scanForm = () => document.querySelector('form[data-scan]')

let scan = null
let pause
/** What stood there before the first sign: it is put back when the rest turns out to be ours. */
const begin = (sign, at, now) => {
  const group = at?.closest?.('[data-keys="choice"]')
  const boxes = group ? [...group.querySelectorAll('input')].map((box) => [box, box.checked]) : []
  const text = isText(at) ? { value: at.value, from: at.selectionStart, to: at.selectionEnd } : null
  scan = { text: sign, at, began: now, now, before: text, boxes }
}
/** Faster than hands. */
const isScan = ({ text, began, now }) => now - began < pace * (text.length - 1)
const putBack = ({ at, before, boxes }) => {
  for (const [box, checked] of boxes) box.checked = checked
  if (!before) return
  at.value = before.value
  at.setSelectionRange(before.from, before.to)
  at.dispatchEvent(new Event('input', { bubbles: true }))
}
/** Under another layout the field got other signs than the scanner sent. */
const mend = ({ text, at, before }) => {
  const meant = `${before.value.slice(0, before.from)}${text}${before.value.slice(before.to)}`
  if (at.value === meant) return
  at.value = at.maxLength > 0 ? meant.slice(0, at.maxLength) : meant
  at.dispatchEvent(new Event('input', { bubbles: true }))
}
const isChanged = (field) =>
  field.type === 'checkbox' || field.type === 'radio'
    ? field.checked !== field.defaultChecked
    : field.value !== (field.defaultValue ?? field.value)
const isBegun = (form) => form.method === 'post' && !form.dataset.scan && [...form.elements].some((one) => one.name && isChanged(one))

const open = (form, text) => {
  const field = form.elements.namedItem('q')
  // What somebody has begun to fill stays: the case comes beside it.
  form.target = [...document.forms].some(isBegun) ? '_blank' : ''
  field.value = text
  const told = document.createElement('p')
  told.className = 'govuk-visually-hidden'
  told.setAttribute('role', 'status')
  document.body.append(told)
  told.textContent = form.dataset.scan
  form.requestSubmit()
  if (form.target === '_blank') field.value = ''
}
/** True when the scan was ours and is dealt with. */
const finish = () => {
  clearTimeout(pause)
  const done = scan
  scan = null
  const form = scanForm()
  if (!done || done.text.length < least || !isScan(done)) return false
  const ours = wholeNumber.exec(done.text)?.[0] ?? (!done.before && /^\d{12}$/.test(done.text) ? done.text : undefined)
  if (ours && form) {
    putBack(done)
    open(form, ours)
    return true
  }
  if (done.before && /^\d[\d-]*$/.test(done.text)) mend(done)
  return false
}

addEventListener(
  'keydown',
  (event) => {
    const now = event.timeStamp
    const isFast = scan !== null && now - scan.now < longestGap && scan.at === document.activeElement
    if (/^(?:Shift|CapsLock|NumLock)/.test(event.code)) return
    if (event.ctrlKey || event.metaKey || event.altKey) {
      // Control characters of a scanner; a browser would open its downloads at one of them.
      if (isFast && scan.text.length > 3 && isScan(scan)) event.preventDefault()
      return
    }
    if (isEnd(event.code)) {
      if (now - (scan?.now ?? 0) < longestGap && finish()) {
        event.preventDefault()
        event.stopImmediatePropagation()
      }
      scan = null
      return
    }
    const sign = signOf(event)
    if (sign === '' || event.repeat) {
      scan = null
      return
    }
    if (isFast && (scan.before || mayBeOurs(scan.text + sign))) {
      scan.text += sign
      scan.now = now
    } else begin(sign, document.activeElement, now)
    // The keys of the page must not answer to what a scanner types.
    if (!scan.before && scan.text.length > 3 && isScan(scan)) {
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    clearTimeout(pause)
    // Some scanners send no Enter.
    if (wholeNumber.test(scan.text)) pause = setTimeout(finish, 1.5 * longestGap)
  },
  true,
)
