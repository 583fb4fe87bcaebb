import { expect, test } from 'vitest'
import { type RequestSettings, settingsStep } from './settings.js'

const settings: RequestSettings = {
  searchPath: '"fest"',
  role: 'visitor',
  claims: '{}',
  headers: '{}',
  cookies: '{}',
  method: 'GET',
  path: '/acts',
  ofRole: [['statement_timeout', '1s']],
  others: [['timezone', 'UTC']],
  claimPrefixes: [],
}

test('every setting ends with the transaction, the role’s own come before the role', () => {
  const { text, values } = settingsStep(settings, true)
  expect(text.match(/set_config\(/g)?.length).toBe(text.match(/, true\)/g)?.length)
  expect(text).toMatch(/^SELECT set_config\('transaction_read_only', 'on', true\)/)
  expect(text.indexOf('$8')).toBeLessThan(text.indexOf(`'role'`))
  expect(values.slice(7)).toEqual(['statement_timeout', '1s', 'timezone', 'UTC'])
})

test('no value is in the text', () => {
  expect(settingsStep({ ...settings, role: `x'; --` }, false).text).toBe(settingsStep(settings, false).text)
})
