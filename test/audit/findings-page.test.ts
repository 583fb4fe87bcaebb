import { readFileSync, writeFileSync } from 'node:fs'
import { loadLints } from '@rolecast/audit'
import { expect, test } from 'vitest'
import { findingsPage } from './findings-page.js'
import { otherRules } from './other-linters.cases.js'

const page = new URL('../../docs/findings.md', import.meta.url)
const lints = await loadLints()

test('the manual has every finding as its lint has it', () => {
  const wanted = findingsPage(lints, otherRules)
  if (process.env.UPDATE_DOCS === '1') writeFileSync(page, wanted)
  expect(readFileSync(page, 'utf8'), 'UPDATE_DOCS=1 npx vitest run test/audit/findings-page.test.ts writes it').toBe(
    wanted,
  )
})

test('every finding has its place on the page', () => {
  const written = findingsPage(lints, otherRules)
  for (const { id } of lints) expect(written).toContain(`| ${id} |`)
})

test('findings that other linters are said to have here are there', () => {
  const ids = new Set(lints.map(({ id }) => id))
  expect(otherRules.flatMap(({ ours }) => (ours === null || ids.has(ours) ? [] : [ours]))).toEqual([])
})

test('what no finding stands for says why', () => {
  expect(otherRules.filter(({ ours, note = '' }) => ours === null && note === '')).toEqual([])
})
