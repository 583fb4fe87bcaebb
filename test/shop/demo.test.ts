import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

// It uses what is built, as `npm run demo` does.
test('the demo runs to its end', { timeout: 120_000 }, async () => {
  const program = fileURLToPath(new URL('../../examples/shop/demo/run.mjs', import.meta.url))
  const demo = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  demo.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  demo.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  const [code] = await once(demo, 'close')
  expect(text).toContain('refused: to write to oneself as Rosa Lindgren')
  expect(text).toContain("Property 'place_order' does not exist on type 'Rpc'")
  expect({ code, last: text.trim().split('\n').at(-1) }).toEqual({ code: 0, last: expect.stringMatching(/^Done/) })
})
