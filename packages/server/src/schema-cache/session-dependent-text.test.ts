import { expect, test } from 'vitest'
import { dependsOnSession, type NamedText } from './session-dependent-text.js'

const written = (name: string, source: string, language = 'sql'): NamedText => ({
  kind: 'function',
  name,
  language,
  source,
})

test.each([
  [`SELECT current_setting('request.jwt.claims')`, 'sql'],
  [`SELECT pg_catalog."current_setting"('a')`, 'sql'],
  [`BEGIN RETURN CURRENT_USER; END`, 'plpgsql'],
  ['SELECT user', 'sql'],
  ['SELECT setting FROM pg_settings', 'sql'],
  [`SELECT has_table_privilege('a', 'SELECT')`, 'sql'],
  [`BEGIN EXECUTE 'SELECT ' || a INTO b; RETURN b; END`, 'plpgsql'],
  [`SELECT U&"current\\005fsetting"('a')`, 'sql'],
  [`return plpy.execute("SELECT 1")`, 'plpython3u'],
  ['show_config_by_name', 'internal'],
])('%s (%s) depends on who asks', (source, language) => {
  expect(dependsOnSession([written('f', source, language)]).size).toBe(1)
})

test.each([
  [`SELECT lower(a) || ' is no user'`, 'sql'],
  ['SELECT u.user_id FROM users AS u', 'sql'],
  ['BEGIN RETURN regexp_replace(a, b, c); END', 'plpgsql'],
  ['int4pl', 'internal'],
])('%s (%s) does not', (source, language) => {
  expect(dependsOnSession([written('f', source, language)]).size).toBe(0)
})

test('what calls or reads one that does depends on it as well, and what only has its name in it does not', () => {
  const texts: NamedText[] = [
    written('uid', `SELECT current_setting('a')`),
    written('Odd name', 'SELECT auth.uid()'),
    { kind: 'relation', name: 'mine', language: 'sql', source: 'SELECT * FROM rows WHERE owner = auth.uid()' },
    written('by_view', 'SELECT id FROM api.mine'),
    written('by_name', 'SELECT "Odd name"()'),
    written('other', 'SELECT uid + mine FROM unnest(mine) AS uid'),
  ]
  expect([...dependsOnSession(texts)].map(({ name }) => name)).toEqual([
    'uid',
    'Odd name',
    'mine',
    'by_view',
    'by_name',
  ])
})
