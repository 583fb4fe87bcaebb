// One file for all, since reading the sources of client, server and generator takes longer than most of these tests.
import { describe } from 'vitest'

describe('reads', async () => void (await import('./reads.js')))
describe('writes', async () => void (await import('./writes.js')))
describe('functions', async () => void (await import('./functions.js')))
describe('entry points', async () => void (await import('./entry-points.js')))
describe('array literals', async () => void (await import('./array-literals.js')))
describe('variants', async () => void (await import('./variants.js')))
describe('tests', async () => void (await import('./testing.js')))
describe('column names', async () => void (await import('./column-names.js')))
describe('everything offered', async () => void (await import('./everything-offered.js')))
describe('conditions', async () => void (await import('./conditions.js')))
describe('migrations', async () => void (await import('./migrations.js')))
describe('abilities of types', async () => void (await import('./abilities.js')))
