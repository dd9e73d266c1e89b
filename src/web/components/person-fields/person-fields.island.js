// Fields read from an identity card: they say at once what they mean, and the cursor goes on when a number is whole. Nothing is sent anywhere.
const goOn = (id) => {
  const field = document.getElementById(id)
  if (!field) return
  field.focus()
  field.select?.()
  // Whoever presses Tab out of habit at that instant has not asked for the field after it.
  const until = performance.now() + 400
  const swallow = (event) => {
    if (event.key === 'Tab' && !event.shiftKey && performance.now() < until) event.preventDefault()
  }
  field.addEventListener('keydown', swallow, { once: true })
}

// Decree 565 of 11.06.2003: the last digit checks the others, the seventh tells century and sex.
const weights = [
  [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2],
]
const checkDigit = (digits) => {
  for (const row of weights) {
    const rest = row.reduce((sum, weight, i) => sum + weight * Number(digits[i]), 0) % 11
    if (rest < 10) return rest
  }
  return null
}
/** Null where the number tells no century, undefined where there is no such day. */
const bornOf = (digits) => {
  const kind = Number(digits[6])
  if (kind === 0) return null
  const [year, month, day] = [0, 2, 4].map((at) => Number(digits.slice(at, at + 2)))
  const whole = 1800 + 100 * Math.floor((kind - 1) / 2) + year
  const date = new Date(Date.UTC(whole, month - 1, day))
  const exists = kind <= 6 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return exists ? `${digits.slice(4, 6)}.${digits.slice(2, 4)}.${whole}` : undefined
}
const plain = (field) => field.value.replaceAll(/[\s-]/g, '')

for (const place of document.querySelectorAll('[data-island="iin-facts"]')) {
  const field = document.getElementById(place.dataset.field)
  if (!field) continue
  const { unknown, wrong, date, male, female, next } = place.dataset
  const tell = () => {
    const digits = plain(field)
    const isWhole = /^\d{12}$/.test(digits)
    const born = isWhole ? bornOf(digits) : null
    const isRight = isWhole && checkDigit(digits) === Number(digits[11]) && born !== undefined
    place.classList.toggle('q-read--said', isWhole)
    place.classList.toggle('q-read--wrong', isWhole && !isRight)
    if (!isWhole) place.textContent = place.dataset.hint
    else if (!isRight) place.textContent = born === undefined ? date : wrong
    else place.textContent = born === null ? unknown : (Number(digits[6]) % 2 === 1 ? male : female).replace('%', born)
    return isRight
  }
  let before = field.value.length
  field.addEventListener('input', () => {
    const grew = field.value.length > before
    before = field.value.length
    if (tell() && grew && next) goOn(next)
  })
  // A scanner ends the number with Enter: that is no wish to send the form.
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.ctrlKey || !next) return
    event.preventDefault()
    goOn(next)
  })
}

for (const field of document.querySelectorAll('[data-digits]')) {
  let before = field.value.length
  field.addEventListener('input', () => {
    const grew = field.value.length > before
    before = field.value.length
    if (grew && /^\d+$/.test(plain(field)) && plain(field).length === Number(field.dataset.digits)) goOn(field.dataset.next)
  })
}

for (const place of document.querySelectorAll('[data-island="until-facts"]')) {
  const field = document.getElementById(place.dataset.field)
  // Six digits are a whole day unless the last two may begin a year of four: "311229" is, "311220" may go on.
  let before = field?.value.length ?? 0
  field?.addEventListener('input', () => {
    const grew = field.value.length > before
    before = field.value.length
    const digits = plain(field)
    if (grew && place.dataset.next && (/^\d{8}$/.test(digits) || /^\d{4}(?!19|20)\d{2}$/.test(digits))) goOn(place.dataset.next)
  })
  field?.addEventListener('change', () => {
    const [, day, month, year] = /^(\d{1,2})[./-]?(\d{1,2})[./-]?(\d{4}|\d{2})$/.exec(field.value.trim()) ?? []
    const typed = day === undefined ? '' : `${year.padStart(4, '20')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
    const isOver = typed !== '' && typed < place.dataset.today
    place.classList.toggle('q-read--said', isOver)
    place.classList.toggle('q-read--wrong', isOver)
    place.textContent = isOver ? place.dataset.over : place.dataset.hint
  })
}

for (const field of document.querySelectorAll('[data-spread]')) {
  const [name, patronymic] = ['name', 'patronymic'].map((part) => document.getElementById(`${field.dataset.spread}.${part}`))
  const spread = () => {
    const [first, second, ...rest] = field.value.trim().split(/\s+/)
    if (second === undefined || name?.value.trim() || patronymic?.value.trim()) return false
    field.value = first
    name.value = second
    patronymic.value = rest.join(' ')
    for (const one of [field, name, patronymic]) one.dispatchEvent(new Event('input', { bubbles: true }))
    return true
  }
  field.addEventListener('change', spread)
  // The cursor goes on to what is not typed yet.
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Tab' || event.shiftKey || !spread()) return
    event.preventDefault()
    document.getElementById(field.dataset.next)?.focus()
  })
}
