/** What a configuration is written from. */
export interface Answers {
  readonly database: { readonly preset: 'supabase' } | { readonly uri: string } | { readonly sql: string }
  readonly schemas: readonly string[]
  readonly roles: readonly string[]
  readonly out: string
}

/** A `rolecast.config.ts` with what each key is for. Passwords stay out of it. */
export function configText({ database, schemas, roles, out }: Answers): string {
  const lines =
    'preset' in database
      ? ['  // Database, schemas and roles are those of the project in the folder supabase.', "  preset: 'supabase',"]
      : [
          ...databaseLines(database),
          '  // The exposed schemas; the first is the default of the API.',
          `  schemas: [${schemas.map(quoted).join(', ')}],`,
        ]
  return `import { defineConfig } from 'rolecast'

export default defineConfig({
${lines.join('\n')}
  // The roles to write clients for: one folder each.
  roles: [${roles.map(quoted).join(', ')}],
  out: ${quoted(out)},
  // Beside the typed client: 'supabase', 'openapi', 'zod', 'kysely'.
  // targets: ['client', 'zod'],
})
`
}

function databaseLines(database: { readonly uri: string } | { readonly sql: string }): readonly string[] {
  if ('sql' in database) {
    return [
      '  // Loaded into a PostgreSQL that is started for the occasion.',
      `  database: { sql: [${quoted(database.sql)}] },`,
    ]
  }
  const shown = withoutPassword(database.uri)
  return [
    '  // Any role that may log in will do. A password belongs into DATABASE_URL, not in here.',
    `  database: { uri: process.env.DATABASE_URL ?? ${quoted(shown)} },`,
  ]
}

const withoutPassword = (uri: string) =>
  uri.replace(/^(postgres(?:ql)?:\/\/[^:@/?]*):[^@/]*@/, '$1@').replace(/([?&])password=[^&]*&?/, '$1')

/** A string literal of TypeScript, whatever is in the name. */
function quoted(text: string): string {
  const plain = /^[\p{L}\p{N} _./:@?&=%+*,-]*$/u.test(text)
  return plain
    ? `'${text}'`
    : JSON.stringify(text).replace(/[\u2028\u2029]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16)}`)
}
