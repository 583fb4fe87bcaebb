import { expect, test } from 'vitest'
import type { Catalog } from './catalog.js'
import { parseCatalog, printCatalog, StoredCatalogError } from './stored-catalog.js'

const catalog: Catalog = {
  format: 5,
  serverVersion: 180004,
  databaseComment: null,
  roles: [],
  schemas: [],
  types: [],
  relations: [],
  routines: [],
  casts: [],
  extensions: [],
  settings: [],
  defaultAcls: [],
  sequences: [],
  privileges: [],
}

test('what was printed is read again', () => {
  expect(parseCatalog(printCatalog(catalog))).toEqual(catalog)
  expect(printCatalog(parseCatalog(printCatalog(catalog)))).toBe(printCatalog(catalog))
})

test.each([
  ['', /not JSON.*cut off/],
  [printCatalog(catalog).slice(0, 60), /not JSON.*cut off/],
  ['{]}', /not JSON/],
  ['[]', /not a catalog/],
  ['{"swagger":"2.0"}', /not a catalog/],
  ['{"format":1}', /format 1; this version of rolecast reads format 5/],
  ['{"format":5,"roles":[]}', /no list "schemas"/],
  [JSON.stringify({ ...catalog, relations: [{}, 1] }), /relations\[1\] is not an object/],
])('says what is wrong with %j', (text, message) => {
  expect(() => parseCatalog(text)).toThrow(StoredCatalogError)
  expect(() => parseCatalog(text)).toThrow(message)
})
