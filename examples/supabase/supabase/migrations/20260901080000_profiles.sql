-- A profile for everybody who signs up; all may read it, and its owner may change it.
create table public.profiles (
  id uuid primary key references auth.users on delete cascade,
  username text not null unique check (length(username) between 3 and 32),
  bio text,
  avatar_path text,
  created_at timestamptz not null default now()
);
comment on table public.profiles is 'Who writes here';
comment on column public.profiles.avatar_path is 'In the bucket avatars';

alter table public.profiles enable row level security;
create policy "Profiles are public" on public.profiles for select using (true);
create policy "Owners change theirs" on public.profiles for update
  using ((select auth.uid()) = id) with check ((select auth.uid()) = id);

grant select on public.profiles to anon, authenticated;
grant update (username, bio, avatar_path) on public.profiles to authenticated;
grant all on public.profiles to service_role;

create function public.add_profile() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.profiles (id, username)
  values (new.id, coalesce(new.raw_user_meta_data ->> 'username', 'user-' || left(new.id::text, 8)));
  return new;
end;
$$;
revoke execute on function public.add_profile() from public;

create trigger on_sign_up after insert on auth.users
  for each row execute function public.add_profile();
