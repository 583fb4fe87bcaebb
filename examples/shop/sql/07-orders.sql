-- Orders and their lines. Customers write them directly; prices, totals and the stock are kept by triggers.

SET ROLE shop_owner;

CREATE TYPE v2.order_status AS ENUM ('open', 'paid', 'shipped', 'cancelled');
COMMENT ON TYPE v2.order_status IS 'How far an order has come';
GRANT USAGE ON TYPE v2.order_status TO app_user, manager;

-- Row-level security is not forced on the owner of these two tables: triggers keep the totals as the owner.
CREATE TABLE v2.orders (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id uuid NOT NULL DEFAULT auth.uid() REFERENCES v2.profiles ON DELETE CASCADE,
  status v2.order_status NOT NULL DEFAULT 'open',
  total numeric(12, 2) NOT NULL DEFAULT 0,
  note text,
  ship_to text,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX orders_customer ON v2.orders (customer_id, created_at);
CREATE INDEX orders_status ON v2.orders (status);
COMMENT ON TABLE v2.orders IS 'Orders: customers see their own';
COMMENT ON COLUMN v2.orders.total IS 'Sum of the lines; kept by the database';
COMMENT ON COLUMN v2.orders.note IS 'The customer''s words to the shop';

CREATE TABLE v2.lines (
  order_id integer NOT NULL REFERENCES v2.orders ON DELETE CASCADE,
  product_id integer NOT NULL REFERENCES v2.products,
  qty integer NOT NULL DEFAULT 1 CHECK (qty > 0),
  unit_price numeric(12, 2) NOT NULL DEFAULT 0,
  amount numeric(12, 2) NOT NULL GENERATED ALWAYS AS (qty * unit_price) STORED,
  PRIMARY KEY (order_id, product_id)
);
CREATE INDEX lines_product ON v2.lines (product_id);
COMMENT ON TABLE v2.lines IS 'Order lines: how many of which product';
COMMENT ON COLUMN v2.lines.unit_price IS 'The product''s price when it was ordered; filled by the database';
COMMENT ON COLUMN v2.lines.amount IS 'Quantity times price';

ALTER TABLE v2.orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY customers_see_own ON v2.orders FOR SELECT TO app_user
  USING (customer_id = (SELECT auth.uid()));
CREATE POLICY customers_order ON v2.orders FOR INSERT TO app_user
  WITH CHECK (customer_id = (SELECT auth.uid()) AND status = 'open');
-- An open order can be changed, and cancelled; it cannot be declared paid or given away.
CREATE POLICY customers_change_open ON v2.orders FOR UPDATE TO app_user
  USING (customer_id = (SELECT auth.uid()) AND status = 'open')
  WITH CHECK (customer_id = (SELECT auth.uid()) AND status IN ('open', 'cancelled'));
CREATE POLICY customers_delete_open ON v2.orders FOR DELETE TO app_user
  USING (customer_id = (SELECT auth.uid()) AND status = 'open');
CREATE POLICY managers_see ON v2.orders FOR SELECT TO manager
  USING (true);
CREATE POLICY managers_move_on ON v2.orders FOR UPDATE TO manager
  USING (status <> 'cancelled') WITH CHECK (status <> 'open');
GRANT SELECT, INSERT (note, ship_to), UPDATE (status, note, ship_to), DELETE ON v2.orders TO app_user;
GRANT SELECT, UPDATE (status) ON v2.orders TO manager;

ALTER TABLE v2.lines ENABLE ROW LEVEL SECURITY;
-- The sub-select obeys the policies of orders: each customer's own.
CREATE POLICY seen_with_the_order ON v2.lines FOR SELECT TO app_user
  USING (order_id IN (SELECT id FROM v2.orders));
CREATE POLICY added_to_open_orders ON v2.lines FOR INSERT TO app_user
  WITH CHECK (order_id IN (SELECT id FROM v2.orders WHERE status = 'open'));
CREATE POLICY changed_in_open_orders ON v2.lines FOR UPDATE TO app_user
  USING (order_id IN (SELECT id FROM v2.orders WHERE status = 'open'))
  WITH CHECK (order_id IN (SELECT id FROM v2.orders WHERE status = 'open'));
CREATE POLICY removed_from_open_orders ON v2.lines FOR DELETE TO app_user
  USING (order_id IN (SELECT id FROM v2.orders WHERE status = 'open'));
CREATE POLICY managers_see ON v2.lines FOR SELECT TO manager
  USING (true);
CREATE POLICY summed_up ON v2.lines FOR SELECT TO shop_stats
  USING (true);
GRANT SELECT, INSERT (order_id, product_id, qty), UPDATE (qty), DELETE ON v2.lines TO app_user;
GRANT SELECT ON v2.lines TO manager;
GRANT SELECT (product_id, qty) ON v2.lines TO shop_stats;

CREATE FUNCTION internal.price_line() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  SELECT p.price INTO NEW.unit_price FROM v2.products p WHERE p.id = NEW.product_id AND p.discontinued_at IS NULL;
  IF NOT FOUND THEN
    RAISE foreign_key_violation USING MESSAGE = format('product %s is not sold', NEW.product_id);
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER priced BEFORE INSERT OR UPDATE OF product_id ON v2.lines
  FOR EACH ROW EXECUTE FUNCTION internal.price_line();

CREATE FUNCTION internal.account_line() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    UPDATE v2.products p SET stock = p.stock + OLD.qty WHERE p.id = OLD.product_id;
    UPDATE v2.orders o SET total = o.total - OLD.amount WHERE o.id = OLD.order_id;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    UPDATE v2.products p SET stock = p.stock - NEW.qty WHERE p.id = NEW.product_id;
    UPDATE v2.orders o SET total = o.total + NEW.amount WHERE o.id = NEW.order_id;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER accounted AFTER INSERT OR UPDATE OR DELETE ON v2.lines
  FOR EACH ROW EXECUTE FUNCTION internal.account_line();

CREATE FUNCTION internal.return_stock() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  UPDATE v2.products p SET stock = p.stock + l.qty FROM v2.lines l WHERE l.order_id = NEW.id AND p.id = l.product_id;
  RETURN NULL;
END
$$;
CREATE TRIGGER returned AFTER UPDATE OF status ON v2.orders
  FOR EACH ROW WHEN (NEW.status = 'cancelled' AND OLD.status <> 'cancelled')
  EXECUTE FUNCTION internal.return_stock();

CREATE TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON v2.orders
  FOR EACH ROW EXECUTE FUNCTION audit.record();
CREATE TRIGGER audited_truncate AFTER TRUNCATE ON v2.orders
  FOR EACH STATEMENT EXECUTE FUNCTION audit.record();

CREATE FUNCTION v2.item_count(placed v2.orders) RETURNS bigint
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN (SELECT coalesce(sum(l.qty), 0) FROM v2.lines l WHERE l.order_id = placed.id);
COMMENT ON FUNCTION v2.item_count(v2.orders) IS 'How many things were ordered

@notnull';
GRANT EXECUTE ON FUNCTION v2.item_count(v2.orders) TO app_user, manager;

RESET ROLE;

-- What was ordered how often is public, by whom is not. This view runs with its owner's rights, on purpose: an owner
-- who reads two columns and nothing else. It is in no exposed schema; v2.bestsellers shows it.
CREATE VIEW internal.sold WITH (security_barrier = true) AS
  SELECT l.product_id, sum(l.qty) AS qty
  FROM v2.lines l
  GROUP BY l.product_id;
ALTER VIEW internal.sold OWNER TO shop_stats;
COMMENT ON VIEW internal.sold IS 'How many of each product were ordered';
GRANT SELECT ON internal.sold TO anon;
