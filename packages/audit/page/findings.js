// @ts-check
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// Filters the findings, which stand in the page already. The matrix asks for those of an object by the event `show-findings`.

const form = /** @type {HTMLFormElement} */ (document.getElementById('findings-filter'))
const search = /** @type {HTMLInputElement} */ (document.getElementById('findings-search'))
const count = /** @type {HTMLElement} */ (document.getElementById('findings-count'))
const groups = [...document.querySelectorAll('#findings .group')].map((element) => {
  const group = /** @type {HTMLDetailsElement} */ (element)
  const title = group.querySelector('summary')?.textContent ?? ''
  const items = [...group.querySelectorAll('.finding')].map((item) => ({
    item: /** @type {HTMLElement} */ (item),
    text: `${title} ${item.textContent}`.toLowerCase(),
  }))
  return { group, items, wasOpen: group.open }
})
const said = count.textContent

form.addEventListener('submit', (event) => event.preventDefault())
form.addEventListener('input', filter)
document.addEventListener('show-findings', (event) => {
  search.value = /** @type {CustomEvent<string>} */ (event).detail
  filter()
  document.getElementById('findings')?.scrollIntoView({ block: 'start' })
  search.focus()
})
for (const button of document.querySelectorAll('.copy')) {
  button.addEventListener('click', () => copy(/** @type {HTMLButtonElement} */ (button)))
}

function filter() {
  const chosen = new Set(new FormData(form).getAll('severity'))
  const wanted = search.value.trim().toLowerCase()
  let shown = 0
  for (const { group, items, wasOpen } of groups) {
    let found = 0
    const isChosen = chosen.has(group.dataset.severity ?? '')
    for (const { item, text } of items) {
      const isShown = isChosen && text.includes(wanted)
      item.hidden = !isShown
      if (isShown) found += 1
    }
    group.hidden = found === 0
    group.open = wanted === '' ? wasOpen : found > 0
    shown += found
  }
  const all = groups.reduce((sum, { items }) => sum + items.length, 0)
  count.textContent = shown === all ? said : `${shown} of ${all} findings.`
}

/** @param {HTMLButtonElement} button */
async function copy(button) {
  const code = button.previousElementSibling
  if (code === null) return
  try {
    await navigator.clipboard.writeText(code.textContent ?? '')
    button.textContent = 'Copied'
  } catch {
    // not allowed for a file: select it, so that it can be copied by hand
    getSelection()?.selectAllChildren(code)
    button.textContent = 'Selected'
  }
}
