// @ts-check
/// <reference lib="dom" />
// Colors as the system has them, light or dark. The choice is kept where the browser allows it.

const root = document.documentElement
const button = /** @type {HTMLButtonElement} */ (document.getElementById('theme'))
const choices = [
  ['', 'as the system'],
  ['light', 'light'],
  ['dark', 'dark'],
]
const key = 'rolecast-colors'

root.classList.add('scripted')
show(stored())
button.addEventListener('click', () => {
  const next = (choices.findIndex(([value]) => value === (root.dataset.theme ?? '')) + 1) % choices.length
  const value = choices[next]?.[0] ?? ''
  show(value)
  try {
    localStorage.setItem(key, value)
  } catch {
    // a file opened without storage: the choice holds until the page is closed
  }
})

/** @param {string} value */
function show(value) {
  const [known = '', words = ''] = choices.find(([choice]) => choice === value) ?? choices[0] ?? []
  if (known === '') delete root.dataset.theme
  else root.dataset.theme = known
  button.textContent = `Colors: ${words}`
}

function stored() {
  try {
    return localStorage.getItem(key) ?? ''
  } catch {
    return '' // no storage for this file
  }
}
