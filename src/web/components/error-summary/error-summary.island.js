// A refused form starts with what is wrong: focus goes there, so that a screen reader says it and Tab leads to the first link.
for (const summary of document.querySelectorAll('[data-module="govuk-error-summary"]')) {
  if (summary.dataset.disableAutoFocus === 'true') continue
  summary.tabIndex = -1
  summary.focus()
}
