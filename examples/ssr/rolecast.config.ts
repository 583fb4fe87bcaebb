import { defineConfig } from 'rolecast'

export default defineConfig({
  database: { sql: ['../shop/sql/*.sql'] },
  schemas: ['v2'],
  roles: ['anon', 'app_user'],
  authenticator: 'authenticator',
  out: 'src/api',
})
