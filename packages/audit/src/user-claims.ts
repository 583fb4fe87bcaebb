/** Parts of a token that its holder writes (Supabase, Auth0 and Firebase name them so). */
export const userClaims: ReadonlySet<string> = new Set([
  'user_metadata',
  'raw_user_meta_data',
  'user_meta_data',
  'unsafe_metadata',
])
