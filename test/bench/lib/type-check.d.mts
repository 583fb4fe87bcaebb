export declare const compilers: Readonly<Record<'5.4' | '5.9' | '6.0' | '7.0', string>>

export declare function project(
  files: Readonly<Record<string, string>>,
  settings?: { readonly options?: object; readonly include?: readonly string[] },
): { readonly folder: string; remove(): void }

export interface Diagnostics {
  readonly errors: readonly string[]
  readonly instantiations: number
  readonly types: number
  /** MB */
  readonly memory: number
  readonly seconds: number
}

export declare function check(folder: string, compilerFolder: string): Promise<Diagnostics>
