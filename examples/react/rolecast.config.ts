import { defineConfig } from 'rolecast'

export default defineConfig({
  database: { sql: ['../shop/sql/*.sql'] },
  schemas: ['v2'],
  roles: ['anon', 'app_user'],
  authenticator: 'authenticator',
  out: 'src/api',
  targets: ['client', 'zod'],
  client: { rename: { relationships: { 'v2.categories.categories_by_parent': 'shelves' } } },
})
