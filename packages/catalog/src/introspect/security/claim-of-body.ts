import { type ClaimValue, claimInSetting } from '../../postgres/claim-settings.js'
import { type SqlToken, tokensOf } from './sql-tokens.js'

/**
 * The claim that a function without arguments returns, as its path: `['sub']` of `SELECT … ->> 'sub'`, and `[]` of one that
 * returns all claims. It reads the few forms that such functions have: `current_setting('request.jwt.claims', true)`,
 * casts, `->`, `->>`, `nullif(…, '')`, and `coalesce` of the same claim in two spellings.
 *
 * @returns null for any other body
 */
export function claimOfBody(body: string): ClaimValue | null {
  return new Reader(tokensOf(body)).body()
}

class Reader {
  #at = 0

  constructor(readonly tokens: readonly SqlToken[]) {}

  body(): ClaimValue | null {
    const isBlock = this.#word('begin')
    if (!this.#word('return') && (isBlock || !this.#word('select'))) return null
    const value = this.#value()
    if (value === null) return null
    if (!isBlock && this.#word('as') && !this.#name()) return null
    this.#symbol(';')
    if (isBlock && !this.#word('end')) return null
    this.#symbol(';')
    return this.#at === this.tokens.length ? value : null
  }

  #value(): ClaimValue | null {
    let value = this.#first()
    while (value !== null) {
      if (this.#symbol('::')) {
        if (!this.#name()) return null
        continue
      }
      const isText = this.#symbol('->>')
      if (!isText && !this.#symbol('->')) return value
      const key = this.#literal()
      value = key === null ? null : { path: [...value.path, key], isText }
    }
    return null
  }

  #first(): ClaimValue | null {
    if (this.#symbol('(')) {
      this.#word('select')
      return this.#closed(this.#value())
    }
    if (this.#word('pg_catalog') && !this.#symbol('.')) return null
    if (this.#word('current_setting')) return this.#setting()
    if (this.#word('coalesce')) return this.#symbol('(') ? this.#coalesce() : null
    if (this.#word('nullif')) return this.#symbol('(') ? this.#nullif() : null
    if (!this.#word('cast') || !this.#symbol('(')) return null
    const value = this.#value()
    return this.#word('as') && this.#name() ? this.#closed(value) : null
  }

  #setting(): ClaimValue | null {
    if (!this.#symbol('(')) return null
    const name = this.#literal() ?? ''
    while (this.#symbol('::')) if (!this.#name()) return null
    if (this.#symbol(',') && !this.#word('true')) return null
    return this.#closed(claimInSetting(name))
  }

  #coalesce(): ClaimValue | null {
    const first = this.#value()
    while (this.#symbol(',')) {
      const next = this.#value()
      if (JSON.stringify(next?.path) !== JSON.stringify(first?.path)) return null
    }
    return this.#closed(first)
  }

  #nullif(): ClaimValue | null {
    const value = this.#value()
    if (!this.#symbol(',') || this.#literal() !== '') return null
    while (this.#symbol('::')) if (!this.#name()) return null
    return this.#closed(value)
  }

  #closed(value: ClaimValue | null): ClaimValue | null {
    return this.#symbol(')') ? value : null
  }

  #word(text: string): boolean {
    return this.#take(({ kind, text: found }) => kind === 'word' && found === text)
  }

  #name(): boolean {
    return this.#take(({ kind }) => kind === 'word')
  }

  #symbol(text: string): boolean {
    return this.#take(({ kind, text: found }) => kind === 'symbol' && found === text)
  }

  #literal(): string | null {
    const token = this.tokens[this.#at]
    if (token?.kind !== 'literal') return null
    this.#at += 1
    return token.text
  }

  #take(fits: (token: SqlToken) => boolean): boolean {
    const token = this.tokens[this.#at]
    if (token === undefined || !fits(token)) return false
    this.#at += 1
    return true
  }
}
