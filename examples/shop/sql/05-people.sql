-- Profiles, and messages between them.

SET ROLE shop_owner;

-- Row-level security is not forced on the owner here: internal.create_profile() writes as the owner.
CREATE TABLE v2.profiles (
  id uuid PRIMARY KEY REFERENCES auth.users ON DELETE CASCADE,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  city text,
  interests text[] NOT NULL DEFAULT '{}',
  settings jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(settings) = 'object'),
  listed boolean NOT NULL DEFAULT false,
  joined_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX profiles_listed ON v2.profiles (listed);
COMMENT ON TABLE v2.profiles IS 'Customers, as they present themselves';
COMMENT ON COLUMN v2.profiles.interests IS 'Tags they want to hear about';
COMMENT ON COLUMN v2.profiles.settings IS 'What the app keeps for them';
COMMENT ON COLUMN v2.profiles.listed IS 'Whether other customers find them';

ALTER TABLE v2.profiles ENABLE ROW LEVEL SECURITY;
CREATE POLICY customers_see_listed ON v2.profiles FOR SELECT TO app_user
  USING (id = (SELECT auth.uid()) OR listed);
CREATE POLICY customers_change_own ON v2.profiles FOR UPDATE TO app_user
  USING (id = (SELECT auth.uid())) WITH CHECK (id = (SELECT auth.uid()));
CREATE POLICY managers_see ON v2.profiles FOR SELECT TO manager
  USING (true);
GRANT SELECT, UPDATE (name, city, interests, settings, listed) ON v2.profiles TO app_user;
GRANT SELECT ON v2.profiles TO manager;

-- For auth.signup(), which has no rights on the table.
CREATE FUNCTION internal.create_profile(id uuid, name text) RETURNS void
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  INSERT INTO v2.profiles (id, name) VALUES (create_profile.id, create_profile.name);
END;
GRANT EXECUTE ON FUNCTION internal.create_profile(uuid, text) TO shop_auth;

CREATE TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON v2.profiles
  FOR EACH ROW EXECUTE FUNCTION audit.record();
CREATE TRIGGER audited_truncate AFTER TRUNCATE ON v2.profiles
  FOR EACH STATEMENT EXECUTE FUNCTION audit.record();

CREATE TABLE v2.chat (
  message_uuid uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  message_time timestamptz NOT NULL DEFAULT now(),
  message_from uuid NOT NULL DEFAULT auth.uid() REFERENCES v2.profiles ON DELETE CASCADE,
  message_to uuid NOT NULL REFERENCES v2.profiles ON DELETE CASCADE,
  message_subject varchar(64) NOT NULL,
  message_body text
);
CREATE INDEX chat_from ON v2.chat (message_from, message_time);
CREATE INDEX chat_to ON v2.chat (message_to, message_time);
COMMENT ON TABLE v2.chat IS 'Messages between customers: each sees what they sent and what was sent to them';
COMMENT ON COLUMN v2.chat.message_from IS 'The sender: always the caller';

ALTER TABLE v2.chat ENABLE ROW LEVEL SECURITY;
ALTER TABLE v2.chat FORCE ROW LEVEL SECURITY;
CREATE POLICY own_messages ON v2.chat FOR SELECT TO app_user
  USING (message_from = (SELECT auth.uid()) OR message_to = (SELECT auth.uid()));
CREATE POLICY sent_as_oneself ON v2.chat FOR INSERT TO app_user
  WITH CHECK (message_from = (SELECT auth.uid()));
-- The sender may be given: the policy, not the grant, refuses a forged one.
GRANT SELECT, INSERT (message_from, message_to, message_subject, message_body) ON v2.chat TO app_user;

RESET ROLE;
