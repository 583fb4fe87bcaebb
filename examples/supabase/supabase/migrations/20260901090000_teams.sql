-- Teams, and who is in them. Only members see a team.
create table public.teams (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  created_by uuid not null default auth.uid() references public.profiles,
  created_at timestamptz not null default now()
);

create type public.team_role as enum ('owner', 'editor', 'reader');

create table public.team_members (
  team_id uuid not null references public.teams on delete cascade,
  profile_id uuid not null references public.profiles on delete cascade,
  role public.team_role not null default 'reader',
  primary key (team_id, profile_id)
);

-- Policies of team_members must not ask team_members: this function asks in their place.
create schema private;
grant usage on schema private to authenticated, service_role;
create function private.teams_of_caller(wanted public.team_role[] default '{owner,editor,reader}') returns setof uuid
language sql stable security definer set search_path = '' as $$
  select team_id from public.team_members where profile_id = (select auth.uid()) and role = any (wanted)
$$;
revoke execute on all functions in schema private from public;
grant execute on all functions in schema private to authenticated, service_role;

alter table public.teams enable row level security;
create policy "Members see their teams" on public.teams for select to authenticated
  using (created_by = (select auth.uid()) or id in (select private.teams_of_caller()));
create policy "Everybody may found a team" on public.teams for insert to authenticated
  with check (created_by = (select auth.uid()));
create policy "Owners rename" on public.teams for update to authenticated
  using (id in (select private.teams_of_caller('{owner}')))
  with check (id in (select private.teams_of_caller('{owner}')));

alter table public.team_members enable row level security;
create policy "Members see each other" on public.team_members for select to authenticated
  using (team_id in (select private.teams_of_caller()));
create policy "Owners add members" on public.team_members for insert to authenticated
  with check (team_id in (select private.teams_of_caller('{owner}')));
create policy "Owners remove members, and all may leave" on public.team_members for delete to authenticated
  using (profile_id = (select auth.uid()) or team_id in (select private.teams_of_caller('{owner}')));

grant select, insert (name), update (name) on public.teams to authenticated;
grant select, insert, delete on public.team_members to authenticated;
grant all on public.teams, public.team_members to service_role;
