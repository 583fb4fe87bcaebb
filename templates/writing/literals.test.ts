import fc from 'fast-check'
import { expect, test } from 'vitest'
import { code, jsdoc } from './jsdoc.js'
import { literal, objectKey, typeKey } from './literals.js'

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'\'"`\\\n\r\u2028\u2029*/@<>{}$\u202E\uFEFF\0'), maxLength: 20 }),
)

test('a literal evaluates to the text, and holds nothing that hides or breaks lines', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const source = literal(text)
      expect(source).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u)
      expect(new Function(`return ${source}`)()).toBe(text)
    }),
  )
})

test('keys are the names', () => {
  fc.assert(
    fc.property(fc.oneof(nasty, fc.constantFrom('__proto__', 'constructor', 'new', 'ok', '1')), (name) => {
      const object = new Function(`return { ${objectKey(name)}: 1 }`)()
      expect(Object.entries(object)).toEqual([[name, 1]])
    }),
  )
  expect([typeKey('order_id'), typeKey('a b'), objectKey('__proto__')]).toEqual(['order_id', "'a b'", "['__proto__']"])
})

test('nothing ends a comment or means something in it', () => {
  fc.assert(
    fc.property(nasty, nasty, (comment, fact) => {
      const text = jsdoc([comment, code(fact)], '  ')
      const inner = text.replace(/^ *\/\*\*/, '').replace(/\*\/\n$/, '')
      expect(inner).not.toContain('*/')
      expect(inner.replace(/^ +\* @deprecated|^ @deprecated/gm, '')).not.toMatch(/[@<]/)
      expect(text.split('\n').every((line, index) => index === 0 || line === '' || /^ +\*/.test(line))).toBe(true)
    }),
  )
})

test('one line, several, deprecation', () => {
  expect(jsdoc(['Ids.'])).toBe('/** Ids. */\n')
  expect(jsdoc([null, ' '])).toBe('')
  expect(jsdoc(['Old.\n@deprecated use x', '`text`'], '  ')).toBe(
    '  /**\n   * Old.\n   * @deprecated use x\n   *\n   * `text`\n   */\n',
  )
})
