import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'

const app = new URL('../../examples/shop/demo/app/', import.meta.url)

test.each(readdirSync(app))('%s has no cast and no any', (name) => {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const isConst = ts.isAsExpression(node) && node.type.getText() === 'const'
    const isWayOut = ts.isAsExpression(node) || ts.isTypeAssertionExpression(node) || ts.isNonNullExpression(node)
    if ((isWayOut && !isConst) || node.kind === ts.SyntaxKind.AnyKeyword) found.push(node.getText())
    ts.forEachChild(node, visit)
  }
  const text = readFileSync(new URL(name, app), 'utf8')
  visit(ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true))
  expect(found).toEqual([])
  expect(text).not.toMatch(/@ts-/)
})

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
