// @ts-check
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// Draws the matrix of relations and roles from the page's data. All text goes in as text, never as markup. Rows are made when
// they come into view, so that a thousand tables open at once.

/**
 * @typedef {0 | 1 | [number[], ...(1 | number[])[]]} Cell
 * @typedef {{ name: string, permissive: boolean, command: string, roles: number[], to: string, using: string | null, check: string | null }} Policy
 * @typedef {{ name: string, kind: string, owner: string, rowSecurity: 'off' | 'on' | 'forced' | null, columns: string[], policies: Policy[], cells: Cell[], findings: number }} Row
 */

const verbs = ['select', 'insert', 'update', 'delete']
const reaches = ['not allowed', 'no row', 'the rows that policies or code allow', 'every row']
const chunk = 60

/** @template {HTMLElement} E @param {string} id */
const byId = (id) => /** @type {E} */ (document.getElementById(id))
/** @type {{ roles: string[], rows: Row[] }} */
const { roles, rows } = JSON.parse(byId('data').textContent ?? '')
const table = /** @type {HTMLTableElement} */ (byId('cells'))
const head = /** @type {HTMLTableSectionElement} */ (table.tHead)
const body = /** @type {HTMLTableSectionElement} */ (table.tBodies[0])
const search = /** @type {HTMLInputElement} */ (byId('matrix-search'))
const show = /** @type {HTMLSelectElement} */ (byId('matrix-show'))
const only = /** @type {HTMLSelectElement} */ (byId('matrix-role'))
const searchable = rows.map(({ name, columns }) => [name, ...columns].join(' ').toLowerCase())

/** @type {Row[]} */
let found = []
let drawn = 0
/** @type {number[]} */
let shownRoles = []

only.append(...roles.map((role, index) => element('option', { value: String(index), textContent: role })))
byId('matrix-filter').addEventListener('submit', (event) => event.preventDefault())
byId('matrix-filter').addEventListener('input', draw)
body.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest('button') : null
  if (button === null) return
  if (button.dataset.findings !== undefined)
    document.dispatchEvent(new CustomEvent('show-findings', { detail: button.dataset.findings }))
  else if (button.dataset.close !== undefined) close(true)
  else open(button)
})
table.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') close(true)
  else if (event.key.startsWith('Arrow')) move(event)
})
const end = element('div', {})
table.after(end)
new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && drawMore(chunk), {
  root: table.parentElement,
  rootMargin: '600px',
}).observe(end)
addEventListener('beforeprint', () => drawMore(rows.length))
draw()

function draw() {
  const wanted = search.value.trim().toLowerCase()
  shownRoles = roles.flatMap((_, index) => (only.value === '' || only.value === String(index) ? [index] : []))
  found = rows.filter((row, index) => (searchable[index] ?? '').includes(wanted) && isShown(row))
  head.replaceChildren(headRow())
  table.classList.toggle('many', shownRoles.length > 7)
  body.replaceChildren()
  drawn = 0
  drawMore(chunk)
  const functions = found.filter(({ kind }) => kind.endsWith('function')).length
  byId('matrix-count').textContent =
    found.length === rows.length
      ? ''
      : `${found.length - functions} of the relations and ${functions} of the functions are shown.`
}

/** @param {Row} row */
function isShown({ cells, findings, rowSecurity }) {
  const held = shownRoles.map((role) => cells[role] ?? 0)
  /** @param {(reach: number[]) => boolean} test */
  const some = (test) => held.some((cell) => typeof cell === 'object' && test(cell[0]))
  switch (show.value) {
    case 'allowed':
      return held.some((cell) => cell !== 0)
    case 'findings':
      return findings > 0
    case 'written':
      return some(([, ...writes]) => writes.some((reach) => reach > 0))
    case 'every':
      return some((reach) => reach.includes(3))
    case 'off':
      return rowSecurity === 'off'
    default:
      return true
  }
}

/** @param {number} number of rows */
function drawMore(number) {
  const next = found.slice(drawn, drawn + number)
  drawn += next.length
  body.append(...next.map(rowOf))
}

function headRow() {
  const names = shownRoles.map((role) =>
    element('th', { scope: 'col', title: roles[role] ?? '' }, element('span', { textContent: roles[role] ?? '' })),
  )
  return element('tr', {}, element('th', { scope: 'col', textContent: 'Relation or function' }), ...names)
}

/** @param {Row} row */
function rowOf(row) {
  const marks = [
    ...(row.kind === 'table' ? [] : [element('span', { className: 'kind', textContent: row.kind })]),
    ...(row.rowSecurity === 'off'
      ? [element('span', { className: 'kind open', textContent: 'no row-level security' })]
      : []),
    ...(row.findings === 0 ? [] : [findingsButton(row)]),
  ]
  const name = element('th', { scope: 'row' }, element('span', { className: 'name', textContent: row.name }), ...marks)
  const made = element('tr', {}, name, ...shownRoles.map((role) => cellOf(row, role)))
  made.dataset.row = String(rows.indexOf(row))
  return made
}

/** @param {Row} row */
function findingsButton({ name, findings }) {
  const words = `${findings} finding${findings === 1 ? '' : 's'}`
  const button = element('button', { type: 'button', className: 'kind found', textContent: words })
  button.dataset.findings = name
  return button
}

