export interface Bytes {
  readonly minified: number
  readonly gzip: number
}

export declare function sizeOf(
  contents: string,
  options?: { readonly external?: readonly string[]; readonly conditions?: readonly string[] },
): Promise<{
  readonly size: Bytes
  readonly later: Bytes
  readonly entry: string
  readonly outputFiles: readonly { readonly path: string; readonly contents: Uint8Array; readonly text: string }[]
  readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>
}>
