-- Pictures: public to see, each in the folder of its owner.
insert into storage.buckets (id, name, public) values ('avatars', 'avatars', true);

create policy "Avatars are public" on storage.objects for select using (bucket_id = 'avatars');
create policy "Owners upload theirs" on storage.objects for insert to authenticated
  with check (bucket_id = 'avatars' and (storage.foldername(name))[1] = (select auth.uid())::text);
create policy "Owners remove theirs" on storage.objects for delete to authenticated
  using (bucket_id = 'avatars' and (storage.foldername(name))[1] = (select auth.uid())::text);

alter publication supabase_realtime add table public.posts;
