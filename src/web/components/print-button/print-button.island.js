// The button is made here: without script it would do nothing, and the browser's own menu prints as well.
for (const place of document.querySelectorAll('[data-print]')) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'govuk-button govuk-button--secondary'
  button.textContent = place.dataset.print
  button.addEventListener('click', () => window.print())
  place.append(button)
}
