import { defineConfig } from 'rolecast'

export default defineConfig({
  database: {
    sql: [
      'sql/01-roles.sql',
      'sql/02-schemas.sql',
      'sql/03-audit.sql',
      'sql/04-users.sql',
      'sql/05-people.sql',
      'sql/06-catalogue.sql',
      'sql/07-orders.sql',
      'sql/08-tenants.sql',
      'sql/09-login.sql',
      'sql/10-api.sql',
      'sql/11-v1.sql',
    ],
  },
  schemas: ['v2', 'v1'],
  roles: ['anon', 'app_user', 'manager', 'tenant_admin'],
  authenticator: 'authenticator',
  out: 'generated',
  client: {
    rename: {
      relationships: {
        'v2.categories.categories_by_parent': 'shelves',
        'v2.chat.message_from_profile': 'sender',
        'v2.chat.message_to_profile': 'recipient',
      },
    },
  },
})
