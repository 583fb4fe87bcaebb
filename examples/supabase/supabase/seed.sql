insert into auth.users (id, email, raw_user_meta_data) values
  ('00000000-0000-4000-8000-000000000001', 'ada@example.com', '{"username": "ada"}'),
  ('00000000-0000-4000-8000-000000000002', 'ben@example.com', '{"username": "ben"}');

insert into public.teams (id, name, created_by) values
  ('00000000-0000-4000-9000-000000000001', 'Engines', '00000000-0000-4000-8000-000000000001');
insert into public.team_members values
  ('00000000-0000-4000-9000-000000000001', '00000000-0000-4000-8000-000000000001', 'owner'),
  ('00000000-0000-4000-9000-000000000001', '00000000-0000-4000-8000-000000000002', 'editor');

insert into public.posts (author_id, title, body, published_at) values
  ('00000000-0000-4000-8000-000000000001', 'Notes on the engine', 'It weaves patterns.', now() - interval '1 day'),
  ('00000000-0000-4000-8000-000000000002', 'A draft', 'Nobody else sees this yet.', null);
