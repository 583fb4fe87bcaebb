-- Added to the shop for the page's test and its picture in the manual: mistakes, a role of roles, and hostile names.
CREATE ROLE reports NOLOGIN;
GRANT manager TO reports;
GRANT reports TO authenticator;
GRANT USAGE ON SCHEMA v2 TO reports;

CREATE TABLE v2.feedback (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, author text NOT NULL, body text NOT NULL, password text);
GRANT SELECT, INSERT ON v2.feedback TO anon;
GRANT ALL ON v2.feedback TO app_user;

CREATE TABLE v2.coupons (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code text NOT NULL, discount numeric(5, 2) NOT NULL, owner_id uuid);
ALTER TABLE v2.coupons ENABLE ROW LEVEL SECURITY;
CREATE POLICY "see them" ON v2.coupons FOR SELECT USING (true);
CREATE POLICY "change them" ON v2.coupons FOR UPDATE TO app_user
  USING (owner_id = (SELECT (nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')::uuid)) WITH CHECK (true);
GRANT SELECT ON v2.coupons TO PUBLIC;
GRANT SELECT (code, discount), UPDATE (discount) ON v2.coupons TO app_user;
