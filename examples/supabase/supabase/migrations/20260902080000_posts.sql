-- Posts of people or teams; published ones are there for all.
create extension if not exists vector with schema extensions;

create table public.posts (
  id bigint generated always as identity primary key,
  author_id uuid not null default auth.uid() references public.profiles on delete cascade,
  team_id uuid references public.teams on delete set null,
  title text not null,
  body text not null default '',
  published_at timestamptz,
  embedding extensions.vector(384),
  search tsvector generated always as (to_tsvector('english', title || ' ' || body)) stored
);
create index on public.posts using gin (search);
create index on public.posts using hnsw (embedding extensions.vector_cosine_ops);

alter table public.posts enable row level security;
create policy "Published posts are public" on public.posts for select using (published_at <= now());
create policy "Authors see theirs" on public.posts for select to authenticated using (author_id = (select auth.uid()));
-- Written for everybody, as such policies often are: without a user it lets no row through.
create policy "Authors write theirs" on public.posts for insert with check ((select auth.uid()) = author_id);
create policy "Authors change theirs" on public.posts for update
  using ((select auth.uid()) = author_id) with check ((select auth.uid()) = author_id);
create policy "Authors delete theirs" on public.posts for delete using (auth.uid() = author_id);

grant select on public.posts to anon, authenticated;
-- The old way of such projects: everything for both, since policies decide about rows.
grant insert (title, body, team_id, published_at), update (title, body, team_id, published_at), delete
  on public.posts to anon, authenticated;
grant all on public.posts to service_role;

create function public.search_posts(query text) returns setof public.posts
language sql stable set search_path = '' as $$
  select * from public.posts where search @@ websearch_to_tsquery('english', query) order by published_at desc
$$;
create function public.similar_posts(wanted extensions.vector(384), number integer default 5) returns setof public.posts
language sql stable set search_path = 'public, extensions' as $$
  select * from public.posts order by embedding operator(extensions.<=>) wanted limit number
$$;
revoke execute on function public.search_posts(text), public.similar_posts(extensions.vector, integer) from public;
grant execute on function public.search_posts(text) to anon, authenticated, service_role;
grant execute on function public.similar_posts(extensions.vector, integer) to authenticated, service_role;
