import { commonFiles, keyFolder, keysReadme } from '../parts.js'
import type { Starter } from '../starter.js'

const sql = `-- A catalogue that everybody reads, and orders that belong to who made them.

SET ROLE api_owner;

CREATE TABLE api.categories (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE
);
COMMENT ON TABLE api.categories IS 'What products are sorted by';

CREATE TABLE api.products (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  category_id integer NOT NULL REFERENCES api.categories,
  name text NOT NULL,
  price numeric(12, 2) NOT NULL CHECK (price >= 0)
);
CREATE INDEX products_category ON api.products (category_id);
COMMENT ON TABLE api.products IS 'What is sold';

CREATE TABLE api.profiles (
  id uuid PRIMARY KEY DEFAULT auth.uid(),
  name text NOT NULL CHECK (name <> '')
);
COMMENT ON TABLE api.profiles IS 'Customers: each sees and changes their own';

CREATE TABLE api.orders (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner_id uuid NOT NULL DEFAULT auth.uid() REFERENCES api.profiles ON DELETE CASCADE,
  product_id integer NOT NULL REFERENCES api.products,
  quantity integer NOT NULL DEFAULT 1 CHECK (quantity > 0),
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX orders_owner ON api.orders (owner_id);
CREATE INDEX orders_product ON api.orders (product_id);
COMMENT ON TABLE api.orders IS 'Orders: customers see and change their own';

-- Row-level security on every table, also on those that everybody reads: what is forgotten is then shut, not open.
ALTER TABLE api.categories ENABLE ROW LEVEL SECURITY;
ALTER TABLE api.categories FORCE ROW LEVEL SECURITY;
ALTER TABLE api.products ENABLE ROW LEVEL SECURITY;
ALTER TABLE api.products FORCE ROW LEVEL SECURITY;
ALTER TABLE api.profiles ENABLE ROW LEVEL SECURITY;
ALTER TABLE api.profiles FORCE ROW LEVEL SECURITY;
ALTER TABLE api.orders ENABLE ROW LEVEL SECURITY;
ALTER TABLE api.orders FORCE ROW LEVEL SECURITY;

CREATE POLICY everybody_reads ON api.categories FOR SELECT TO anon, app_user USING (true);
CREATE POLICY everybody_reads ON api.products FOR SELECT TO anon, app_user USING (true);

-- (SELECT auth.uid()) is asked once a statement, and not once a row.
CREATE POLICY own_read ON api.profiles FOR SELECT TO app_user USING (id = (SELECT auth.uid()));
CREATE POLICY own_insert ON api.profiles FOR INSERT TO app_user WITH CHECK (id = (SELECT auth.uid()));
CREATE POLICY own_update ON api.profiles FOR UPDATE TO app_user
  USING (id = (SELECT auth.uid())) WITH CHECK (id = (SELECT auth.uid()));

CREATE POLICY own_read ON api.orders FOR SELECT TO app_user USING (owner_id = (SELECT auth.uid()));
CREATE POLICY own_insert ON api.orders FOR INSERT TO app_user WITH CHECK (owner_id = (SELECT auth.uid()));
CREATE POLICY own_update ON api.orders FOR UPDATE TO app_user
  USING (owner_id = (SELECT auth.uid())) WITH CHECK (owner_id = (SELECT auth.uid()));
CREATE POLICY own_delete ON api.orders FOR DELETE TO app_user USING (owner_id = (SELECT auth.uid()));

-- What each role may do, column by column where it writes. Whose a row is nobody can say but the database.
GRANT USAGE ON SCHEMA api TO anon, app_user;
GRANT EXECUTE ON FUNCTION auth.uid() TO app_user;
GRANT SELECT ON api.categories, api.products TO anon, app_user;
GRANT SELECT, INSERT (name), UPDATE (name) ON api.profiles TO app_user;
GRANT SELECT, INSERT (product_id, quantity), UPDATE (quantity), DELETE ON api.orders TO app_user;

RESET ROLE;
`

export const twoRoles: Starter = {
  name: 'two-roles',
  summary: 'a catalogue that everybody reads, and rows that belong to who made them',
  files: [
    ...commonFiles({
      roles: [['app_user', 'Customers: everybody with a token']],
      schemas: ['api'],
      tokens: keyFolder,
      title: 'Two roles: visitors and customers',
      readme: `Visitors (\`anon\`) read the catalogue. Customers (\`app_user\`) read it too, and see and change their own profile and orders:
rows whose owner is the claim \`sub\` of their token, a UUID.

${keysReadme}`,
    }),
    { path: 'migrations/03_shop.sql', content: sql },
  ],
}
