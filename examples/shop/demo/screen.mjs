// The demo's output: steps with their times, what the app tells, tables.
const colour = (code) => (text) => (process.stdout.isTTY ? `\u001b[${code}m${text}\u001b[0m` : text)
export const bold = colour(1)
export const dim = colour(2)

// Whoever reads the output may stop doing so, as `head` does.
process.stdout.on('error', ({ code }) => process.exit(code === 'EPIPE' ? 0 : 1))

const started = performance.now()
const seconds = (from) => `${((performance.now() - from) / 1000).toFixed(1)} s`

/** Says what is being done, does it, and says how long it took and what came of it (a string). */
export async function step(title, work) {
  console.log(`\n${bold(`▸ ${title}`)}`)
  const from = performance.now()
  const { result, summary } = await work()
  console.log(dim(`  ${summary === undefined ? '' : `${summary}, `}${seconds(from)}`))
  return result
}

export function say(text) {
  console.log(`  ${text}`)
}

export function end(text) {
  console.log(`\n${bold(text)} ${dim(`in ${seconds(started)}`)}`)
}

/** Objects with the same keys as lines of a table; numbers to the right. */
export function table(rows) {
  const [first] = rows
  if (first === undefined) return ['(no rows)']
  const keys = Object.keys(first)
  const cells = [keys, ...rows.map((row) => keys.map((key) => String(row[key] ?? '')))]
  const widths = keys.map((_, column) => Math.max(...cells.map((line) => line[column].length)))
  const right = keys.map((key) => rows.every((row) => /^-?\d+(\.\d+)?$/.test(String(row[key] ?? '0'))))
  return cells.map((line) =>
    line.map((cell, i) => (right[i] ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join('  '),
  )
}

/** Where the app tells what it does, each line under its role's name. */
export function storyOf(role) {
  const name = role.padEnd(13)
  return {
    tell: (text) => say(`${dim(name)}${text}`),
    show: (rows) => {
      for (const line of table(rows)) say(`${' '.repeat(name.length + 2)}${line.trimEnd()}`)
    },
  }
}
