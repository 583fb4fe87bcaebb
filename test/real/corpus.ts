import { fileURLToPath } from 'node:url'
import { type Platform, supabasePlatform } from '@rolecast/embedded'

/** One of the schemas under `schemas/`: what people build, in small. */
export interface RealSchema {
  readonly name: string
  /** the exposed schemas */
  readonly schemas: readonly string[]
  readonly anonymous: string
  /** it loads on a platform, and so brings no roles of its own */
  readonly platform?: Platform
  /** relationships to ask of one relation, where all would take too long */
  readonly mostEmbeds?: number
  /** every role that requests run as, with claims that let it see rows */
  readonly roles: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

export const corpus: readonly RealSchema[] = [
  {
    name: 'tenants',
    schemas: ['app'],
    anonymous: 'anon',
    platform: supabasePlatform({ grants: 'none' }),
    roles: { anon: {}, authenticated: { sub: '00000000-0000-4000-8000-000000000001' }, service_role: {} },
  },
  {
    name: 'library',
    schemas: ['api'],
    anonymous: 'web_anon',
    roles: { web_anon: {}, reader: { reader_id: 1 }, librarian: {} },
  },
  { name: 'places', schemas: ['api'], anonymous: 'anon', roles: { anon: {}, surveyor: {} } },
  {
    name: 'warehouse',
    schemas: ['erp'],
    anonymous: 'anon',
    roles: { anon: {}, staff: {}, manager: {} },
    mostEmbeds: 8,
  },
]

/** The SQL file of a schema; it makes its roles, `authenticator` among them, unless its platform does. */
export function fileOf({ name }: RealSchema): string {
  return fileURLToPath(new URL(`schemas/${name}.sql`, import.meta.url))
}
