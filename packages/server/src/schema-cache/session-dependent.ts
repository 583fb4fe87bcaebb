import { type Catalog, type QualifiedName, qualifiedName } from '@rolecast/catalog'
import type pg from 'pg'
import type { SessionResidue } from '../postgres/session-residue.js'
import { dependsOnSession, type NamedText } from './session-dependent-text.js'

/** IMMUTABLE functions whose answer depends on who asks: the database may keep the first caller's answer in its plans. */
export interface SessionDependent {
  readonly immutable: readonly { readonly name: QualifiedName; readonly identity: string }[]
}

interface FunctionRow {
  readonly schema: string
  readonly name: string
  readonly types: string
  readonly isImmutable: boolean
  readonly language: string
  readonly source: string
}

/** C functions cannot be read. */
const text = `
  SELECT n.nspname AS schema, p.proname AS name, p.provolatile = 'i' AS "isImmutable", l.lanname AS language,
    (SELECT coalesce(string_agg(format_type(type, NULL), ', ' ORDER BY position), '')
     FROM unnest(p.proargtypes) WITH ORDINALITY AS argument (type, position)) AS types,
    coalesce(pg_get_function_sqlbody(p.oid), p.prosrc) AS source
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
  WHERE p.oid >= 16384 AND p.prokind = 'f' AND l.lanname <> 'c'`

/** Finds them by what their source, and the source of what they call or read, mentions. */
export async function readSessionDependent(client: pg.ClientBase, catalog: Catalog): Promise<SessionDependent> {
  const { rows } = await client.query<FunctionRow>(text)
  if (!rows.some(({ isImmutable }) => isImmutable)) return { immutable: [] }
  const functions = rows.map((row): NamedText & FunctionRow => ({ ...row, kind: 'function' }))
  const dependent = dependsOnSession([...functions, ...relationTexts(catalog)])
  const found = functions.filter((one) => one.isImmutable && dependent.has(one))
  return {
    immutable: found.map(({ schema, name, types }) => {
      const qualified = qualifiedName(schema, name)
      return { name: qualified, identity: `${qualified}(${types})` }
    }),
  }
}

function relationTexts({ relations }: Catalog): NamedText[] {
  return relations.flatMap(({ name, view, rowSecurity, policies }): NamedText[] => {
    const conditions = rowSecurity.enabled ? policies.map(({ using }) => using?.text ?? '') : []
    const source = [view?.text ?? '', ...conditions].join('\n')
    return source.trim() === '' ? [] : [{ kind: 'relation', name, language: 'sql', source }]
  })
}

/**
 * PostgreSQL drops the plans that it keeps when it is told to, but not the checks of domains, in which it has put the
 * answers of IMMUTABLE functions: these stay until the session ends.
 */
export function codeResidueOf({ immutable }: SessionDependent, { types }: Catalog): SessionResidue {
  if (immutable.length === 0) return 'code'
  const isKept = types.some(
    (type) =>
      type.kind === 'domain' &&
      type.checks.some(({ functions }) =>
        functions.some((one) => immutable.some(({ name }) => one.startsWith(`${name}(`))),
      ),
  )
  return isKept ? 'session' : 'plans'
}
