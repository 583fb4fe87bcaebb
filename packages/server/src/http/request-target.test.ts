import { expect, test } from 'vitest'
import { originForm } from './request-target.js'

test.each([
  ['/orders?id=eq.1', '/orders?id=eq.1'],
  ['http://api.example:3000/orders?id=eq.1', '/orders?id=eq.1'],
  ['HTTPS://user@[::1]/orders', '/orders'],
  ['http://api.example', '/'],
  ['http://api.example?select=id', '/?select=id'],
  // no absolute form of HTTP: routes refuse it
  ['ftp://api.example/orders', 'ftp://api.example/orders'],
  ['http:///orders', 'http:///orders'],
  ['*', '*'],
  ['/http://api.example/', '/http://api.example/'],
])('%s is %s', (target, expected) => {
  expect(originForm(target)).toBe(expected)
})
