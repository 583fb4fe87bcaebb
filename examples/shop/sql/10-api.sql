-- The API's functions. All run with the caller's rights; where that is not enough they call one hidden function that
-- does one thing.

SET ROLE shop_owner;

CREATE FUNCTION v2.login(email text, pass text) RETURNS text
  LANGUAGE sql VOLATILE
  RETURN auth.login(email, pass);
COMMENT ON FUNCTION v2.login(text, text) IS 'A token (JWT) for an hour

@notnull';
GRANT EXECUTE ON FUNCTION v2.login(text, text) TO anon;

CREATE FUNCTION v2.signup(email text, pass text, name text) RETURNS text
  LANGUAGE sql VOLATILE
  RETURN auth.signup(email, pass, name);
COMMENT ON FUNCTION v2.signup(text, text, text) IS 'Signs up and logs in: a token (JWT) for an hour

@notnull';
GRANT EXECUTE ON FUNCTION v2.signup(text, text, text) TO anon;

CREATE FUNCTION v2.refresh() RETURNS text
  LANGUAGE sql VOLATILE
  RETURN auth.refresh();
COMMENT ON FUNCTION v2.refresh() IS 'A new token for the same session

@notnull';
GRANT EXECUTE ON FUNCTION v2.refresh() TO app_user, manager;

CREATE FUNCTION v2.logout() RETURNS void
  LANGUAGE sql VOLATILE
BEGIN ATOMIC
  SELECT auth.logout();
END;
COMMENT ON FUNCTION v2.logout() IS 'Ends the session: its tokens are refused from now on';
GRANT EXECUTE ON FUNCTION v2.logout() TO app_user, manager;

CREATE FUNCTION v2.search_products(query text, max_results integer DEFAULT 20)
  RETURNS TABLE (id integer, name text, price v2.amount, rank real)
  LANGUAGE sql STABLE PARALLEL SAFE ROWS 20
BEGIN ATOMIC
  SELECT p.id, p.name, p.price, ts_rank(p.search, q.query) AS rank
  FROM v2.products p, websearch_to_tsquery('english', search_products.query) AS q(query)
  WHERE p.search @@ q.query
  ORDER BY rank DESC, p.id
  LIMIT least(max_results, 100);
END;
COMMENT ON FUNCTION v2.search_products(text, integer) IS 'Products by words of name and description, best first';
GRANT EXECUTE ON FUNCTION v2.search_products(text, integer) TO anon, manager;

CREATE TYPE v2.order_item AS (product_id integer, qty integer);
COMMENT ON TYPE v2.order_item IS 'How many of which product to order';
GRANT USAGE ON TYPE v2.order_item TO app_user;

CREATE FUNCTION v2.place_order(items v2.order_item[], note text DEFAULT NULL, ship_to text DEFAULT NULL)
  RETURNS v2.orders
  LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  placed v2.orders;
BEGIN
  IF coalesce(cardinality(items), 0) = 0 THEN
    RAISE invalid_parameter_value USING MESSAGE = 'an order has at least one item';
  END IF;
  INSERT INTO v2.orders (note, ship_to) VALUES (place_order.note, place_order.ship_to) RETURNING * INTO placed;
  INSERT INTO v2.lines (order_id, product_id, qty)
  SELECT placed.id, i.product_id, sum(i.qty) FROM unnest(items) AS i GROUP BY i.product_id ORDER BY i.product_id;
  SELECT o.* INTO placed FROM v2.orders o WHERE o.id = placed.id;
  RETURN placed;
END
$$;
COMMENT ON FUNCTION v2.place_order(v2.order_item[], text, text) IS 'Orders several products at once: all of them, or none';
GRANT EXECUTE ON FUNCTION v2.place_order(v2.order_item[], text, text) TO app_user;

CREATE FUNCTION v2.calculate_total(order_id integer) RETURNS numeric
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN (SELECT sum(l.amount) FROM v2.lines l WHERE l.order_id = calculate_total.order_id);
COMMENT ON FUNCTION v2.calculate_total(integer) IS 'Sum of an order''s lines; null where there is none that the caller sees';
GRANT EXECUTE ON FUNCTION v2.calculate_total(integer) TO app_user, manager;

CREATE FUNCTION v2.sales_report(since date DEFAULT NULL, until date DEFAULT NULL, department v2.slug DEFAULT NULL)
  RETURNS TABLE (month date, category text, orders bigint, items bigint, revenue numeric, profit numeric)
  LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT date_trunc('month', o.created_at AT TIME ZONE 'UTC')::date AS month, d.name AS category,
    count(DISTINCT o.id) AS orders, sum(l.qty) AS items, sum(l.amount) AS revenue,
    sum(l.amount - l.qty * p.cost) AS profit
  FROM v2.orders o
  JOIN v2.lines l ON l.order_id = o.id
  JOIN v2.products p ON p.id = l.product_id
  JOIN v2.categories c ON c.id = p.category_id
  JOIN v2.categories d ON d.id = coalesce(c.parent_id, c.id)
  WHERE o.status <> 'cancelled'
    AND (since IS NULL OR o.created_at >= since::timestamp AT TIME ZONE 'UTC')
    AND (until IS NULL OR o.created_at < (until + 1)::timestamp AT TIME ZONE 'UTC')
    AND (department IS NULL OR d.slug = department)
  GROUP BY 1, 2
  ORDER BY 1, 2;
END;
COMMENT ON FUNCTION v2.sales_report(date, date, v2.slug) IS 'Sales and profit by month and department (UTC; both days included)';
GRANT EXECUTE ON FUNCTION v2.sales_report(date, date, v2.slug) TO manager;

CREATE FUNCTION internal.discontinue_product(product_id integer) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  UPDATE v2.products p SET discontinued_at = now()
  WHERE p.id = discontinue_product.product_id AND p.discontinued_at IS NULL;
  IF NOT FOUND THEN
    RAISE no_data_found USING MESSAGE = format('product %s is not sold', product_id);
  END IF;
END
$$;
GRANT EXECUTE ON FUNCTION internal.discontinue_product(integer) TO manager;
CREATE FUNCTION v2.discontinue_product(product_id integer) RETURNS void
  LANGUAGE sql VOLATILE
BEGIN ATOMIC
  SELECT internal.discontinue_product(product_id);
END;
COMMENT ON FUNCTION v2.discontinue_product(integer) IS 'Takes a product out of the shop for good; its orders remain';
GRANT EXECUTE ON FUNCTION v2.discontinue_product(integer) TO manager;

RESET ROLE;

CREATE VIEW v2.bestsellers AS
  SELECT p.id, p.slug, p.name, p.price, s.qty AS sold
  FROM v2.products p
  JOIN internal.sold s ON s.product_id = p.id;
COMMENT ON VIEW v2.bestsellers IS 'What was ordered how often';
