import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { emitClient } from '@rolecast/templates/client'
import { expect, test } from 'vitest'
import { roles, startDatabase } from './database.js'

/**
 * The clients that the tests of this folder import are in the repository, to be read and to be type-checked.
 * UPDATE_CLIENTS=1 writes them anew.
 */
test('the clients beside this test are what is generated', async () => {
  await using database = await startDatabase()
  for (const role of roles) {
    for (const { path, content } of emitClient(await database.surface(role), { defaultSchema: 'api' })) {
      const file = new URL(`generated/${role}/${path}`, import.meta.url)
      if (process.env.UPDATE_CLIENTS) {
        mkdirSync(new URL('.', file), { recursive: true })
        writeFileSync(file, content)
      }
      expect(readFileSync(file, 'utf8')).toBe(content)
    }
  }
})
