import type { RoutineRow } from './rows.js'

/**
 * What a function without arguments always returns, where PostgreSQL's planner finds out: it inlines SQL functions
 * ("Function Inlining", clauses.c inline_function), and computes immutable ones while it plans.
 */
export function constantOfFunction(row: RoutineRow): boolean | null {
  if (row.body === null || row.kind !== 'f' || row.returnsSet) return null
  const isInlined = row.language === 'sql' && !row.securityDefiner && row.settings === null
  if (!isInlined && row.volatility !== 'i') return null
  const body = row.language === 'sql' ? sqlBody : row.language === 'plpgsql' ? plpgsqlBody : null
  const value = body?.exec(row.body)?.[1]?.toLowerCase()
  return value === undefined ? null : value === 'true'
}

const sqlBody = /^\s*(?:select|return)\s+\(?(true|false)\)?(?:\s+as\s+\w+)?\s*;?\s*$/i
const plpgsqlBody = /^\s*begin\s+return\s+\(?(true|false)\)?\s*;\s*end\s*;?\s*$/i
