import { describe, expect, test } from 'vitest'
import { contentLocation, location } from './locations.js'

describe('Location', () => {
  test.each([
    ['acts', ['id'], ['7'], '/acts?id=eq.7'],
    ['acts', ['a', 'b'], ['1', null], '/acts?a=eq.1&b=is.null'],
    ['odd name/é', ['a&b'], ["it's (1)"], '/odd%20name%2F%C3%A9?a%26b=eq.it%27s%20%281%29'],
    ['acts', ['id'], ['\ud800'], '/acts?id=eq.%EF%BF%BD'],
    ["a;b,c'(d)?#", ['id'], ['1'], "/a;b,c'(d)%3F%23?id=eq.1"],
  ])('%s %j %j', (relation, columns, values, expected) => {
    expect(location(relation, columns, values)).toBe(expected)
  })
})

describe('Content-Location', () => {
  test.each([
    ['/acts', '/acts'],
    ['/acts?', '/acts'],
    ['/acts?select=id&id=eq.1', '/acts?id=eq.1&select=id'],
    ['/acts?&b==1&&c', '/acts?b=%3D1&c='],
    ['/acts?b=1&a=2&c=4&a=1&b=3', '/acts?a=2,1&b=1,3&c=4'],
    ['/acts?select=a,b(*)&a=in.(1,2)', '/acts?a=in.%281%2C2%29&select=a%2Cb%28%2A%29'],
    ['/acts?name=eq.a+b', '/acts?name=eq.a%20b'],
    ['/acts?name=eq.%0d%0aX-A%3A1', '/acts?name=eq.%0D%0AX-A%3A1'],
  ])('%s', (target, expected) => {
    expect(contentLocation('acts', target)).toBe(expected)
  })
})
