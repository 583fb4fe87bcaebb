/** Members of the interfaces that openapi-typescript writes: lines with their indentation, each with its end. */
export interface Members {
  readonly paths: string
  readonly operations: string
  readonly schemas: string
  readonly responses: string
  readonly parameters: string
}

/**
 * The members of the interfaces in what openapi-typescript printed. A block ends with the first line that closes it at
 * the indentation of its beginning: strings have no line ends, and lines of comments begin with a star.
 */
export function membersOf(text: string): Members {
  return {
    paths: blockOf(text, 'export interface paths'),
    operations: blockOf(text, 'export interface operations'),
    schemas: blockOf(text, '    schemas:'),
    responses: blockOf(text, '    responses:'),
    parameters: blockOf(text, '    parameters:'),
  }
}

function blockOf(text: string, head: string): string {
  const first = `\n${head} {\n`
  const start = `\n${text}`.indexOf(first)
  if (start === -1) return ''
  const begin = start + first.length - 1
  const [indentation = ''] = /^ */.exec(head) ?? []
  // The line end before the closing line belongs to the last member.
  return text.slice(begin, text.indexOf(`\n${indentation}}`, begin - 1) + 1)
}

/** The file that openapi-typescript writes for a document with these members, in this order. */
export function declarationText(parts: readonly Members[]): string {
  const all = (name: keyof Members) => parts.map((part) => part[name]).join('')
  const section = (name: keyof Members) => {
    const members = all(name)
    return members === '' ? `    ${name}: never;\n` : `    ${name}: {\n${members}    };\n`
  }
  const root = (name: keyof Members) => {
    const members = all(name)
    return members === ''
      ? `export type ${name} = Record<string, never>;\n`
      : `export interface ${name} {\n${members}}\n`
  }
  const components = `${section('schemas')}${section('responses')}${section('parameters')}`
  const none = ['requestBodies', 'headers', 'pathItems'].map((name) => `    ${name}: never;\n`).join('')
  return [
    root('paths'),
    'export type webhooks = Record<string, never>;\n',
    `export interface components {\n${components}${none}}\n`,
    'export type $defs = Record<string, never>;\n',
    root('operations'),
  ].join('')
}
