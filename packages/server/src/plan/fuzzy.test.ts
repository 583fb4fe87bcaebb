import { expect, test } from 'vitest'
import { closest } from './fuzzy.js'

test.each([
  ['stagez', 'stages'],
  ['stage', 'stages'],
  ['STAGES', 'stages'],
  ['xyz', null],
  ['', null],
])('%s is meant as %s', (wanted, found) => {
  expect(closest(['stages', 'acts', 'people'], wanted)).toBe(found)
})

test('no name is close where there is none', () => {
  expect(closest([], 'stages')).toBeNull()
})

test('how close it must be', () => {
  expect(closest(['projects'], 'projecxx', 0.75)).toBe('projects')
  expect(closest(['projects'], 'projxxxx', 0.75)).toBeNull()
})
