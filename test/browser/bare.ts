import { createContext, runInContext } from 'node:vm'
import { expect, test } from 'vitest'
import { startDatabase } from '../client/database.js'
import { app, bundle, expected } from './bundle.js'

/** What the WinterTC's minimum common API gives every runtime; nothing of Node's own. */
export const webGlobals = [
  'AbortController',
  'AbortSignal',
  'DOMException',
  'FormData',
  'Headers',
  'ReadableStream',
  'Request',
  'Response',
  'TextDecoder',
  'TextEncoder',
  'URL',
  'URLSearchParams',
  'atob',
  'btoa',
  'clearTimeout',
  'fetch',
  'setTimeout',
] as const

test('an environment with the web’s globals and none of Node’s', async () => {
  await using database = await startDatabase()
  const server = await database.serve('clerk')
  const port = await server.listen(0, '127.0.0.1')
  const globals = Object.fromEntries(webGlobals.map((name) => [name, globalThis[name]]))
  const context = createContext({ ...globals, result: undefined })
  runInContext('globalThis.globalThis = globalThis', context)
  for (const name of ['process', 'Buffer', 'require', 'module', 'setImmediate']) {
    expect(runInContext(`typeof ${name}`, context)).toBe('undefined')
  }
  runInContext(await bundle(app), context)
  const run: (url: string) => Promise<unknown> = runInContext('app.run', context)
  // from the other realm: compared as JSON
  expect(JSON.parse(JSON.stringify(await run(`http://127.0.0.1:${port}`)))).toEqual(expected)
})
