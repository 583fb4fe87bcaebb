import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sqlFilesOf } from './sql-files.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecast-sql-'))
  for (const name of [
    'migrations/10.sql',
    'migrations/2.sql',
    'migrations/B.sql',
    'migrations/a.sql',
    'migrations/x.txt',
    '[a].sql',
    'schema.sql',
  ]) {
    await mkdir(join(folder, 'migrations'), { recursive: true })
    await writeFile(join(folder, name), '')
  }
})
afterAll(() => rm(folder, { recursive: true }))

const named = async (...names: string[]) =>
  (await sqlFilesOf(names, folder)).map((file) => file.slice(folder.length + 1))

test('in the order given, those of a pattern by name, each once', async () => {
  expect(await named('schema.sql', 'migrations/*.sql', 'migrations/2.sql')).toEqual([
    'schema.sql',
    'migrations/10.sql',
    'migrations/2.sql',
    'migrations/B.sql',
    'migrations/a.sql',
  ])
  expect(await named('migrations/a.sql', '**/*.sql')).toContain('schema.sql')
})

test('a folder is one of migrations, in the order of its tool', async () => {
  expect(await named('migrations')).toEqual([
    'migrations/2.sql',
    'migrations/10.sql',
    'migrations/B.sql',
    'migrations/a.sql',
  ])
  for (const name of ['V1.10__c.sql', 'V1.2__b.sql', 'V1__a.sql', 'R__views.sql', 'U1__a.sql']) {
    await mkdir(join(folder, 'flyway'), { recursive: true })
    await writeFile(join(folder, 'flyway', name), '')
  }
  expect(await named('flyway')).toEqual(
    ['V1__a.sql', 'V1.2__b.sql', 'V1.10__c.sql', 'R__views.sql'].map((name) => `flyway/${name}`),
  )
  await mkdir(join(folder, 'prisma/1_init'), { recursive: true })
  await writeFile(join(folder, 'prisma/1_init/migration.sql'), '')
  expect(await named('prisma')).toEqual(['prisma/1_init/migration.sql'])
  await expect(named('prisma/1_init/..', 'empty')).rejects.toThrow(/empty: cannot be read/)
})

test('a file that is called like a pattern is that file', async () => {
  expect(await named('[a].sql')).toEqual(['[a].sql'])
})

test('a pattern that no file fits, and a file that is not there, are refused', async () => {
  await expect(named('migrations/*.psql')).rejects.toThrow(/database\.sql: no file fits migrations\/\*\.psql/)
  await expect(named('none.sql')).rejects.toThrow(/none\.sql: cannot be read: ENOENT/)
})
