import { expect, test } from 'vitest'
import { narrowest } from './narrowest.js'

const needs = (needed: readonly number[]) => {
  let asked = 0
  const holds = async (chosen: readonly number[]) => {
    asked += 1
    return needed.every((item) => chosen.includes(item))
  }
  return { holds, asked: () => asked }
}
const items = Array.from({ length: 200 }, (_, i) => i)

test.each([[[]], [[0]], [[199]], [[3, 150]], [[0, 1, 2, 199]], [items.slice(40, 60)]])('finds %j', async (needed) => {
  expect((await narrowest(items, needs(needed).holds)).toSorted((a, b) => a - b)).toEqual(needed)
})

test('with few questions where little is needed', async () => {
  const { holds, asked } = needs([17])
  await narrowest(items, holds)
  expect(asked()).toBeLessThan(20)
})

test('of two that do, the one in front', async () => {
  expect(await narrowest([1, 2, 3], async (chosen) => chosen.includes(2) || chosen.includes(3))).toEqual([2])
})
