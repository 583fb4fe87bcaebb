-- What the shop sells.

SET ROLE shop_owner;

CREATE DOMAIN v2.amount AS numeric(12, 2) CHECK (VALUE >= 0);
COMMENT ON DOMAIN v2.amount IS 'Euros';
CREATE DOMAIN v2.slug AS text CHECK (VALUE ~ '^[a-z0-9]+(-[a-z0-9]+)*$');
COMMENT ON DOMAIN v2.slug IS 'A name for addresses: lower-case letters, digits and hyphens';
GRANT USAGE ON TYPE v2.amount, v2.slug TO anon, manager;

CREATE TABLE v2.suppliers (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE,
  country char(2) NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
  lead_time_days smallint NOT NULL DEFAULT 14 CHECK (lead_time_days >= 0),
  active boolean NOT NULL DEFAULT true
);
CREATE INDEX suppliers_active ON v2.suppliers (active);
COMMENT ON TABLE v2.suppliers IS 'Whom the shop buys from';
COMMENT ON COLUMN v2.suppliers.country IS 'ISO 3166-1, two letters';

ALTER TABLE v2.suppliers ENABLE ROW LEVEL SECURITY;
ALTER TABLE v2.suppliers FORCE ROW LEVEL SECURITY;
CREATE POLICY managers_see ON v2.suppliers FOR SELECT TO manager USING (true);
CREATE POLICY managers_add ON v2.suppliers FOR INSERT TO manager WITH CHECK (active);
CREATE POLICY managers_change_active ON v2.suppliers FOR UPDATE TO manager USING (active) WITH CHECK (active);
GRANT SELECT, INSERT (name, country, lead_time_days), UPDATE (name, country, lead_time_days) ON v2.suppliers TO manager;

CREATE TABLE v2.categories (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  parent_id integer REFERENCES v2.categories,
  slug v2.slug NOT NULL UNIQUE,
  name text NOT NULL
);
CREATE INDEX categories_parent ON v2.categories (parent_id);
COMMENT ON TABLE v2.categories IS 'The shop''s departments and their shelves';
COMMENT ON COLUMN v2.categories.parent_id IS 'The department that a shelf belongs to';

ALTER TABLE v2.categories ENABLE ROW LEVEL SECURITY;
ALTER TABLE v2.categories FORCE ROW LEVEL SECURITY;
CREATE POLICY everybody_sees ON v2.categories FOR SELECT TO anon, manager USING (true);
GRANT SELECT ON v2.categories TO anon, manager;

-- Row-level security is not forced on the owner here: the triggers of orders keep the stock as the owner.
-- The columns that visitors must not see stand before others that they may: a column added at the end is then
-- never one that older grants were silent about.
CREATE TABLE v2.products (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  category_id integer NOT NULL REFERENCES v2.categories,
  supplier_id integer NOT NULL REFERENCES v2.suppliers,
  cost v2.amount NOT NULL,
  discontinued_at timestamptz,
  slug v2.slug NOT NULL UNIQUE,
  name text NOT NULL,
  description text NOT NULL,
  price v2.amount NOT NULL,
  stock integer NOT NULL DEFAULT 0 CHECK (stock >= 0),
  sizes text[] NOT NULL DEFAULT '{}',
  attributes jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(attributes) = 'object'),
  created_at timestamptz NOT NULL DEFAULT now(),
  search tsvector NOT NULL GENERATED ALWAYS AS (to_tsvector('english', name || ' ' || description)) STORED
);
CREATE INDEX products_category ON v2.products (category_id);
CREATE INDEX products_supplier ON v2.products (supplier_id);
CREATE INDEX products_discontinued ON v2.products (discontinued_at);
CREATE INDEX products_search ON v2.products USING gin (search);
COMMENT ON TABLE v2.products IS 'What the shop sells';
COMMENT ON COLUMN v2.products.supplier_id IS 'Whom the shop buys it from';
COMMENT ON COLUMN v2.products.cost IS 'What the shop pays for it';
COMMENT ON COLUMN v2.products.discontinued_at IS 'Out of the shop since; only managers see it then';
COMMENT ON COLUMN v2.products.slug IS 'Its name in addresses';
COMMENT ON COLUMN v2.products.price IS 'What a customer pays, taxes included';
COMMENT ON COLUMN v2.products.sizes IS 'Sizes on offer; none: there is one';
COMMENT ON COLUMN v2.products.search IS 'Words of name and description, for full-text filters';

