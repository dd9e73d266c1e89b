// A chosen reason writes its words where they can be changed; what somebody typed themselves stays.
for (const picker of document.querySelectorAll('[data-reason-picker]')) {
  const words = picker.querySelector('textarea')
  const usual = [...picker.querySelectorAll('[data-words]')].map((one) => one.textContent)
  picker.addEventListener('change', ({ target }) => {
    if (target.type !== 'radio' || !['', ...usual].includes(words.value.trim())) return
    words.value = target.closest('.govuk-radios__item').querySelector('[data-words]').textContent
  })
}
