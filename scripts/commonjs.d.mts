export declare const appPackages: readonly string[]
export declare function buildCommonJs(folder: string): void
