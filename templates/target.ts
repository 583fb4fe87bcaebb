import type { Catalog, Surface } from '@rolecast/catalog'
import { z } from 'zod'

/** One file of the output. `path` is relative to the role's folder, with `/` between its parts. */
export interface EmittedFile {
  readonly path: string
  readonly content: string
}

/** What all roles of a project share: one object for all of them. */
export interface Project {
  /** the exposed schemas, the API's default schema first */
  readonly schemas: readonly string[]
}

/** A project as it was read from the database. */
export interface ReadProject extends Project {
  readonly catalog: Catalog
  /** one for each role */
  readonly surfaces: readonly Surface[]
}

/** What is said of a role's files when they are generated. */
export interface TargetReport {
  /** `12 relations, 3 functions` */
  readonly contents: string
  /** lines that say what the files leave out, and why */
  readonly leftOut?: readonly string[]
}

/** One kind of output: it turns what a role may do into files. */
export interface Target<Name extends string = string, Options = unknown> {
  /** The key of its options in the configuration. */
  readonly name: Name
  /** Checks its options. They are `{}` where the configuration has none. */
  readonly options: z.ZodType<Options>
  /** Says what is wrong with options that the schema cannot check alone: names that the database does not have. */
  problems?(project: ReadProject, options: Options): readonly string[]
  /**
   * The files of one role. The same surface and options must give the same files.
   *
   * @throws TargetOptionsError for options that this surface does not allow
   */
  emit(surface: Surface, options: Options, project: Project): readonly EmittedFile[] | Promise<readonly EmittedFile[]>
  /** What to tell the person who runs `generate`. */
  report?(surface: Surface, options: Options): TargetReport
}

/** What `defineTarget` takes: a target whose options are inferred from their schema. */
export interface TargetDefinition<Name extends string, Schema extends z.ZodType> {
  readonly name: Name
  /** Left out: the target has no options. */
  readonly options?: Schema
  problems?(project: ReadProject, options: z.output<Schema>): readonly string[]
  emit(
    surface: Surface,
    options: z.output<Schema>,
    project: Project,
  ): readonly EmittedFile[] | Promise<readonly EmittedFile[]>
  report?(surface: Surface, options: z.output<Schema>): TargetReport
}

/**
 * Makes a target, with the types of its options.
 *
 * @example
 * export default defineTarget({
 *   name: 'list',
 *   options: z.strictObject({ title: z.string().default('Relations') }),
 *   emit: ({ relations }, { title }) => [
 *     { path: 'list.md', content: [`# ${title}`, ...relations.map(({ name }) => `- ${name}`), ''].join('\n') },
 *   ],
 * })
 */
export function defineTarget<
  const Name extends string,
  Schema extends z.ZodType = z.ZodObject<Record<never, never>, z.core.$strict>,
>(definition: TargetDefinition<Name, Schema>): Target<Name, z.output<Schema>> & { readonly options: Schema } {
  // Without options the type parameter is that of an empty object.
  const options = definition.options ?? (z.strictObject({}) as z.ZodType as Schema)
  return { ...definition, options } as Target<Name, z.output<Schema>> & { readonly options: Schema }
}

/** Options of a target that cannot be followed with this database. The message says which key, and why. */
export class TargetOptionsError extends Error {
  override readonly name = 'TargetOptionsError'
}
