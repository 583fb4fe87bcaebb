-- 24 people who can log in: FIRSTNAME@example.com with the password FIRSTNAME-likes-coffee. Demo accounts only: the
-- hashes are of passwords that everybody can read here.

WITH people (nr, email, password_hash, role, name, city) AS (VALUES
  (1, 'ada@example.com', '$2a$10$L49alWrXDMfQM3MY71MZtOiQqY551VEfBseOee7O7QHWYdsoshknC', 'app_user', 'Ada Keller', 'Vienna'),
  (2, 'ben@example.com', '$2a$10$xjEa9hgo2KUM4OV1tkl4/OkXMeilRp3IZZcnMLON2zcK2FVVEoBFu', 'app_user', 'Ben Okafor', 'Hamburg'),
  (3, 'chloe@example.com', '$2a$10$DeoGA4rSaBFTBj40OQldLOFvqJ.1U7YEkv/Sc/oHpZZJEb.gna9qO', 'app_user', 'Chloé Martin', 'Lyon'),
  (4, 'dario@example.com', '$2a$10$NM7AvglShHg8jEe7iR4F0OTYN4baMmkny2Qqn3ga/iR4rHWzEtyW.', 'app_user', 'Dario Conti', 'Turin'),
  (5, 'elin@example.com', '$2a$10$2DXZLhwy5jAUyHivpN9Z3OwvaieqKA2HPPQW0ThnDK6vUfzNd/JzS', 'app_user', 'Elin Sjöberg', 'Uppsala'),
  (6, 'farid@example.com', '$2a$10$HpAq6NhSL5dVvM87WGHvbOjhtkfClXncWSUZTVn5/QDu.dSeA35JK', 'app_user', 'Farid Haddad', 'Brussels'),
  (7, 'greta@example.com', '$2a$10$COC6zajYTusneOwNo00xhOUexzMOBmScIXLeFQorCLCgWSlwfOQqG', 'app_user', 'Greta Lindner', 'Leipzig'),
  (8, 'hugo@example.com', '$2a$10$NzCv9x5LzlBPF/chfq5qmO5shQ6kEgtqYX/I1WCwHkWcv9fP1p3W6', 'app_user', 'Hugo Pereira', 'Porto'),
  (9, 'ines@example.com', '$2a$10$n7PSZoRGbPy5SwtdUKIztOCMqpktSE3dCbLRbB8BEEfBi9qba7YfS', 'app_user', 'Inés Castillo', 'Seville'),
  (10, 'jonas@example.com', '$2a$10$6GekFyxV9b0YeZnsHzMJzOi43vSu/VWTpoy7BiGnjGevvZtuAq0uu', 'app_user', 'Jonas Weber', 'Basel'),
  (11, 'kaja@example.com', '$2a$10$562k//VivmhuUOjDXuhhEOhRDWatCbRuqnRYuFX0a9LIRLWaQcEai', 'app_user', 'Kaja Nowak', 'Krakow'),
  (12, 'liam@example.com', '$2a$10$Tj/rifAd0Yt3UvCeq11R.OFSwmLX9wlTTNtWK7sJvDax9lswKE3Mm', 'app_user', 'Liam Byrne', 'Cork'),
  (13, 'mona@example.com', '$2a$10$MN4pMm9lJjiJoP8r227wLOFEYwlcfp/DsvLT.6HVNeUuVNIUgQ6Lu', 'manager', 'Mona Richter', 'Graz'),
  (14, 'nils@example.com', '$2a$10$KvYvx54vKPVVkC0sFbVm8O5kblZ1E08KUttJB2dq24ewc4VVz5186', 'manager', 'Nils Hansen', 'Aarhus'),
  (15, 'olga@example.com', '$2a$10$RVezjLxMgl1BQtgjG7xDEO8TtZ7b3WaZSVAqnORm3jZhdwOTOxCja', 'tenant_admin', 'Olga Petrova', 'Sofia'),
  (16, 'paul@example.com', '$2a$10$1zmafWe24ElIPQykSAXXQOUuf7sMoZKHeYEumsC7ga9Vss06X.Xwu', 'tenant_admin', 'Paul Moreau', 'Ghent'),
  (17, 'quirin@example.com', '$2a$10$7pO6vstKYrFNadYGgCvhCOBt8JGyucU9e.K1xaHSBBiPybKEVK3Ee', 'tenant_admin', 'Quirin Huber', 'Salzburg'),
  (18, 'rosa@example.com', '$2a$10$n4V4AhE2Eee/n/oWMA9RuOWnxtSwGIpPxYprLOaudjt33slCWlvVi', 'app_user', 'Rosa Lindgren', 'Malmö'),
  (19, 'sami@example.com', '$2a$10$9ukgDay3BuFpVECHmUg.vO5/Lt3cYW5MqLxUqq6ggYhuVfYusbQky', 'app_user', 'Sami Virtanen', 'Turku'),
  (20, 'tara@example.com', '$2a$10$/jqATqHw4i4PkVI6zydBCO3.vQu8V7cswXs.g7ZfwgzFrUwJlNj9O', 'app_user', 'Tara Singh', 'Leeds'),
  (21, 'uwe@example.com', '$2a$10$k91E8PTZW86Dpgm4Z4LnZOZ0sFHwj6vpQ9rdGbCYooy1iGhe1tTzq', 'app_user', 'Uwe Brandt', 'Bremen'),
  (22, 'vera@example.com', '$2a$10$sST28oLUtPo0D2pFo5ayHOpdhhFfPBo8YkSsGsBinF.LhErQoTefi', 'app_user', 'Vera Costa', 'Lisbon'),
  (23, 'wim@example.com', '$2a$10$hGIX2iO3KEIqkSx1UuLMqOInzNSXNN9AlEfKqr1EhiWlKqBBqHWl2', 'app_user', 'Wim de Vries', 'Utrecht'),
  (24, 'yara@example.com', '$2a$10$P3KGzOYc13hMq7ulzhD7lOmQIjjOPeq9iDtiHhb0Mm1VoUpQNhaw6', 'app_user', 'Yara Demir', 'Izmir')
),
accounts AS (
  INSERT INTO auth.users (id, email, password_hash, role, created_at)
  SELECT format('00000000-0000-4000-8000-%s', lpad(nr::text, 12, '0'))::uuid, email, password_hash, role,
    timestamptz '2025-09-01 07:00:00+00' + nr * interval '53 hours'
  FROM people
  ORDER BY nr
  RETURNING id, email, created_at
)
INSERT INTO v2.profiles (id, name, city, interests, settings, listed, joined_at)
SELECT a.id, p.name, p.city,
  string_to_array((ARRAY['coffee,gift', 'tea', 'garden,seasonal', 'wood,handmade'])[1 + nr % 4], ','),
  jsonb_build_object('language', (ARRAY['en', 'de', 'fr'])[1 + nr % 3], 'newsletter', nr % 2 = 0),
  nr % 4 <> 3,
  a.created_at
