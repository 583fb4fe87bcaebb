/** One file of a starter, by its path in the project. */
export interface StarterFile {
  readonly path: string
  readonly content: string
}

/** A project to begin with: migrations, configurations of the command and of the server, and how to go on. */
export interface Starter {
  readonly name: string
  /** one line for `--help` */
  readonly summary: string
  readonly files: readonly StarterFile[]
}
