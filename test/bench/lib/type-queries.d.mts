import type { Surface } from '@rolecast/catalog'

type Query = (index: number, count: number) => string

export declare const ours: Readonly<Record<'flat' | 'embeds' | 'renamed' | 'named' | 'said' | 'aliases', Query>>
export declare const supabase: Readonly<Record<'flat' | 'embeds', Query>>
export declare function queryModule(imports: string, query: Query, queries: number, relations: number): string
export declare function supabaseDatabase(surface: Surface): string
