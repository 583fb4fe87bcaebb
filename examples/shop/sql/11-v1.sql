-- The first version of the API, kept for its apps: other names, the same rows.

CREATE VIEW v1.products AS
  SELECT p.id, p.name AS title, p.price, c.name AS category
  FROM v2.products p
  JOIN v2.categories c ON c.id = p.category_id;
COMMENT ON VIEW v1.products IS 'What the shop sells';

CREATE VIEW v1.orders AS
  SELECT o.id, o.status::text AS state, o.total, o.created_at AS ordered_at
  FROM v2.orders o;
COMMENT ON VIEW v1.orders IS 'The caller''s orders';

CREATE VIEW v1.account AS
  SELECT p.id, p.name AS full_name, p.city
  FROM v2.profiles p
  WHERE p.id = (SELECT auth.uid())
  WITH CASCADED CHECK OPTION;
COMMENT ON VIEW v1.account IS 'The caller';

-- A view reads with its owner's rights unless it is told to use the caller's, which PostgreSQL can since 15. Before,
-- these run as shop_views: a role with a customer's rights, which no policy and no table lets around its rules.
ALTER VIEW v1.products OWNER TO shop_views;
ALTER VIEW v1.orders OWNER TO shop_views;
ALTER VIEW v1.account OWNER TO shop_views;
ALTER VIEW v2.bestsellers OWNER TO shop_views;
ALTER VIEW v1.account SET (security_barrier = true);
ALTER VIEW v1.orders SET (security_barrier = true);
DO $$
BEGIN
  IF current_setting('server_version_num')::integer >= 150000 THEN
    EXECUTE 'ALTER VIEW v1.products SET (security_invoker = true)';
    EXECUTE 'ALTER VIEW v1.orders SET (security_invoker = true)';
    EXECUTE 'ALTER VIEW v1.account SET (security_invoker = true)';
    EXECUTE 'ALTER VIEW v2.bestsellers SET (security_invoker = true)';
  END IF;
END
$$;

GRANT SELECT ON v2.bestsellers TO anon;
GRANT SELECT ON v1.products TO anon;
GRANT SELECT ON v1.orders TO app_user;
GRANT SELECT, UPDATE (full_name, city) ON v1.account TO app_user;
