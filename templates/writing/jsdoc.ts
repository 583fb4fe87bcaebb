import { memoize } from './memoize.js'

const lineBreak = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/
const unprintable = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu
const maximumLength = 4000

/**
 * A doc comment of these paragraphs, with a line break after it, or nothing where there are none. Paragraphs are
 * hostile: nothing in them ends the comment, and no `@` or `<` of theirs means anything to TypeScript or to an editor,
 * except `@deprecated` at the start of a line, which is carried over. Other lines that begin with `@` are words to other
 * tools, and left out.
 */
export function jsdoc(paragraphs: readonly (string | null)[], indent = ''): string {
  const said = paragraphs.map((paragraph) => (paragraph === null ? '' : documentation(paragraph))).filter(Boolean)
  return said.length === 0 ? '' : comment([indent, ...said].join('\0'))
}

/** What every database has as a comment of its schema `public`. */
const noDocumentation = 'standard public schema'

/** Words to other tools, such as `@omit` and `@name x` of PostGraphile or `@graphql({…})` of pg_graphql. */
const smartTags = [/^[^\S\n]*@graphql\s*\(\{.*?\}\)/gms, /^[^\S\n]*@(?!deprecated(?![\w-]))[A-Za-z]\w*.*$/gm]

/** A comment without what is no text for people. */
function documentation(text: string): string {
  if (text === noDocumentation) return ''
  const said = text.includes('@') ? smartTags.reduce((rest, tag) => rest.replace(tag, ''), text) : text
  return said.trim()
}

const comment = memoize((key: string): string => {
  const [indent = '', ...paragraphs] = key.split('\0')
  const lines = paragraphs.flatMap((paragraph) => ['', ...docLines(paragraph)]).slice(1)
  const [only] = lines
  if (lines.length === 1 && only !== undefined && only.length + indent.length < 110) return `${indent}/** ${only} */\n`
  const body = lines.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}\n`).join('')
  return `${indent}/**\n${body}${indent} */\n`
})

function docLines(paragraph: string): string[] {
  const text = paragraph.length > maximumLength ? `${paragraph.slice(0, maximumLength)} …` : paragraph
  return text.trim().split(lineBreak).map(docLine)
}

function docLine(line: string): string {
  const [, deprecated = '', rest = ''] = /^\s*(@deprecated(?![\w-]))?(.*)$/su.exec(line) ?? []
  return (deprecated + escapeText(rest)).trimEnd()
}

/** Character references: editors show them as the characters. */
function escapeText(text: string): string {
  return text
    .replace(unprintable, '\uFFFD')
    .replace(/@/g, '&#64;')
    .replace(/</g, '&lt;')
    .replace(/\*\//g, '*&#47;')
    .replace(/^\//, '&#47;')
}

/** Source text of the database inside a doc comment, such as a type or a default. */
export function code(text: string): string {
  return `\`${text.replace(/`/g, "'")}\``
}
