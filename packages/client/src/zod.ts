import { ResponseError } from './errors/kinds.js'
import type { Call } from './types/call.js'

/** The part of Standard Schema (standardschema.dev) that zod, valibot and others have. */
export interface Schema<R> {
  readonly '~standard': {
    readonly validate: (value: unknown) => Validation<R> | Promise<Validation<R>>
  }
}

type Validation<R> =
  | { readonly value: R; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string; readonly path?: readonly unknown[] | undefined }[] }

/**
 * Sends a call and checks what comes back: in development, to find out that a client is older than its database.
 * `checked(db.orders.select('id'), z.array(z.object({ id: z.number() })))`
 * @throws ResponseError that names the first place that differs, with all issues as its cause
 */
export async function checked<R, S>(query: Call<R>, schema: Schema<S>): Promise<S> {
  const result = await schema['~standard'].validate(await query)
  if (result.issues === undefined) return result.value
  const [issue] = result.issues
  const { method, path } = query.toRequest()
  const where = (issue?.path ?? []).map((step) => (step instanceof Object && 'key' in step ? step.key : step)).join('.')
  throw new ResponseError({
    message: `The response is not what the schema says: ${where ? `${where}: ` : ''}${issue?.message}`,
    method,
    path,
    cause: result.issues,
  })
}