FROM accounts a
JOIN people p ON p.email = a.email
ORDER BY nr;

-- 48 messages: half of them questions, half of them answers, an hour later.
INSERT INTO v2.chat (message_uuid, message_time, message_from, message_to, message_subject, message_body)
SELECT format('10000000-0000-4000-8000-%s', lpad((2 * nr + back)::text, 12, '0'))::uuid,
  timestamptz '2026-02-02 09:00:00+00' + nr * interval '19 hours' + back * interval '1 hour',
  format('00000000-0000-4000-8000-%s', lpad((CASE back WHEN 0 THEN one ELSE other END)::text, 12, '0'))::uuid,
  format('00000000-0000-4000-8000-%s', lpad((CASE back WHEN 0 THEN other ELSE one END)::text, 12, '0'))::uuid,
  CASE back WHEN 0 THEN subject ELSE 'Re: ' || subject END,
  CASE back WHEN 0 THEN question ELSE answer END
FROM generate_series(0, 23) AS asked (nr)
CROSS JOIN (VALUES (0), (1)) AS direction (back)
CROSS JOIN LATERAL (SELECT 1 + nr % 12 AS one, 18 + nr % 7 AS other) AS pair
JOIN (VALUES
  (0, 'The hand grinder', 'Does yours hold a setting after a month of espresso?', 'It does. Wipe the burrs once a week.'),
  (1, 'Splitting a parcel', 'Shall we order the tulip bulbs together?', 'Yes: fifty for you, fifty for me.'),
  (2, 'Sencha or hojicha?', 'Which one do you drink in the evening?', 'Hojicha, I could not sleep otherwise.'),
  (3, 'Iron pan', 'How did you season yours?', 'Three thin coats of linseed oil, an hour each.')
) AS topic (kind, subject, question, answer) ON topic.kind = asked.nr % 4
ORDER BY asked.nr, back;
