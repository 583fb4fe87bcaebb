/** A function or relation, and what it is made of. */
export interface NamedText {
  readonly kind: 'function' | 'relation'
  readonly name: string
  readonly language: string
  readonly source: string
}

/** Built-in functions and views that tell who asks, how, or in which transaction, and the names of those in C. */
const sources: ReadonlySet<string> = new Set([
  ...['current_setting', 'pg_settings', 'pg_show_all_settings', 'pg_file_settings'],
  ...['show_config_by_name', 'show_config_by_name_missing_ok', 'show_all_settings'],
  ...[
    'current_user',
    'session_user',
    'current_role',
    'system_user',
    'current_schema',
    'current_schemas',
    'getpgusername',
  ],
  ...['current_query', 'lastval', 'currval', 'row_security_active', 'pg_has_role', 'pg_my_temp_schema'],
  ...['txid_current', 'txid_current_if_assigned', 'pg_current_xact_id', 'pg_current_xact_id_if_assigned'],
  ...['inet_client_addr', 'inet_client_port', 'pg_backend_pid', 'pg_stat_activity', 'pg_locks'],
])

const asksPrivileges = /^has_\w+_privilege$/

/** In SQL a word of its own, outside of strings and comments. */
const userWord = /(?<![\w."$@])user(?![\w."(])/i

const stringsAndComments = /'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g

/** What a program runs that it puts together itself cannot be read. */
const dynamic: Readonly<Record<string, RegExp>> = {
  sql: /\bU&["']/i,
  internal: /$^/,
  plpgsql: /\bexecute\b|\bU&["']/i,
}
/** Other languages run SQL by functions of theirs: PL/Python's `plpy`, PL/Perl's and PL/Tcl's `spi_exec`, and so on. */
const otherwiseDynamic = /\b(?:plpy|spi_\w+|plv8|pljs|pg\.spi|execute|query)\b/i

/**
 * Which of these depend on who asks: they mention what tells that, or another one that does. The text decides, so one
 * that only names it in a comment counts as well; what is put together at run time counts because it cannot be read.
 */
export function dependsOnSession<Text extends NamedText>(texts: readonly Text[]): ReadonlySet<Text> {
  const read = texts.map((text) => ({ text, named: namedIn(text.source) }))
  const found = new Set<Text>()
  const names = { function: new Set<string>(), relation: new Set<string>() }
  const add = (text: Text): void => {
    found.add(text)
    names[text.kind].add(text.name)
  }
  for (const { text, named } of read) if (tellsItself(text, named)) add(text)
  for (let before = -1; before < found.size; ) {
    before = found.size
    for (const { text, named } of read) {
      if (found.has(text)) continue
      const { source } = text
      if (mentions(named.called, names.function, source) || mentions(named.read, names.relation, source)) add(text)
    }
  }
  return found
}

function tellsItself({ language, source, kind }: NamedText, { words }: Named): boolean {
  if (mentions(words, sources, source) || [...words].some((word) => asksPrivileges.test(word))) return true
  if (language === 'sql' || language === 'plpgsql') {
    if (userWord.test(source.replace(stringsAndComments, ' '))) return true
  }
  return kind === 'function' && (dynamic[language] ?? otherwiseDynamic).test(source)
}

function mentions(words: ReadonlySet<string>, names: ReadonlySet<string>, source: string): boolean {
  for (const name of names) {
    if (words.has(name) || (!isWord.test(name) && source.includes(name.replaceAll('"', '""')))) return true
  }
  return false
}

const isWord = /^[\p{L}_][\p{L}\p{N}_$]*$/u

/** Words of a text, as they stand and as PostgreSQL takes those without quotes: all, those before a parenthesis, those after FROM. */
interface Named {
  readonly words: ReadonlySet<string>
  readonly called: ReadonlySet<string>
  readonly read: ReadonlySet<string>
}

function namedIn(source: string): Named {
  const lists = source.match(/\b(?:from|join|only|using|update|into|table)\b[^;()]*/giu) ?? []
  return {
    words: wordsOf(source, /[\p{L}_][\p{L}\p{N}_$]*/gu),
    called: wordsOf(source, /[\p{L}_][\p{L}\p{N}_$]*(?="?\s*\()/gu),
    read: wordsOf(lists.join(' '), /[\p{L}_][\p{L}\p{N}_$]*/gu),
  }
}

function wordsOf(text: string, pattern: RegExp): Set<string> {
  return new Set((text.match(pattern) ?? []).flatMap((word) => [word, word.toLowerCase()]))
}
