import { ConfigError } from '../errors/config-error.js'

export type FileValue = string | number | boolean

export interface Setting {
  readonly key: string
  readonly value: FileValue
  readonly line: number
}

/**
 * The settings of a configuration file, in order: `key = value` lines, comments from `#` to the end of the line, and
 * groups `prefix { key = value }`. Values are text in double quotes, numbers, `true`, `false`, `on` and `off`; in text,
 * `$(NAME)` is a variable of the environment, `$$` a dollar, and `\n \t \r \" \\ \u0041` are escapes.
 * @throws ConfigError with the line
 */
export function parseConfigFile(text: string, env: Readonly<Record<string, string | undefined>>): Setting[] {
  const settings: Setting[] = []
  const groups: string[] = []
  let at = 0
  let line = 1

  const fail = (problem: string): never => {
    throw new ConfigError(`line ${line}: ${problem}`)
  }
  const skip = (pattern: RegExp): string => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0] ?? ''
    at += found.length
    line += found.split('\n').length - 1
    return found
  }

  for (;;) {
    skip(blankLines)
    if (at >= text.length) break
    if (skip(/\}/y) !== '') {
      if (groups.pop() === undefined) fail('this } closes nothing')
      continue
    }
    const key = skip(identifier)
    if (key === '') fail(`expected a key, found ${JSON.stringify(text.slice(at, at + 10))}`)
    if (key === 'import') fail('files cannot be imported here: put their settings into this one')
    skip(blankLines)
    if (skip(/\{/y) !== '') {
      groups.push(key)
      continue
    }
    if (skip(/=/y) === '') fail(`expected = after ${key}`)
    skip(blankLines)
    const start = line
    const quoted = skip(/"(?:[^"\\]|\\[\s\S])*"/y)
    const word = quoted === '' ? skip(/[^\s#}"]+/y) : ''
    if (quoted === '' && word === '')
      fail(`expected a value for ${key}: text in double quotes, a number, true or false`)
    const value = quoted === '' ? bareValue(word) : interpolate(unescapeText(quoted.slice(1, -1), fail), env, fail)
    settings.push({ key: [...groups, key].join('.'), value, line: start })
    if (skip(/[ \t]*(?:#[^\r\n]*)?(?=[\r\n}]|$)/y) === '' && at < text.length && !/[\r\n}]/.test(text.charAt(at))) {
      fail(`something follows the value of ${key}`)
    }
  }
  if (groups.length > 0) fail(`the group ${groups.at(-1)} is not closed`)
  return settings
}

const blankLines = /(?:\s|#[^\r\n]*)*/y
const identifier = /[A-Za-z][\w-]*(?:\.[A-Za-z][\w-]*)*/y

/** A word that is neither a number nor a truth value is text without quotes: the setting's own check judges it. */
function bareValue(word: string): FileValue {
  if (word === 'true' || word === 'on') return true
  if (word === 'false' || word === 'off') return false
  return /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(word) ? Number(word) : word
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '"': '"', '\\': '\\' }

function unescapeText(text: string, fail: (problem: string) => never): string {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|([\s\S]))/g, (whole, hex: string | undefined, character: string) =>
    hex === undefined
      ? (escapes[character] ?? fail(`${whole} is no escape`))
      : String.fromCharCode(Number.parseInt(hex, 16)),
  )
}

function interpolate(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
  fail: (problem: string) => never,
): string {
  return text.replace(/\$(?:\$|\(([^)]+)\)|)/g, (whole, name: string | undefined) => {
    if (whole === '$$') return '$'
    if (name === undefined) return fail('a $ in text is written $$, a variable of the environment $(NAME)')
    return env[name] ?? fail(`the variable ${name} is not in the environment`)
  })
}
