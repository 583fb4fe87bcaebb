export declare function completions(
  folder: string,
  sources: readonly string[],
): { readonly names: readonly string[]; readonly milliseconds: number; readonly cpuMilliseconds: number }[]

export function hovers(folder: string, sources: readonly string[]): string[]