ALTER TABLE v2.products ENABLE ROW LEVEL SECURITY;
CREATE POLICY visitors_see_what_is_sold ON v2.products FOR SELECT TO anon USING (discontinued_at IS NULL);
CREATE POLICY managers_see ON v2.products FOR SELECT TO manager USING (true);
CREATE POLICY managers_add ON v2.products FOR INSERT TO manager WITH CHECK (discontinued_at IS NULL);
CREATE POLICY managers_change_what_is_sold ON v2.products FOR UPDATE TO manager
  USING (discontinued_at IS NULL) WITH CHECK (discontinued_at IS NULL);
GRANT SELECT (id, category_id, slug, name, description, price, stock, sizes, attributes, created_at, search)
  ON v2.products TO anon;
GRANT SELECT,
  INSERT (category_id, supplier_id, cost, slug, name, description, price, stock, sizes, attributes),
  UPDATE (category_id, supplier_id, cost, slug, name, description, price, stock, sizes, attributes)
  ON v2.products TO manager;

CREATE TRIGGER audited AFTER INSERT OR DELETE OR UPDATE OF supplier_id, cost, discontinued_at, price ON v2.products
  FOR EACH ROW EXECUTE FUNCTION audit.record('search');
CREATE TRIGGER audited_truncate AFTER TRUNCATE ON v2.products
  FOR EACH STATEMENT EXECUTE FUNCTION audit.record();

CREATE FUNCTION v2.margin(product v2.products) RETURNS numeric
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN round(100 * (product.price - product.cost) / nullif(product.price, 0), 1);
COMMENT ON FUNCTION v2.margin(v2.products) IS 'Per cent of the price that remains after the cost';
GRANT EXECUTE ON FUNCTION v2.margin(v2.products) TO manager;

CREATE TABLE v2.tags (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE
);
COMMENT ON TABLE v2.tags IS 'Words to find products by';
ALTER TABLE v2.tags ENABLE ROW LEVEL SECURITY;
ALTER TABLE v2.tags FORCE ROW LEVEL SECURITY;
CREATE POLICY everybody_sees ON v2.tags FOR SELECT TO anon, manager USING (true);
GRANT SELECT ON v2.tags TO anon, manager;

CREATE TABLE v2.product_tags (
  product_id integer NOT NULL REFERENCES v2.products ON DELETE CASCADE,
  tag_id integer NOT NULL REFERENCES v2.tags,
  PRIMARY KEY (product_id, tag_id)
);
CREATE INDEX product_tags_tag ON v2.product_tags (tag_id);
COMMENT ON TABLE v2.product_tags IS 'Which product has which tag';
ALTER TABLE v2.product_tags ENABLE ROW LEVEL SECURITY;
ALTER TABLE v2.product_tags FORCE ROW LEVEL SECURITY;
CREATE POLICY seen_with_the_product ON v2.product_tags FOR SELECT TO anon, manager
  USING (product_id IN (SELECT id FROM v2.products));
CREATE POLICY managers_tag_what_is_sold ON v2.product_tags FOR INSERT TO manager
  WITH CHECK (product_id IN (SELECT id FROM v2.products WHERE discontinued_at IS NULL));
CREATE POLICY managers_untag_what_is_sold ON v2.product_tags FOR DELETE TO manager
  USING (product_id IN (SELECT id FROM v2.products WHERE discontinued_at IS NULL));
GRANT SELECT ON v2.product_tags TO anon, manager;
GRANT INSERT (product_id, tag_id), DELETE ON v2.product_tags TO manager;

RESET ROLE;
