import { expect, test } from 'vitest'
import { NameIndex } from './name-index.js'

const all = () => true
const indexOf = (...names: string[]) => new NameIndex(names.map((name) => [name, name] as const))

test.each([
  ['stagez', 'stages'],
  ['stage', 'stages'],
  ['STAGES', 'stages'],
  ['xyz', null],
  ['', null],
])('%s is meant as %s', (wanted, found) => {
  expect(indexOf('stages', 'acts', 'people').closest(wanted, all)).toBe(found)
})

test('no name is close where there is none', () => {
  expect(indexOf().closest('stages', all)).toBeNull()
})

test('how close it must be', () => {
  expect(indexOf('projects').closest('projecxx', all, 0.75)).toBe('projects')
  expect(indexOf('projects').closest('projxxxx', all, 0.75)).toBeNull()
})

test('one that may not be told takes no other’s place', () => {
  const names = [...Array.from({ length: 200 }, (_, n) => `secret_table_${n}`), 'secret_tables']
  expect(indexOf(...names).closest('secret_table', (name) => name === 'secret_tables')).toBe('secret_tables')
  expect(indexOf(...names).closest('secret_table', () => false)).toBeNull()
  expect(indexOf('a', 'A').closest('a', (name) => name === 'A')).toBe('A')
})

test('among thousands that are alike it is the closest', () => {
  const names = Array.from({ length: 5_000 }, (_, n) => `table_number_${String(n).padStart(4, '0')}`)
  expect(indexOf(...names).closest('table_numbr_4711', all)).toBe('table_number_4711')
})

test('what is much longer than any name is like none', () => {
  expect(indexOf('stages').similar('stages'.repeat(10_000), all)).toEqual([])
})