/** @param {Row} row @param {number} role */
function cellOf(row, role) {
  const cell = row.cells[role] ?? 0
  if (cell === 0) return element('td', {}, element('span', { className: 'nothing', textContent: '·' }))
  if (cell === 1)
    return element('td', {}, element('span', { className: 'v call', textContent: 'X', title: 'may call' }))
  const [reach, ...columns] = cell
  const marks = verbs.map((verb, index) => {
    const letter = verb.charAt(0)
    const to = reach[index] ?? 0
    if (to === 0) return element('span', { className: 'v', textContent: '·' })
    const isPart = columns[index] !== undefined && columns[index] !== 1
    return element('span', {
      className: `v r${to}${isPart ? ' part' : ''}`,
      textContent: isPart ? letter : letter.toUpperCase(),
    })
  })
  const button = element('button', { type: 'button', className: 'cell' }, ...marks)
  button.setAttribute('aria-expanded', 'false')
  button.setAttribute('aria-label', `${roles[role]} on ${row.name}: ${inWords(cell)}`)
  button.dataset.role = String(role)
  return element('td', {}, button)
}

/** @param {Exclude<Cell, 0 | 1>} cell */
function inWords([reach, ...columns]) {
  const parts = verbs.flatMap((verb, index) => {
    const [to, named] = [reach[index] ?? 0, columns[index]]
    if (to === 0) return []
    return `${verb}${typeof named === 'object' ? ` of ${named.length} column${named.length === 1 ? '' : 's'}` : ''}, ${reaches[to]}`
  })
  return parts.join('; ') || 'nothing'
}

/** @param {HTMLButtonElement} button */
function open(button) {
  const wasOpen = button.getAttribute('aria-expanded') === 'true'
  close(false)
  const line = button.closest('tr')
  const row = rows[Number(line?.dataset.row)]
  if (wasOpen || line === null || row === undefined) return
  button.setAttribute('aria-expanded', 'true')
  line.after(detailsOf(row, Number(button.dataset.role)))
}

/** @param {boolean} isFocused whether the cell gets the focus back */
function close(isFocused) {
  body.querySelector('.details')?.remove()
  const button = /** @type {HTMLElement | null} */ (body.querySelector('[aria-expanded=true]'))
  button?.setAttribute('aria-expanded', 'false')
  if (isFocused) button?.focus()
}

/** @param {Row} row @param {number} role */
function detailsOf(row, role) {
  const cell = row.cells[role]
  if (typeof cell !== 'object') throw new Error('Only relations have details.')
  const [reach, ...columns] = cell
  const lines = row.columns.map((column, index) => {
    const marks = columns.map((named, verb) => {
      const has = named === 1 || (typeof named === 'object' && named.includes(index))
      return element('td', { textContent: has && (reach[verb] ?? 0) > 0 ? '✓' : '–', className: has ? 'yes' : 'no' })
    })
    return element('tr', {}, element('th', { scope: 'row', textContent: column }), ...marks)
  })
  const titles = ['column', 'select', 'insert', 'update'].map((title) =>
    element('th', { scope: 'col', textContent: title }),
  )
  const heading = element('h3', {}, element('code', { textContent: roles[role] ?? '' }), ' on ')
  heading.append(element('code', { textContent: row.name }))
  const shut = element('button', { type: 'button', className: 'close', textContent: 'Close' })
  shut.dataset.close = ''
  const facts = [inWords(cell), `owner ${row.owner}`, securityWords(row)].filter(Boolean).join(' · ')
  const grid = element(
    'div',
    { className: 'grid' },
    element(
      'table',
      { className: 'plain' },
      element('thead', {}, element('tr', {}, ...titles)),
      element('tbody', {}, ...lines),
    ),
    policiesOf(row, role),
  )
  const inner = element('div', { className: 'inner' }, shut, heading, element('p', { textContent: facts }), grid)
  return element('tr', { className: 'details' }, element('td', { colSpan: shownRoles.length + 1 }, inner))
}

/** @param {Row} row */
function securityWords({ rowSecurity }) {
  if (rowSecurity === null) return ''
  return { off: 'no row-level security', on: 'row-level security', forced: 'row-level security, its owner too' }[
    rowSecurity
  ]
}

/** @param {Row} row @param {number} role */
function policiesOf({ policies }, role) {
  if (policies.length === 0) return element('p', { textContent: 'It has no policies.' })
  const items = policies.map(({ name, permissive, command, roles: concerned, to, using, check }) => {
    const applies = concerned.includes(role)
    const words = `${permissive ? '' : 'restrictive, '}for ${command} to ${to}${applies ? '' : ': not for this role'}`
    /** @param {string} title @param {string | null} text */
    const condition = (title, text) =>
      text === null
        ? []
        : [element('dt', { textContent: title }), element('dd', {}, element('code', { textContent: text }))]
    return element(
      'li',
      { className: applies ? '' : 'other' },
      element('b', { textContent: name }),
      ` ${words}`,
      element('dl', {}, ...condition('USING', using), ...condition('WITH CHECK', check)),
    )
  })
  return element('ul', { className: 'policies' }, ...items)
}

/** Arrows go from cell to cell. @param {KeyboardEvent} event */
function move(event) {
  const from = document.activeElement?.closest('td')
  const line = from?.parentElement
  if (!(from instanceof HTMLTableCellElement) || !(line instanceof HTMLTableRowElement)) return
  const down = Number(event.key === 'ArrowDown') - Number(event.key === 'ArrowUp')
  const right = Number(event.key === 'ArrowRight') - Number(event.key === 'ArrowLeft')
  let [y, x] = [line.rowIndex + down, from.cellIndex + right]
  while (table.rows[y]?.cells[x] !== undefined) {
    const next = table.rows[y]?.cells[x]?.querySelector('button')
    if (next) {
      event.preventDefault()
      next.focus()
      return
    }
    y += down
    x += right
  }
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} name @param {Partial<HTMLElementTagNameMap[T]>} properties @param {(Node | string)[]} children
 */
function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}
