/** What every broken situation starts from: two roles of an API, its login role, owners. */
export const roles = `
  CREATE ROLE anon; CREATE ROLE staff; CREATE ROLE authenticator LOGIN NOINHERIT; CREATE ROLE keeper; CREATE ROLE viewer;
  GRANT anon, staff TO authenticator;`

export const base = `
  CREATE SCHEMA api; CREATE SCHEMA hidden; GRANT USAGE ON SCHEMA api TO anon, staff, keeper, viewer;
  CREATE TABLE api.orders (id int PRIMARY KEY, owner text, total numeric, note text);
  INSERT INTO api.orders VALUES (1, 'ann', 10, 'a'), (2, 'bob', 20, 'b');
  CREATE TABLE api.lines (id int PRIMARY KEY, order_id int REFERENCES api.orders, qty int);
  INSERT INTO api.lines VALUES (1, 1, 5);
  CREATE TABLE hidden.costs (id int PRIMARY KEY, owner text, cost int, secret text);
  INSERT INTO hidden.costs VALUES (1, 'ann', 3, 's');`
