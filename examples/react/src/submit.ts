import { type Call, constraintOf, isUnauthorized } from '@rolecast/client'
import type { ZodType } from 'zod'

/** A message for each field that is wrong; what belongs to no field is under `form`. */
export type Problems = Readonly<Record<string, string>>

/** Where to show the violation of a constraint, or an error of a code, and what to say. */
export type Rules = Readonly<Record<string, readonly [field: string, message: string]>>

/**
 * Checks what was typed, sends it, and says what is wrong. The schema and PostgreSQL name the same constraints, so one
 * table of rules serves both. No problems: it is done. Throws where the session has ended.
 */
export async function submit<T, R>(
  schema: ZodType<T>,
  input: unknown,
  send: (values: T) => Call<R>,
  rules: Rules,
  done?: (result: R) => void,
): Promise<Problems> {
  const checked = schema.safeParse(input)
  if (!checked.success) {
    return Object.fromEntries(
      checked.error.issues.map(({ path, message }) => rules[message] ?? [String(path[0] ?? 'form'), message]),
    )
  }
  const { data, error } = await send(checked.data).result()
  if (error === null) {
    done?.(data)
    return {}
  }
  if (isUnauthorized(error)) throw error
  return Object.fromEntries([rules[constraintOf(error) ?? error.code] ?? ['form', error.message]])
}
