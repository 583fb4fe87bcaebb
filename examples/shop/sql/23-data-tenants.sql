-- Three business accounts: 9 members, 9 projects, 54 tasks, 18 invoices.

INSERT INTO v2.tenants (id, name, created_at) VALUES
  ('acme', 'Acme Catering', '2025-10-01 08:00:00+00'),
  ('borealis', 'Hotel Borealis', '2025-10-08 08:00:00+00'),
  ('corvo', 'Corvo Coffee Bars', '2025-10-15 08:00:00+00');

INSERT INTO v2.members (tenant_id, user_id, title, joined_on)
SELECT m.tenant, format('00000000-0000-4000-8000-%s', lpad(m.person::text, 12, '0'))::uuid, m.title, date '2025-10-20' + m.person
FROM (VALUES
  ('acme', 15, 'Owner'), ('acme', 1, 'Kitchen'), ('acme', 2, 'Purchasing'),
  ('borealis', 16, 'General manager'), ('borealis', 18, 'Housekeeping'), ('borealis', 19, 'Restaurant'),
  ('corvo', 17, 'Founder'), ('corvo', 21, 'Roastery'), ('corvo', 22, 'Barista trainer')
) AS m (tenant, person, title);

INSERT INTO v2.projects (tenant_id, name, period, labels, budget, created_at)
SELECT t.id, p.name, daterange(date '2026-01-12' + 40 * p.nr, date '2026-03-09' + 40 * p.nr), p.labels::text[],
  2500 + 1250 * p.nr + 500 * length(t.id), timestamptz '2026-01-05 09:00:00+00' + p.nr * interval '6 days'
FROM v2.tenants t
CROSS JOIN (VALUES
  (0, 'New menu', '{kitchen,spring}'), (1, 'Terrace', '{garden}'), (2, 'Staff training', '{people,coffee}')
) AS p (nr, name, labels)
ORDER BY t.id, p.nr;

INSERT INTO v2.tasks (tenant_id, project_id, assignee, title, state, due_on, details)
SELECT p.tenant_id, p.id,
  (SELECT m.user_id FROM v2.members m WHERE m.tenant_id = p.tenant_id ORDER BY m.user_id OFFSET t.nr % 3 LIMIT 1),
  t.title, t.state::v2.task_state, lower(p.period) + 7 * t.nr, jsonb_build_object('hours', 2 + 3 * t.nr)
FROM v2.projects p
CROSS JOIN (VALUES
  (0, 'Ask for offers', 'done'), (1, 'Choose', 'done'), (2, 'Order', 'doing'),
  (3, 'Receive and check', 'todo'), (4, 'Set up', 'todo'), (5, 'Look back', 'todo')
) AS t (nr, title, state)
ORDER BY p.id, t.nr;

INSERT INTO v2.invoices (tenant_id, amount, issued_on, paid_on, reference)
SELECT t.id, 180 + 35 * month + 20 * length(t.id), date '2025-11-30' + 30 * month,
  CASE WHEN month < 5 THEN date '2025-12-14' + 30 * month END,
  CASE WHEN month < 3 THEN format('PO-%s-%s', upper(left(t.id, 2)), 100 + month) END
FROM v2.tenants t
CROSS JOIN generate_series(0, 5) AS month
ORDER BY month, t.id;

-- The log starts with the first real change.
TRUNCATE audit.log RESTART IDENTITY;
