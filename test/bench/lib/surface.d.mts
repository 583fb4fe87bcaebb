import type { Surface } from '@rolecast/catalog'

export declare function relationName(index: number): string
export declare function syntheticSurface(count: number, role?: string): Surface
