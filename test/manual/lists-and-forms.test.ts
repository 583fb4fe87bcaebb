import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const page = new URL('../../docs/lists-and-forms.md', import.meta.url)
const example = fileURLToPath(new URL('../../examples/react/', import.meta.url))

// test/examples compiles and runs them.
test('the code of lists and forms is that of the example', () => {
  const sources = [
    'rolecast.config.ts',
    ...readdirSync(`${example}src`, { withFileTypes: true }).flatMap((entry) =>
      entry.isFile() ? `src/${entry.name}` : [],
    ),
  ].map((path) => readFileSync(example + path, 'utf8'))
  const blocks = [...readFileSync(page, 'utf8').matchAll(/^```tsx?\n(.*?)^```$/gms)].map(([, code = '']) => code)
  expect(blocks.length).toBeGreaterThan(8)
  expect(blocks.filter((block) => !sources.some((source) => source.includes(block)))).toEqual([])
})
