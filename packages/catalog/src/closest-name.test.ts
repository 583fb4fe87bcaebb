import { expect, test } from 'vitest'
import { closestName } from './closest-name.js'

test.each([
  ['ordres', ['orders', 'products'], 'orders'],
  ['API', ['api'], 'api'],
  ['output', ['database', 'out', 'roles'], 'out'],
  ['db-jwt-secret', ['jwt-secret', 'db-pre-request'], 'jwt-secret'],
  ['nothing-like-it', ['orders'], undefined],
  ['a', ['b', 'c'], 'b'],
  ['x', [], undefined],
])('%j among %j is %j', (wanted, known, closest) => {
  expect(closestName(wanted, known)).toBe(closest)
})
