// Shows the "show" button, which without script would do nothing, and lets it uncover the password.
for (const group of document.querySelectorAll('[data-module="govuk-password-input"]')) {
  const field = group.querySelector('input')
  const button = group.querySelector('button')
  const words = {
    show: [button.textContent.trim(), button.getAttribute('aria-label')],
    hide: [group.dataset['i18n.hidePassword'] ?? 'Hide', group.dataset['i18n.hidePasswordAriaLabel'] ?? 'Hide password'],
  }
  const set = (type) => {
    field.type = type
    const [text, label] = type === 'password' ? words.show : words.hide
    button.textContent = text
    button.setAttribute('aria-label', label)
  }
  button.hidden = false
  button.addEventListener('click', () => set(field.type === 'password' ? 'text' : 'password'))
  // A form must never carry an uncovered password into the browser's memory of text fields.
  field.form?.addEventListener('submit', () => set('password'))
}
