-- The schema that the migrations and the functions of this release make: written by
-- packages/api/scripts/functions.ts, for reading.

CREATE TABLE auth."deviceCode" (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  "deviceCode" text NOT NULL,
  "userCode" text NOT NULL,
  "userId" uuid,
  "expiresAt" timestamp with time zone NOT NULL,
  status text NOT NULL,
  "lastPolledAt" timestamp with time zone,
  "pollingInterval" integer,
  "clientId" text,
  scope text,
  "requestedAt" timestamp with time zone,
  address text,
  "userAgent" text,
  credentials integer,
  "approvedBy" uuid,
  CONSTRAINT "deviceCode_pkey" PRIMARY KEY (id),
  CONSTRAINT "deviceCode_approvedBy_fkey" FOREIGN KEY ("approvedBy") REFERENCES auth.session(id) ON DELETE CASCADE,
  CONSTRAINT "deviceCode_userId_fkey" FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE
);
CREATE INDEX "deviceCode_approvedBy_idx" ON auth."deviceCode" USING btree ("approvedBy");
CREATE UNIQUE INDEX "deviceCode_deviceCode_uidx" ON auth."deviceCode" USING btree ("deviceCode");
CREATE INDEX "deviceCode_expiresAt_idx" ON auth."deviceCode" USING btree ("expiresAt");
CREATE UNIQUE INDEX "deviceCode_userCode_uidx" ON auth."deviceCode" USING btree ("userCode");
CREATE INDEX "deviceCode_userId_idx" ON auth."deviceCode" USING btree ("userId");

CREATE TABLE auth."user" (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  name text NOT NULL,
  email text NOT NULL,
  "emailVerified" boolean NOT NULL,
  image text,
  "createdAt" timestamp with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamp with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  credentials integer NOT NULL DEFAULT 0,
  CONSTRAINT user_pkey PRIMARY KEY (id),
  CONSTRAINT user_email_key UNIQUE (email)
);

CREATE TABLE auth.account (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  "accountId" text NOT NULL,
  "providerId" text NOT NULL,
  "userId" uuid NOT NULL,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamp with time zone,
  "refreshTokenExpiresAt" timestamp with time zone,
  scope text,
  password text,
  "createdAt" timestamp with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamp with time zone NOT NULL,
  CONSTRAINT account_pkey PRIMARY KEY (id),
  CONSTRAINT "account_userId_fkey" FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE
);
CREATE INDEX "account_userId_idx" ON auth.account USING btree ("userId");

CREATE TABLE auth.familiar_clients (
  user_id uuid NOT NULL,
  client text NOT NULL,
  seen_at timestamp with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT familiar_clients_pkey PRIMARY KEY (user_id, client),
  CONSTRAINT familiar_clients_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE
);

CREATE TABLE auth.jwks (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  "publicKey" text NOT NULL,
  "privateKey" text NOT NULL,
  "createdAt" timestamp with time zone NOT NULL,
  "expiresAt" timestamp with time zone,
  alg text,
  crv text,
  CONSTRAINT jwks_pkey PRIMARY KEY (id)
);

CREATE TABLE auth.rate_limits (
  key text NOT NULL,
  full_at timestamp with time zone NOT NULL,
  CONSTRAINT rate_limits_pkey PRIMARY KEY (key)
);

CREATE TABLE auth.script_token_secrets (
  hash bytea NOT NULL,
  user_id uuid NOT NULL,
  token_id uuid NOT NULL,
  CONSTRAINT script_token_secrets_pkey PRIMARY KEY (hash),
  CONSTRAINT script_token_secrets_user_id_token_id_fkey FOREIGN KEY (user_id, token_id) REFERENCES todo.script_tokens(user_id, id) ON DELETE CASCADE
);
CREATE INDEX script_token_secrets_token_idx ON auth.script_token_secrets USING btree (user_id, token_id);

CREATE TABLE auth.session (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  "expiresAt" timestamp with time zone NOT NULL,
  token text NOT NULL,
  "createdAt" timestamp with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamp with time zone NOT NULL,
  "ipAddress" text,
  "userAgent" text,
  "userId" uuid NOT NULL,
  credentials integer NOT NULL,
  "approvedBy" uuid,
  CONSTRAINT session_pkey PRIMARY KEY (id),
  CONSTRAINT session_token_key UNIQUE (token),
  CONSTRAINT "session_userId_fkey" FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE
);
CREATE INDEX "session_expiresAt_idx" ON auth.session USING btree ("expiresAt");
CREATE INDEX "session_userId_idx" ON auth.session USING btree ("userId");

CREATE TABLE auth.verification (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  identifier text NOT NULL,
  value text NOT NULL,
  "expiresAt" timestamp with time zone NOT NULL,
  "createdAt" timestamp with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamp with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT verification_pkey PRIMARY KEY (id)
);
CREATE INDEX "verification_expiresAt_idx" ON auth.verification USING btree ("expiresAt");
CREATE INDEX verification_identifier_idx ON auth.verification USING btree (identifier);

CREATE TABLE todo.agenda (
  user_id uuid NOT NULL,
  kind text NOT NULL,
  at timestamp(3) with time zone NOT NULL,
  CONSTRAINT agenda_pkey PRIMARY KEY (user_id, kind)
);
CREATE INDEX agenda_at_idx ON todo.agenda USING btree (at);
ALTER TABLE todo.agenda ENABLE ROW LEVEL SECURITY;
ALTER TABLE todo.agenda FORCE ROW LEVEL SECURITY;
CREATE POLICY anybodys_turn ON todo.agenda FOR SELECT
  USING ((NULLIF(current_setting('app.user_id'::text, true), ''::text) IS NULL));
CREATE POLICY own_rows ON todo.agenda
  USING ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
  WITH CHECK ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

CREATE TABLE todo.changes (
  user_id uuid NOT NULL,
  seq bigint NOT NULL,
  ordinal integer NOT NULL,
  noun text NOT NULL,
  id uuid NOT NULL,
  was jsonb,
  now jsonb,
  CONSTRAINT changes_pkey PRIMARY KEY (user_id, seq, ordinal)
);
CREATE INDEX changes_thing_idx ON todo.changes USING btree (user_id, noun, id);
ALTER TABLE todo.changes ENABLE ROW LEVEL SECURITY;
ALTER TABLE todo.changes FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON todo.changes
  USING ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
  WITH CHECK ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

CREATE TABLE todo.comments (
  user_id uuid NOT NULL,
  id uuid NOT NULL,
  task_id uuid NOT NULL,
  text text NOT NULL,
  text_folded text,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  version integer NOT NULL,
  seq bigint NOT NULL,
  creation bytea,
  CONSTRAINT comments_pkey PRIMARY KEY (user_id, id)
);
CREATE INDEX comments_task_idx ON todo.comments USING btree (user_id, task_id, created_at, id);
ALTER TABLE todo.comments ENABLE ROW LEVEL SECURITY;
ALTER TABLE todo.comments FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON todo.comments
  USING ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
  WITH CHECK ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

CREATE TABLE todo.completions (
  user_id uuid NOT NULL,
  task_id uuid NOT NULL,
  nth integer NOT NULL,
  occurrence text NOT NULL,
  completed_at timestamp(3) with time zone NOT NULL,
  skipped boolean NOT NULL,
  CONSTRAINT completions_pkey PRIMARY KEY (user_id, task_id, nth)
);
ALTER TABLE todo.completions ENABLE ROW LEVEL SECURITY;
ALTER TABLE todo.completions FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON todo.completions
  USING ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
  WITH CHECK ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

CREATE TABLE todo.counters (
  user_id uuid NOT NULL,
  last_number integer NOT NULL DEFAULT 0,
  seq bigint NOT NULL DEFAULT 0,
  last_at timestamp(3) with time zone NOT NULL DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone,
  tasks integer NOT NULL DEFAULT 0,
  swept bigint NOT NULL DEFAULT 0,
  projects integer NOT NULL DEFAULT 0,
  tags integer NOT NULL DEFAULT 0,
  nested boolean NOT NULL DEFAULT false,
  new_first boolean NOT NULL DEFAULT false,
  views integer NOT NULL DEFAULT 0,
  comments integer NOT NULL DEFAULT 0,
  place jsonb,
  CONSTRAINT counters_pkey PRIMARY KEY (user_id),
  CONSTRAINT counters_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE
);
ALTER TABLE todo.counters ENABLE ROW LEVEL SECURITY;
ALTER TABLE todo.counters FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON todo.counters
  USING ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
  WITH CHECK ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

CREATE TABLE todo.idempotency_keys (
  user_id uuid NOT NULL,
  key text NOT NULL,
  fingerprint bytea NOT NULL,
  created_at timestamp with time zone NOT NULL,
  answer jsonb NOT NULL,
  CONSTRAINT idempotency_keys_pkey PRIMARY KEY (user_id, key),
  CONSTRAINT idempotency_keys_key_check CHECK (((char_length(key) >= 1) AND (char_length(key) <= 255))),
  CONSTRAINT idempotency_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE
);
CREATE INDEX idempotency_keys_created_idx ON todo.idempotency_keys USING btree (created_at);
ALTER TABLE todo.idempotency_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE todo.idempotency_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON todo.idempotency_keys
  USING ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
  WITH CHECK ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
CREATE POLICY swept ON todo.idempotency_keys FOR DELETE
  USING ((created_at < (now() - '24:00:00'::interval)));

CREATE TABLE todo.operations (
  user_id uuid NOT NULL,
  seq bigint NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  at timestamp(3) with time zone NOT NULL,
  actor uuid,
  actor_is_token boolean,
  actor_name text,
  undoes bigint,
  undone_by bigint,
  CONSTRAINT operations_pkey PRIMARY KEY (user_id, seq),
  CONSTRAINT operations_user_id_id_key UNIQUE (user_id, id)
);
ALTER TABLE todo.operations ENABLE ROW LEVEL SECURITY;
ALTER TABLE todo.operations FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON todo.operations
  USING ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
  WITH CHECK ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

CREATE TABLE todo.projects (
  user_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  name_key text NOT NULL,
  description text,
  parent_id uuid,
  color text,
  archived_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  version integer NOT NULL,
  seq bigint NOT NULL,
  creation bytea,
  "position" text,
  CONSTRAINT projects_pkey PRIMARY KEY (user_id, id)
);
CREATE UNIQUE INDEX projects_name_idx ON todo.projects USING btree (user_id, parent_id, name_key) NULLS NOT DISTINCT;
ALTER TABLE todo.projects ENABLE ROW LEVEL SECURITY;
ALTER TABLE todo.projects FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON todo.projects
  USING ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
  WITH CHECK ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

CREATE TABLE todo.script_tokens (
  user_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  scopes text[] NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  expires_at timestamp(3) with time zone NOT NULL,
  last_used_at timestamp(3) with time zone,
  CONSTRAINT script_tokens_pkey PRIMARY KEY (user_id, id),
  CONSTRAINT script_tokens_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100))),
  CONSTRAINT script_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE
);
CREATE INDEX script_tokens_expires_idx ON todo.script_tokens USING btree (expires_at);
ALTER TABLE todo.script_tokens ENABLE ROW LEVEL SECURITY;
ALTER TABLE todo.script_tokens FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON todo.script_tokens
  USING ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
  WITH CHECK ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));
CREATE POLICY swept ON todo.script_tokens FOR DELETE
  USING ((expires_at < (now() - '30 days'::interval)));

CREATE TABLE todo.settings (
  user_id uuid NOT NULL,
  id uuid NOT NULL,
  time_zone text,
  week_start text NOT NULL DEFAULT 'mon'::text,
  date_order text NOT NULL DEFAULT 'ymd'::text,
  day_ends_at text NOT NULL DEFAULT '00:00'::text,
  new_tasks text NOT NULL DEFAULT 'last'::text,
  updated_at timestamp(3) with time zone NOT NULL,
  version integer NOT NULL DEFAULT 1,
  seq bigint NOT NULL DEFAULT 0,
  language text NOT NULL DEFAULT 'en'::text,
  CONSTRAINT settings_pkey PRIMARY KEY (user_id),
  CONSTRAINT settings_check CHECK ((id = user_id))
);
ALTER TABLE todo.settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE todo.settings FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON todo.settings
  USING ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
  WITH CHECK ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

CREATE TABLE todo.tags (
  user_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  name_key text NOT NULL,
  color text,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  version integer NOT NULL,
  seq bigint NOT NULL,
  creation bytea,
  CONSTRAINT tags_pkey PRIMARY KEY (user_id, id)
);
CREATE UNIQUE INDEX tags_name_idx ON todo.tags USING btree (user_id, name_key);
ALTER TABLE todo.tags ENABLE ROW LEVEL SECURITY;
ALTER TABLE todo.tags FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON todo.tags
  USING ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
  WITH CHECK ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

CREATE TABLE todo.task_tags (
  user_id uuid NOT NULL,
  name_key text NOT NULL,
  number integer NOT NULL,
  CONSTRAINT task_tags_pkey PRIMARY KEY (user_id, name_key, number)
);
ALTER TABLE todo.task_tags ENABLE ROW LEVEL SECURITY;
ALTER TABLE todo.task_tags FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON todo.task_tags
  USING ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
  WITH CHECK ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

CREATE TABLE todo.tasks (
  user_id uuid NOT NULL,
  id uuid NOT NULL,
  number integer NOT NULL,
  title text NOT NULL,
  description text,
  completed_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  version integer NOT NULL DEFAULT 1,
  seq bigint NOT NULL DEFAULT 0,
  creation bytea,
  trashed_at timestamp(3) with time zone,
  priority text,
  project_id uuid,
  tags jsonb,
  start jsonb,
  due jsonb,
  repeat jsonb,
  occurrence text,
  start_key text,
  due_key text,
  series jsonb,
  completion jsonb,
  external_id text,
  extra jsonb,
  "position" text,
  parent_id uuid,
  blocked_by uuid[],
  title_folded text,
  description_folded text,
  is_parent boolean,
  CONSTRAINT tasks_pkey PRIMARY KEY (user_id, id),
  CONSTRAINT tasks_description_check CHECK ((char_length(description) <= 20000)),
  CONSTRAINT tasks_title_check CHECK (((char_length(title) >= 1) AND (char_length(title) <= 500)))
);
CREATE INDEX tasks_children_idx ON todo.tasks USING btree (user_id, parent_id) WHERE (parent_id IS NOT NULL);
CREATE INDEX tasks_done_due_idx ON todo.tasks USING btree (user_id, due_key, number) WHERE ((due_key IS NOT NULL) AND (completed_at IS NOT NULL) AND (trashed_at IS NULL));
CREATE INDEX tasks_done_idx ON todo.tasks USING btree (user_id, number) WHERE ((completed_at IS NOT NULL) AND (trashed_at IS NULL));
CREATE INDEX tasks_due_idx ON todo.tasks USING btree (user_id, due_key, number) WHERE ((due_key IS NOT NULL) AND (completed_at IS NULL) AND (trashed_at IS NULL));
CREATE UNIQUE INDEX tasks_external_idx ON todo.tasks USING btree (user_id, external_id) WHERE (external_id IS NOT NULL);
CREATE UNIQUE INDEX tasks_number_idx ON todo.tasks USING btree (user_id, number) WHERE (trashed_at IS NULL);
CREATE INDEX tasks_open_idx ON todo.tasks USING btree (user_id, number) WHERE ((completed_at IS NULL) AND (trashed_at IS NULL));
CREATE INDEX tasks_order_idx ON todo.tasks USING btree (user_id, (
CASE
    WHEN (parent_id IS NOT NULL) THEN parent_id
    WHEN (project_id IS NOT NULL) THEN project_id
    ELSE '00000000-0000-0000-0000-000000000000'::uuid
END), "position", number) WHERE (number > 0);
CREATE INDEX tasks_project_idx ON todo.tasks USING btree (user_id, project_id, number) WHERE ((project_id IS NOT NULL) AND (trashed_at IS NULL));
CREATE INDEX tasks_start_idx ON todo.tasks USING btree (user_id, start_key, number) WHERE ((start_key IS NOT NULL) AND (completed_at IS NULL) AND (trashed_at IS NULL));
CREATE INDEX tasks_trash_idx ON todo.tasks USING btree (user_id, trashed_at, number) WHERE (trashed_at IS NOT NULL);
CREATE INDEX tasks_waiting_idx ON todo.tasks USING btree (user_id, number) WHERE (blocked_by IS NOT NULL);
ALTER TABLE todo.tasks ENABLE ROW LEVEL SECURITY;
ALTER TABLE todo.tasks FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON todo.tasks
  USING ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
  WITH CHECK ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

CREATE TABLE todo.views (
  user_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  name_key text NOT NULL,
  filter text NOT NULL,
  sort text,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  version integer NOT NULL,
  seq bigint NOT NULL,
  creation bytea,
  "position" text,
  CONSTRAINT views_pkey PRIMARY KEY (user_id, id)
);
CREATE UNIQUE INDEX views_name_idx ON todo.views USING btree (user_id, name_key);
ALTER TABLE todo.views ENABLE ROW LEVEL SECURITY;
ALTER TABLE todo.views FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON todo.views
  USING ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
  WITH CHECK ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

CREATE TABLE todo.zones (
  one boolean NOT NULL DEFAULT true,
  version text NOT NULL,
  at timestamp(3) with time zone,
  walked uuid,
  CONSTRAINT zones_pkey PRIMARY KEY (one),
  CONSTRAINT zones_one_check CHECK (one)
);

CREATE TABLE todo_functions (
  version integer NOT NULL,
  hash text NOT NULL
);

CREATE TABLE todo_migrations (
  migration_id integer NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  name text NOT NULL,
  CONSTRAINT todo_migrations_pkey PRIMARY KEY (migration_id)
);

CREATE OR REPLACE FUNCTION auth.bound_familiar_clients()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    BEGIN
      DELETE FROM auth.familiar_clients f WHERE f.user_id = NEW.user_id AND f.client = ANY (ARRAY(
        SELECT e.client FROM auth.familiar_clients e WHERE e.user_id = NEW.user_id AND e.client IN (
          SELECT o.client FROM auth.familiar_clients o WHERE o.user_id = NEW.user_id AND o.client <> NEW.client
            ORDER BY o.seen_at DESC, o.client OFFSET 99
        ) FOR UPDATE SKIP LOCKED));
      RETURN NULL;
    END $function$;

CREATE OR REPLACE FUNCTION auth.bound_sessions()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    BEGIN
      DELETE FROM auth."session" s WHERE s."id" = ANY (ARRAY(
        SELECT e."id" FROM auth."session" e WHERE e."id" IN (
          SELECT o."id" FROM auth."session" o WHERE o."userId" = NEW."userId" AND o."id" <> NEW."id"
            ORDER BY o."updatedAt" DESC, o."id" OFFSET 99
        ) FOR UPDATE SKIP LOCKED));
      RETURN NULL;
    END $function$;

CREATE OR REPLACE FUNCTION auth.change_password(sid uuid, uid uuid, proved text, new_password text, new_token text)
 RETURNS SETOF auth.session
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    DECLARE
      asking auth."session";
      moment timestamptz := clock_timestamp();
    BEGIN
      PERFORM FROM auth."user" u WHERE u."id" = uid FOR NO KEY UPDATE;
      SELECT * INTO asking FROM auth."session" s
        WHERE s."id" = sid AND s."userId" = uid AND s."expiresAt" > moment;
      IF NOT FOUND THEN
        RETURN;
      END IF;
      UPDATE auth."account" a SET "password" = new_password, "updatedAt" = moment
        WHERE a."userId" = uid AND a."providerId" = 'credential' AND a."password" = proved;
      IF NOT FOUND THEN
        RETURN;
      END IF;
      RETURN QUERY INSERT INTO auth."session"
          ("expiresAt", "token", "createdAt", "updatedAt", "ipAddress", "userAgent", "userId", "credentials")
        SELECT moment + (asking."expiresAt" - asking."updatedAt"), new_token, moment, moment,
          asking."ipAddress", asking."userAgent", uid, u.credentials
          FROM auth."user" u WHERE u."id" = uid
        RETURNING *;
    END $function$;

CREATE OR REPLACE FUNCTION auth.compare_credentials()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    BEGIN
      PERFORM FROM auth."user" u WHERE u."id" = NEW."userId" AND u.credentials = NEW."credentials" FOR NO KEY UPDATE;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'the credentials have changed' USING ERRCODE = 'TD001';
      END IF;
      IF NEW."approvedBy" IS NOT NULL THEN
        PERFORM FROM auth."session" s WHERE s."id" = NEW."approvedBy" AND s."userId" = NEW."userId" FOR KEY SHARE;
        IF NOT FOUND THEN
          RAISE EXCEPTION 'the session that approved has ended' USING ERRCODE = 'TD001';
        END IF;
      END IF;
      RETURN NEW;
    END $function$;

CREATE OR REPLACE FUNCTION auth.confirm_address(uid uuid, basis integer, new_address text, sid uuid)
 RETURNS TABLE(old_address text)
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    BEGIN
      SELECT u."email" INTO old_address FROM auth."user" u WHERE u."id" = uid AND u.credentials = basis FOR NO KEY UPDATE;
      IF NOT FOUND THEN
        RETURN;
      END IF;
      IF new_address IS NOT NULL THEN
        UPDATE auth."session" s SET "credentials" = basis + 1 WHERE s."id" = sid AND s."userId" = uid;
      END IF;
      UPDATE auth."user" u SET
          "email" = coalesce(new_address, u."email"), "emailVerified" = true, "updatedAt" = clock_timestamp()
        WHERE u."id" = uid;
      RETURN NEXT;
    EXCEPTION WHEN unique_violation THEN
      -- Somebody has taken the address since.
      RETURN;
    END $function$;

CREATE OR REPLACE FUNCTION auth.cut_session()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    BEGIN
      NEW."userAgent" := left(NEW."userAgent", 200);
      NEW."ipAddress" := left(NEW."ipAddress", 64);
      RETURN NEW;
    END $function$;

CREATE OR REPLACE FUNCTION auth.decide_device(sid uuid, uid uuid, code text, decision text)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    DECLARE
      basis integer;
    BEGIN
      SELECT u.credentials INTO basis FROM auth."user" u WHERE u."id" = uid FOR NO KEY UPDATE;
      PERFORM FROM auth."session" s WHERE s."id" = sid AND s."userId" = uid AND s."credentials" = basis FOR KEY SHARE;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'no live session' USING ERRCODE = '28000';
      END IF;
      UPDATE auth."deviceCode" d SET "status" = decision, "userId" = uid, "approvedBy" = sid, "credentials" = basis
        WHERE d."userCode" = code AND d."status" = 'pending' AND d."expiresAt" > clock_timestamp();
      RETURN FOUND;
    END $function$;

CREATE OR REPLACE FUNCTION auth.delete_user(uid uuid, proved text)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    BEGIN
      -- Before anything else of the user's: a write has the counter, and may want the user's row after it.
      PERFORM set_config('app.user_id', uid::text, true);
      PERFORM FROM todo.counters c WHERE c.user_id = uid FOR UPDATE;
      PERFORM FROM auth."user" u WHERE u."id" = uid FOR UPDATE;
      DELETE FROM auth."user" u WHERE u."id" = uid AND EXISTS (
        SELECT FROM auth."account" a WHERE a."userId" = uid AND a."providerId" = 'credential' AND a."password" = proved
      );
      RETURN FOUND;
    END $function$;

CREATE OR REPLACE FUNCTION auth.keep_short()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    BEGIN
      NEW."expiresAt" := OLD."expiresAt";
      RETURN NEW;
    END $function$;

CREATE OR REPLACE FUNCTION auth.move_credentials()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    BEGIN
      UPDATE auth."user" u SET credentials = u.credentials + 1 WHERE u."id" = NEW."userId";
      RETURN NULL;
    END $function$;

CREATE OR REPLACE FUNCTION auth.move_with_address()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    BEGIN
      NEW.credentials := OLD.credentials + 1;
      RETURN NEW;
    END $function$;

CREATE OR REPLACE FUNCTION auth.reset_password(uid uuid, basis integer, new_password text)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    DECLARE
      moment timestamptz := clock_timestamp();
    BEGIN
      PERFORM FROM auth."user" u WHERE u."id" = uid AND u.credentials = basis FOR NO KEY UPDATE;
      IF NOT FOUND THEN
        RETURN false;
      END IF;
      UPDATE auth."account" a SET "password" = new_password, "updatedAt" = moment
        WHERE a."userId" = uid AND a."providerId" = 'credential';
      IF NOT FOUND THEN
        INSERT INTO auth."account" ("accountId", "providerId", "userId", "password", "createdAt", "updatedAt")
          VALUES (uid::text, 'credential', uid, new_password, moment, moment);
      END IF;
      -- Also where the new password has the hash of the old one, which the trigger does not see.
      UPDATE auth."user" u SET "emailVerified" = true, "updatedAt" = moment, credentials = greatest(u.credentials, basis + 1)
        WHERE u."id" = uid;
      PERFORM set_config('app.user_id', uid::text, true);
      DELETE FROM todo.script_tokens t WHERE t.user_id = uid;
      RETURN true;
    END $function$;

CREATE OR REPLACE FUNCTION auth.take_rates(buckets jsonb)
 RETURNS TABLE(allowed boolean, remaining integer, wait_seconds integer)
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    DECLARE
      bucket jsonb;
      quota integer;
      span interval;
      step interval;
      moment timestamptz;
      filled timestamptz;
    BEGIN
      FOR bucket IN SELECT value FROM jsonb_array_elements(buckets) LOOP
        quota := (bucket ->> 'quota')::integer;
        span := make_interval(secs => (bucket ->> 'period')::integer);
        step := span / quota;
        moment := clock_timestamp();
        INSERT INTO auth.rate_limits AS r (key, full_at) VALUES (bucket ->> 'key', moment + step)
          ON CONFLICT (key) DO UPDATE SET full_at = greatest(r.full_at, moment) + step
          WHERE greatest(r.full_at, moment) + step <= moment + span
          RETURNING r.full_at INTO filled;
        allowed := FOUND;
        IF allowed THEN
          remaining := floor(extract(epoch FROM moment + span - filled) / extract(epoch FROM step))::integer;
          wait_seconds := ceil(extract(epoch FROM filled - moment))::integer;
        ELSE
          SELECT r.full_at INTO filled FROM auth.rate_limits r WHERE r.key = bucket ->> 'key';
          remaining := 0;
          wait_seconds := greatest(1, ceil(extract(epoch FROM filled + step - span - moment)))::integer;
        END IF;
        RETURN NEXT;
        EXIT WHEN NOT allowed;
      END LOOP;
    END $function$;

CREATE OR REPLACE FUNCTION auth.withdraw_grants()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    BEGIN
      DELETE FROM auth."session" s WHERE s."userId" = NEW."id" AND s."credentials" < NEW.credentials;
      RETURN NULL;
    END $function$;

CREATE OR REPLACE FUNCTION todo.archived_projects(uid uuid)
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
    BEGIN
      IF NOT EXISTS (SELECT FROM todo.projects p WHERE p.user_id = uid AND p.archived_at IS NOT NULL) THEN
        RETURN '{}';
      END IF;
      RETURN ARRAY(
        WITH RECURSIVE archived AS (
          SELECT p.id FROM todo.projects p WHERE p.user_id = uid AND p.archived_at IS NOT NULL
          UNION
          SELECT p.id FROM archived a JOIN todo.projects p ON p.user_id = uid AND p.parent_id = a.id
        )
        SELECT a.id FROM archived a
      );
    END $function$;

CREATE OR REPLACE FUNCTION todo.assert_credentials(sid uuid, uid uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    BEGIN
      PERFORM FROM auth."user" u WHERE u."id" = uid FOR NO KEY UPDATE;
      PERFORM FROM auth."session" s JOIN auth."user" u ON u."id" = s."userId"
        WHERE s."id" = sid AND u."id" = uid AND s."credentials" = u.credentials;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'no live session' USING ERRCODE = '28000';
      END IF;
    END $function$;

CREATE OR REPLACE FUNCTION todo.authenticate(sid uuid, uid uuid)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
    DECLARE
      somebody uuid;
    BEGIN
      PERFORM set_config('app.user_id', uid::text, true);
      SELECT s."userId" INTO somebody FROM auth."session" s
        WHERE s."id" = sid AND s."userId" = uid AND s."expiresAt" > clock_timestamp();
      IF NOT FOUND THEN
        SELECT t.user_id INTO somebody FROM todo.script_tokens t
          WHERE t.user_id = uid AND t.id = sid AND t.expires_at > clock_timestamp();
        IF NOT FOUND THEN
          RAISE EXCEPTION 'no live session' USING ERRCODE = '28000';
        END IF;
      END IF;
      RETURN uid;
    END $function$;

CREATE OR REPLACE FUNCTION todo.batch(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
BEGIN
  me := todo.enter(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3))
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
  DECLARE
    op jsonb;
    place integer := 0;
    before integer;
    taken todo.counters := counter;
    results jsonb[];
  BEGIN
    FOR op IN SELECT e.item FROM jsonb_array_elements(batch.op -> 'items') e(item) LOOP
      result := NULL;
      before := ordinal;
      CASE op ->> 'op'
      WHEN 'task.create' THEN
        counter.last_number := counter.last_number + 1;
        counter.tasks := counter.tasks + 1;
        <<work>>
        DECLARE
          body jsonb := op -> 'body';
          made todo.tasks;
          project uuid;
          anchor uuid;
          places record;
        BEGIN
          -- Whoever makes a thing may choose its id, and so may find it made.
          IF op ? 'creation' THEN
            SELECT * INTO made FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
            IF made.creation = decode(op ->> 'creation', 'hex') AND made.trashed_at IS NULL THEN
              result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            ELSIF made.id IS NOT NULL OR EXISTS (
              SELECT FROM todo.changes c WHERE c.user_id = uid AND c.noun = 'task' AND c.id = (op ->> 'id')::uuid
            ) THEN
              verdict := 'taken';
            END IF;
          END IF;
          IF result IS NULL AND verdict IS NULL AND counter.tasks > 100000 THEN
            verdict := 'limit';
          END IF;
          IF result IS NOT NULL OR verdict IS NOT NULL THEN
            EXIT work;
          END IF;
          IF body ? 'parentId' OR body ? 'blockedBy' THEN
            SELECT l.verdict, l.more INTO verdict, result FROM todo.task_links(uid, (op ->> 'id')::uuid, (body ->> 'parentId')::uuid, todo.uuids(body -> 'blockedBy'), NULL, NULL) l;
            IF verdict IS NOT NULL THEN
              EXIT work;
            END IF;
            IF body ->> 'parentId' IS NOT NULL THEN
              project := (SELECT t.project_id FROM todo.tasks t WHERE t.user_id = uid AND t.id = (body ->> 'parentId')::uuid);
              IF body ? 'projectId' AND (body ->> 'projectId')::uuid IS DISTINCT FROM project THEN
                verdict := 'reference';
                result := '{"path": ["parentId"]}';
                EXIT work;
              END IF;
              body := body || jsonb_build_object('projectId', project);
            END IF;
          END IF;
          IF counter.new_first THEN
            made.parent_id := (body ->> 'parentId')::uuid;
            made.project_id := (body ->> 'projectId')::uuid;
            anchor := CASE WHEN ordinal > 0 THEN (
                SELECT c.id FROM todo.changes c JOIN todo.tasks t ON t.user_id = uid AND t.id = c.id
                  WHERE c.user_id = uid AND c.seq = counter.seq AND c.noun = 'task' AND c.was IS NULL AND (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = (CASE WHEN made.parent_id IS NOT NULL THEN made.parent_id WHEN made.project_id IS NOT NULL THEN made.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END)
                  ORDER BY c.ordinal DESC LIMIT 1
              ) END;
            SELECT * INTO places FROM todo.task_keys(
              uid, ARRAY[(op ->> 'id')::uuid], (CASE WHEN made.parent_id IS NOT NULL THEN made.parent_id WHEN made.project_id IS NOT NULL THEN made.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END), CASE WHEN anchor IS NULL THEN 'first' ELSE 'after' END, anchor, counter, ordinal
            );
            ordinal := places.ordinal;
            body := body || jsonb_build_object('position', places.keys[1]);
          END IF;
          IF body ->> 'projectId' IS NOT NULL THEN
            verdict := todo.project_obstacle(uid, (body ->> 'projectId')::uuid);
            IF verdict IS NOT NULL THEN
              result := jsonb_build_object('path', jsonb_build_array('projectId'));
              EXIT work;
            END IF;
          END IF;
          IF body ? 'tags' THEN
            IF (CASE WHEN ordinal = 0 THEN counter.tags ELSE todo.count_tags(uid) END) > 4950
              AND todo.tags_exceed(uid, body -> 'tags') THEN
              verdict := 'tags';
              EXIT work;
            END IF;
          END IF;
          IF body ->> 'externalId' IS NOT NULL THEN
            result := (SELECT jsonb_build_object('id', t.id) FROM todo.tasks t WHERE t.user_id = uid AND t.external_id >= (body ->> 'externalId') AND t.external_id <= (body ->> 'externalId') ORDER BY t.external_id LIMIT 1);
            IF result IS NOT NULL THEN
              verdict := 'external_id';
              EXIT work;
            END IF;
          END IF;
          INSERT INTO todo.tasks (user_id, id, number, title, description, project_id, parent_id, position, priority, tags, start, due, repeat, occurrence, blocked_by, external_id, extra, start_key, due_key, series, completion, title_folded, description_folded, completed_at, created_at, updated_at, version, seq, creation)
            VALUES (uid, (op ->> 'id')::uuid, counter.last_number, body ->> 'title', body ->> 'description', (body ->> 'projectId')::uuid, (body ->> 'parentId')::uuid, body ->> 'position', body ->> 'priority', CASE WHEN body ? 'tags' THEN todo.use_tags(uid, body -> 'tags', moment) END, nullif(body -> 'start', 'null'), nullif(body -> 'due', 'null'), nullif(body -> 'repeat', 'null'), body ->> 'occurrence', todo.uuids(body -> 'blockedBy'), body ->> 'externalId', CASE WHEN body ? 'extra' THEN CASE WHEN jsonb_typeof(body -> 'extra') = 'object' THEN nullif(jsonb_strip_nulls(coalesce(NULL::jsonb, '{}') || (body -> 'extra')), '{}') END END, body ->> 'startKey', body ->> 'dueKey', nullif(body -> 'series', 'null'), nullif(body -> 'completion', 'null'), CASE WHEN octet_length((body ->> 'title')) = char_length((body ->> 'title')) THEN lower((body ->> 'title') COLLATE "C") ELSE todo.folded((body ->> 'title')) END, CASE WHEN octet_length((body ->> 'description')) = char_length((body ->> 'description')) THEN lower((body ->> 'description') COLLATE "C") ELSE todo.folded((body ->> 'description')) END, (op ->> 'setAt')::timestamptz(3), coalesce((op ->> 'createdAt')::timestamptz(3), moment), moment, 1, counter.seq, decode(op ->> 'creation', 'hex'))
            RETURNING * INTO made;
          result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
            VALUES (uid, counter.seq, ordinal, 'task', made.id, NULL, result -> 'thing');
          ordinal := ordinal + 1;
          IF made.parent_id IS NOT NULL THEN
            IF NOT counter.nested THEN
              counter.nested := true;
              UPDATE todo.counters c SET nested = true WHERE c.user_id = uid;
            END IF;
            UPDATE todo.tasks t SET is_parent = true WHERE t.user_id = uid AND t.id = made.parent_id AND t.is_parent IS NOT TRUE;
            IF NOT op ? 'imported' THEN
              ordinal := todo.task_open_above(uid, made.parent_id, counter, moment, ordinal);
            END IF;
          END IF;
          IF made.project_id IS NOT NULL THEN
            result := jsonb_set(result, '{thing,archived}', 'false');
          END IF;
          IF made.tags IS NOT NULL THEN
            INSERT INTO todo.task_tags (user_id, name_key, number)
              SELECT uid, k, made.number FROM jsonb_object_keys(made.tags) k;
          END IF;
        END;
        IF ordinal = before THEN
          counter.last_number := counter.last_number - 1;
          counter.tasks := counter.tasks - 1;
        END IF;
      WHEN 'task.remove' THEN
        <<work>>
        DECLARE
          old todo.tasks;
          made todo.tasks;
          was jsonb := '{"trashed_at": null}';
          together uuid[] := '{}';
        BEGIN
          SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
          IF NOT FOUND OR old.trashed_at IS NOT NULL THEN
            verdict := 'absent';
            EXIT work;
          END IF;
          IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
            verdict := 'changed';
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            EXIT work;
          END IF;
          made := old;
          made.trashed_at := moment;
          IF counter.nested THEN
            together := ARRAY(
                  WITH RECURSIVE below AS (
                    SELECT t.id FROM unnest(ARRAY[old.id]) b(id), LATERAL (
                      SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL
                      ORDER BY t.parent_id OFFSET 0
                    ) t
                    UNION
                    SELECT t.id FROM below b, LATERAL (
                      SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL
                      ORDER BY t.parent_id OFFSET 0
                    ) t
                  )
                  SELECT b.id FROM below b
                );
            IF ordinal + 1 + cardinality(together) > 10000 THEN
              verdict := 'many';
              EXIT work;
            ELSIF 1 + cardinality(together) > (op ->> 'most')::integer THEN
              verdict := 'long';
              EXIT work;
            END IF;
          END IF;
            made.version := old.version + 1;
            made.updated_at := moment;
            UPDATE todo.tasks t SET trashed_at = made.trashed_at, updated_at = made.updated_at, version = made.version, seq = counter.seq
              WHERE t.user_id = uid AND t.id = old.id;
            result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
              VALUES (uid, counter.seq, ordinal, 'task', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
            ordinal := ordinal + 1;
          IF together <> '{}' THEN
            DECLARE
            one todo.tasks;
            changed todo.tasks;
          BEGIN
            FOR one IN
              SELECT t.* FROM unnest(together) u(id), LATERAL (
                SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
              ) t
              ORDER BY t.number
            LOOP
              UPDATE todo.tasks t SET trashed_at = moment, updated_at = moment, version = t.version + 1, seq = counter.seq
                WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
              INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                uid, counter.seq, ordinal, 'task', one.id,
                jsonb_build_object('trashed_at', one.trashed_at, 'version', one.version, 'updated_at', one.updated_at),
                to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
              );
              ordinal := ordinal + 1;
            END LOOP;
          END;
          END IF;
        END;
      WHEN 'task.update' THEN
        <<work>>
        DECLARE
          body jsonb := op -> 'body';
          old todo.tasks;
          made todo.tasks;
          was jsonb := '{}';
          project uuid;
          places record;
          together uuid[] := '{}';
          again uuid[] := '{}';
          waiting uuid[] := '{}';
          moved uuid[] := '{}';
        BEGIN
          SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
          IF NOT FOUND OR old.trashed_at IS NOT NULL THEN
            verdict := 'absent';
            EXIT work;
          END IF;
          IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
            verdict := 'changed';
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            EXIT work;
          END IF;
          -- Of another date than the task is now nothing happens.
          IF op ? 'occurrence' AND op ->> 'occurrence' IS DISTINCT FROM old.occurrence THEN
            body := '{}';
          ELSIF (CASE
            WHEN op ? 'basis' THEN op -> 'basis' <> jsonb_build_object('start', old.start, 'due', old.due, 'repeat', old.repeat,
                  'occurrence', old.occurrence, 'series', old.series, 'completion', old.completion,
                  'completed', old.completed_at IS NOT NULL)
            ELSE body ?| '{start,due,repeat}' OR op ? 'skip'
              OR ((body ->> 'completed')::boolean AND old.repeat IS NOT NULL AND old.completed_at IS NULL)
          END) THEN
            verdict := 'stale';
            result := jsonb_build_object('thing', to_jsonb(old));
            result := jsonb_set(result, '{thing,place}', coalesce(
                CASE WHEN counter.user_id IS NULL THEN todo.set_place(uid) ELSE counter.place END, 'null'
              ));
            EXIT work;
          END IF;
          IF body ->> 'parentId' IS NOT NULL THEN
            project := (SELECT t.project_id FROM todo.tasks t WHERE t.user_id = uid AND t.id = (body ->> 'parentId')::uuid);
            IF body ? 'projectId' AND (body ->> 'projectId')::uuid IS DISTINCT FROM project THEN
              verdict := 'reference';
              result := '{"path": ["parentId"]}';
              EXIT work;
            END IF;
            body := body || jsonb_build_object('projectId', project);
          ELSIF body ? 'projectId' AND old.parent_id IS NOT NULL
            AND (body ->> 'projectId')::uuid IS DISTINCT FROM old.project_id
          THEN
            -- It leaves what it is below, which stays where it is.
            body := body || '{"parentId": null}';
          END IF;
          made := old;
          IF body ?| '{title,description,projectId,parentId,priority,tags,start,due,repeat,blockedBy,externalId,extra}' THEN
            IF body ? 'title' THEN
              made.title := body ->> 'title';
              IF made.title IS DISTINCT FROM old.title THEN
                was := was || jsonb_build_object('title', old.title);
              END IF;
            END IF;
            IF body ? 'description' THEN
              made.description := body ->> 'description';
              IF made.description IS DISTINCT FROM old.description THEN
                was := was || jsonb_build_object('description', old.description);
              END IF;
            END IF;
            IF body ? 'projectId' THEN
              made.project_id := (body ->> 'projectId')::uuid;
              IF made.project_id IS DISTINCT FROM old.project_id THEN
                was := was || jsonb_build_object('project_id', old.project_id);
              END IF;
            END IF;
            IF body ? 'parentId' THEN
              made.parent_id := (body ->> 'parentId')::uuid;
              IF made.parent_id IS DISTINCT FROM old.parent_id THEN
                was := was || jsonb_build_object('parent_id', old.parent_id);
              END IF;
            END IF;
            IF body ? 'priority' THEN
              made.priority := body ->> 'priority';
              IF made.priority IS DISTINCT FROM old.priority THEN
                was := was || jsonb_build_object('priority', old.priority);
              END IF;
            END IF;
            IF body ? 'tags' THEN
              made.tags := CASE WHEN body ? 'tags' THEN todo.spelled_tags(uid, body -> 'tags') END;
              IF made.tags IS DISTINCT FROM old.tags THEN
                was := was || jsonb_build_object('tags', old.tags);
              END IF;
            END IF;
            IF body ? 'start' THEN
              made.start := nullif(body -> 'start', 'null');
              IF made.start IS DISTINCT FROM old.start THEN
                was := was || jsonb_build_object('start', old.start);
              END IF;
            END IF;
            IF body ? 'due' THEN
              made.due := nullif(body -> 'due', 'null');
              IF made.due IS DISTINCT FROM old.due THEN
                was := was || jsonb_build_object('due', old.due);
              END IF;
            END IF;
            IF body ? 'repeat' THEN
              made.repeat := nullif(body -> 'repeat', 'null');
              IF made.repeat IS DISTINCT FROM old.repeat THEN
                was := was || jsonb_build_object('repeat', old.repeat);
              END IF;
            END IF;
            IF body ? 'blockedBy' THEN
              made.blocked_by := todo.uuids(body -> 'blockedBy');
              IF made.blocked_by IS DISTINCT FROM old.blocked_by THEN
                was := was || jsonb_build_object('blocked_by', old.blocked_by);
              END IF;
            END IF;
            IF body ? 'externalId' THEN
              made.external_id := body ->> 'externalId';
              IF made.external_id IS DISTINCT FROM old.external_id THEN
                was := was || jsonb_build_object('external_id', old.external_id);
              END IF;
            END IF;
            IF body ? 'extra' THEN
              made.extra := CASE WHEN body ? 'extra' THEN CASE WHEN jsonb_typeof(body -> 'extra') = 'object' THEN nullif(jsonb_strip_nulls(coalesce(old.extra, '{}') || (body -> 'extra')), '{}') END END;
              IF made.extra IS DISTINCT FROM old.extra THEN
                was := was || jsonb_build_object('extra', old.extra);
              END IF;
            END IF;
          END IF;
          IF body ? 'completed' THEN
            made.completed_at := CASE WHEN (body ->> 'completed')::boolean THEN
              coalesce(old.completed_at, (op ->> 'setAt')::timestamptz(3), moment) END;
            IF made.completed_at IS DISTINCT FROM old.completed_at THEN
              was := was || jsonb_build_object('completed_at', old.completed_at);
            END IF;
          END IF;
          IF op ? 'basis' THEN
            IF body ? 'occurrence' THEN
              made.occurrence := body ->> 'occurrence';
              IF made.occurrence IS DISTINCT FROM old.occurrence THEN
                was := was || jsonb_build_object('occurrence', old.occurrence);
              END IF;
            END IF;
            IF body ? 'startKey' THEN
              made.start_key := body ->> 'startKey';
              IF made.start_key IS DISTINCT FROM old.start_key THEN
                was := was || jsonb_build_object('start_key', old.start_key);
              END IF;
            END IF;
            IF body ? 'dueKey' THEN
              made.due_key := body ->> 'dueKey';
              IF made.due_key IS DISTINCT FROM old.due_key THEN
                was := was || jsonb_build_object('due_key', old.due_key);
              END IF;
            END IF;
            IF body ? 'series' THEN
              made.series := nullif(body -> 'series', 'null');
              IF made.series IS DISTINCT FROM old.series THEN
                was := was || jsonb_build_object('series', old.series);
              END IF;
            END IF;
            IF body ? 'completion' THEN
              made.completion := nullif(body -> 'completion', 'null');
              IF made.completion IS DISTINCT FROM old.completion THEN
                was := was || jsonb_build_object('completion', old.completion);
              END IF;
            END IF;
          END IF;
          IF was <> '{}' THEN
            IF made.project_id IS NOT NULL THEN
              verdict := todo.project_obstacle(uid, made.project_id);
              IF verdict IS NOT NULL THEN
                result := jsonb_build_object('path', jsonb_build_array('projectId'));
                EXIT work;
              END IF;
            END IF;
            IF was ? 'parent_id' OR was ? 'blocked_by' THEN
              SELECT l.verdict, l.more INTO verdict, result FROM todo.task_links(uid, old.id, made.parent_id, made.blocked_by, old.parent_id, old.blocked_by) l;
              IF verdict IS NOT NULL THEN
                EXIT work;
              END IF;
            END IF;
            IF was ? 'completion' OR made.completed_at IS NOT NULL AND old.completed_at IS NULL THEN
              IF NOT op ? 'skip' AND (counter.nested OR made.blocked_by IS NOT NULL) THEN
                SELECT l.verdict, l.more, l.together INTO verdict, result, together FROM todo.task_obstacle(uid, made.id, made.blocked_by, op ->> 'children', (op ->> 'force')::boolean) l;
                IF verdict IS NOT NULL THEN
                  EXIT work;
                END IF;
              END IF;
              IF made.completed_at IS NULL THEN
                together := '{}';
                IF counter.nested THEN
                  again := ARRAY(
                    SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.completed_at IS NOT NULL AND t.id = ANY (ARRAY(
                          WITH RECURSIVE below AS (
                            SELECT t.id FROM unnest(ARRAY[old.id]) b(id), LATERAL (
                              SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL AND t.repeat IS NULL
                              ORDER BY t.parent_id OFFSET 0
                            ) t
                            UNION
                            SELECT t.id FROM below b, LATERAL (
                              SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL AND t.repeat IS NULL
                              ORDER BY t.parent_id OFFSET 0
                            ) t
                          )
                          SELECT b.id FROM below b
                        ))
                  );
                END IF;
                IF NOT op ? 'skip' THEN
                  waiting := ARRAY(
                    SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.blocked_by IS NOT NULL AND old.id = ANY (t.blocked_by)
                      ORDER BY t.number
                  );
                END IF;
              END IF;
            END IF;
            IF was ? 'project_id' AND counter.nested THEN
              moved := ARRAY(
                    WITH RECURSIVE below AS (
                      SELECT t.id FROM unnest(ARRAY[old.id]) b(id), LATERAL (
                        SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL
                        ORDER BY t.parent_id OFFSET 0
                      ) t
                      UNION
                      SELECT t.id FROM below b, LATERAL (
                        SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL
                        ORDER BY t.parent_id OFFSET 0
                      ) t
                    )
                    SELECT b.id FROM below b
                  );
            END IF;
            IF counter.nested OR was ? 'completion' THEN
              IF ordinal + 1 + cardinality(together || again || waiting || moved) > 10000 THEN
                verdict := 'many';
                EXIT work;
              ELSIF 1 + cardinality(together || again || waiting || moved) > (op ->> 'most')::integer THEN
                verdict := 'long';
                EXIT work;
              END IF;
            END IF;
            IF was ? 'parent_id' OR was ? 'project_id' THEN
              was := was || jsonb_build_object('position', old.position, 'behind', todo.task_behind(uid, old, counter.seq, ordinal));
              SELECT * INTO places FROM todo.task_keys(uid, ARRAY[old.id], (CASE WHEN made.parent_id IS NOT NULL THEN made.parent_id WHEN made.project_id IS NOT NULL THEN made.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END), 'last', NULL, counter, ordinal);
              ordinal := places.ordinal;
              made.position := places.keys[1];
            END IF;
            IF was ? 'tags' THEN
              IF (CASE WHEN ordinal = 0 THEN counter.tags ELSE todo.count_tags(uid) END) > 4950
                AND todo.tags_exceed(uid, body -> 'tags') THEN
                verdict := 'tags';
                EXIT work;
              END IF;
            END IF;
            IF was ? 'external_id' AND made.external_id IS NOT NULL THEN
              result := (SELECT jsonb_build_object('id', t.id) FROM todo.tasks t WHERE t.user_id = uid AND t.external_id >= made.external_id AND t.external_id <= made.external_id ORDER BY t.external_id LIMIT 1);
              IF result IS NOT NULL THEN
                verdict := 'external_id';
                EXIT work;
              END IF;
            END IF;
            IF was ? 'extra' AND made.extra IS NOT NULL THEN
              verdict := (
                SELECT CASE WHEN count(*) > 50 THEN 'extra_of_task'
                    WHEN sum(octet_length(e.key) + octet_length(e.value)) > 16384 THEN 'extra_bytes' END
                  FROM jsonb_each_text(made.extra) e
              );
              IF verdict IS NOT NULL THEN
                EXIT work;
              END IF;
            END IF;
            IF was ? 'tags' THEN
              PERFORM todo.use_tags(uid, body -> 'tags', moment);
            END IF;
            made.version := old.version + 1;
            made.updated_at := moment;
            IF was - '{completed_at}'::text[] = '{}' THEN
              UPDATE todo.tasks t SET completed_at = made.completed_at, updated_at = made.updated_at, version = made.version, seq = counter.seq
                WHERE t.user_id = uid AND t.id = old.id;
            ELSE
              UPDATE todo.tasks t SET title = made.title, description = made.description, project_id = made.project_id, parent_id = made.parent_id, priority = made.priority, tags = made.tags, start = made.start, due = made.due, repeat = made.repeat, blocked_by = made.blocked_by, external_id = made.external_id, extra = made.extra, completed_at = made.completed_at, occurrence = made.occurrence, start_key = made.start_key, due_key = made.due_key, series = made.series, completion = made.completion, position = made.position, updated_at = made.updated_at, version = made.version, seq = counter.seq
                WHERE t.user_id = uid AND t.id = old.id;
            END IF;
            result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
              VALUES (uid, counter.seq, ordinal, 'task', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
            ordinal := ordinal + 1;
            IF was ? 'completion' THEN
              INSERT INTO todo.completions (user_id, task_id, nth, occurrence, completed_at, skipped)
                SELECT uid, made.id, c.* FROM jsonb_to_record(made.completion) AS c(nth integer, occurrence text, "completedAt" timestamptz(3), skipped boolean)
                ON CONFLICT (user_id, task_id, nth) DO UPDATE
                    SET occurrence = excluded.occurrence, completed_at = excluded.completed_at, skipped = excluded.skipped;
            END IF;
            IF together <> '{}' THEN
              DECLARE
              one todo.tasks;
              changed todo.tasks;
            BEGIN
              FOR one IN
                SELECT t.* FROM unnest(together) u(id), LATERAL (
                  SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
                ) t
                ORDER BY t.number
              LOOP
                UPDATE todo.tasks t SET completed_at = made.completed_at, updated_at = moment, version = t.version + 1, seq = counter.seq
                  WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
                INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                  uid, counter.seq, ordinal, 'task', one.id,
                  jsonb_build_object('completed_at', one.completed_at, 'version', one.version, 'updated_at', one.updated_at),
                  to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
                );
                ordinal := ordinal + 1;
              END LOOP;
            END;
            END IF;
            IF again <> '{}' THEN
              DECLARE
              one todo.tasks;
              changed todo.tasks;
            BEGIN
              FOR one IN
                SELECT t.* FROM unnest(again) u(id), LATERAL (
                  SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
                ) t
                ORDER BY t.number
              LOOP
                UPDATE todo.tasks t SET completed_at = NULL, updated_at = moment, version = t.version + 1, seq = counter.seq
                  WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
                INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                  uid, counter.seq, ordinal, 'task', one.id,
                  jsonb_build_object('completed_at', one.completed_at, 'version', one.version, 'updated_at', one.updated_at),
                  to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
                );
                ordinal := ordinal + 1;
              END LOOP;
            END;
            END IF;
            IF waiting <> '{}' THEN
              DECLARE
              one todo.tasks;
              changed todo.tasks;
            BEGIN
              FOR one IN
                SELECT t.* FROM unnest(waiting) u(id), LATERAL (
                  SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
                ) t
                ORDER BY t.number
              LOOP
                UPDATE todo.tasks t SET blocked_by = nullif(array_remove(t.blocked_by, made.id), '{}'), updated_at = moment, version = t.version + 1, seq = counter.seq
                  WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
                INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                  uid, counter.seq, ordinal, 'task', one.id,
                  jsonb_build_object('blocked_by', one.blocked_by, 'version', one.version, 'updated_at', one.updated_at),
                  to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
                );
                ordinal := ordinal + 1;
              END LOOP;
            END;
            END IF;
            IF moved <> '{}' THEN
              DECLARE
              one todo.tasks;
              changed todo.tasks;
            BEGIN
              FOR one IN
                SELECT t.* FROM unnest(moved) u(id), LATERAL (
                  SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
                ) t
                ORDER BY t.number
              LOOP
                UPDATE todo.tasks t SET project_id = made.project_id, updated_at = moment, version = t.version + 1, seq = counter.seq
                  WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
                INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                  uid, counter.seq, ordinal, 'task', one.id,
                  jsonb_build_object('project_id', one.project_id, 'version', one.version, 'updated_at', one.updated_at),
                  to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
                );
                ordinal := ordinal + 1;
              END LOOP;
            END;
            END IF;
            IF made.parent_id IS NOT NULL AND (was ?| '{parent_id,completed_at}' OR was ? 'repeat' AND made.repeat IS NULL) THEN
              IF NOT counter.nested THEN
                counter.nested := true;
                UPDATE todo.counters c SET nested = true WHERE c.user_id = uid;
              END IF;
              UPDATE todo.tasks t SET is_parent = true WHERE t.user_id = uid AND t.id = made.parent_id AND t.is_parent IS NOT TRUE;
              IF made.completed_at IS NULL THEN
                ordinal := todo.task_open_above(uid, made.parent_id, counter, moment, ordinal);
              END IF;
            END IF;
            IF made.project_id IS NOT NULL THEN
              result := jsonb_set(result, '{thing,archived}', 'false');
            END IF;
          ELSE
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
          END IF;
        END;
      WHEN 'task.complete' THEN
        <<work>>
        DECLARE
          body jsonb := op -> 'body';
          old todo.tasks;
          made todo.tasks;
          was jsonb := '{}';
          project uuid;
          places record;
          together uuid[] := '{}';
          again uuid[] := '{}';
          waiting uuid[] := '{}';
          moved uuid[] := '{}';
        BEGIN
          SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
          IF NOT FOUND OR old.trashed_at IS NOT NULL THEN
            verdict := 'absent';
            EXIT work;
          END IF;
          IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
            verdict := 'changed';
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            EXIT work;
          END IF;
          -- Of another date than the task is now nothing happens.
          IF op ? 'occurrence' AND op ->> 'occurrence' IS DISTINCT FROM old.occurrence THEN
            body := '{}';
          ELSIF (CASE
            WHEN op ? 'basis' THEN op -> 'basis' <> jsonb_build_object('start', old.start, 'due', old.due, 'repeat', old.repeat,
                  'occurrence', old.occurrence, 'series', old.series, 'completion', old.completion,
                  'completed', old.completed_at IS NOT NULL)
            ELSE body ?| '{start,due,repeat}' OR op ? 'skip'
              OR ((body ->> 'completed')::boolean AND old.repeat IS NOT NULL AND old.completed_at IS NULL)
          END) THEN
            verdict := 'stale';
            result := jsonb_build_object('thing', to_jsonb(old));
            result := jsonb_set(result, '{thing,place}', coalesce(
                CASE WHEN counter.user_id IS NULL THEN todo.set_place(uid) ELSE counter.place END, 'null'
              ));
            EXIT work;
          END IF;
          IF body ->> 'parentId' IS NOT NULL THEN
            project := (SELECT t.project_id FROM todo.tasks t WHERE t.user_id = uid AND t.id = (body ->> 'parentId')::uuid);
            IF body ? 'projectId' AND (body ->> 'projectId')::uuid IS DISTINCT FROM project THEN
              verdict := 'reference';
              result := '{"path": ["parentId"]}';
              EXIT work;
            END IF;
            body := body || jsonb_build_object('projectId', project);
          ELSIF body ? 'projectId' AND old.parent_id IS NOT NULL
            AND (body ->> 'projectId')::uuid IS DISTINCT FROM old.project_id
          THEN
            -- It leaves what it is below, which stays where it is.
            body := body || '{"parentId": null}';
          END IF;
          made := old;
          IF body ?| '{title,description,projectId,parentId,priority,tags,start,due,repeat,blockedBy,externalId,extra}' THEN
            IF body ? 'title' THEN
              made.title := body ->> 'title';
              IF made.title IS DISTINCT FROM old.title THEN
                was := was || jsonb_build_object('title', old.title);
              END IF;
            END IF;
            IF body ? 'description' THEN
              made.description := body ->> 'description';
              IF made.description IS DISTINCT FROM old.description THEN
                was := was || jsonb_build_object('description', old.description);
              END IF;
            END IF;
            IF body ? 'projectId' THEN
              made.project_id := (body ->> 'projectId')::uuid;
              IF made.project_id IS DISTINCT FROM old.project_id THEN
                was := was || jsonb_build_object('project_id', old.project_id);
              END IF;
            END IF;
            IF body ? 'parentId' THEN
              made.parent_id := (body ->> 'parentId')::uuid;
              IF made.parent_id IS DISTINCT FROM old.parent_id THEN
                was := was || jsonb_build_object('parent_id', old.parent_id);
              END IF;
            END IF;
            IF body ? 'priority' THEN
              made.priority := body ->> 'priority';
              IF made.priority IS DISTINCT FROM old.priority THEN
                was := was || jsonb_build_object('priority', old.priority);
              END IF;
            END IF;
            IF body ? 'tags' THEN
              made.tags := CASE WHEN body ? 'tags' THEN todo.spelled_tags(uid, body -> 'tags') END;
              IF made.tags IS DISTINCT FROM old.tags THEN
                was := was || jsonb_build_object('tags', old.tags);
              END IF;
            END IF;
            IF body ? 'start' THEN
              made.start := nullif(body -> 'start', 'null');
              IF made.start IS DISTINCT FROM old.start THEN
                was := was || jsonb_build_object('start', old.start);
              END IF;
            END IF;
            IF body ? 'due' THEN
              made.due := nullif(body -> 'due', 'null');
              IF made.due IS DISTINCT FROM old.due THEN
                was := was || jsonb_build_object('due', old.due);
              END IF;
            END IF;
            IF body ? 'repeat' THEN
              made.repeat := nullif(body -> 'repeat', 'null');
              IF made.repeat IS DISTINCT FROM old.repeat THEN
                was := was || jsonb_build_object('repeat', old.repeat);
              END IF;
            END IF;
            IF body ? 'blockedBy' THEN
              made.blocked_by := todo.uuids(body -> 'blockedBy');
              IF made.blocked_by IS DISTINCT FROM old.blocked_by THEN
                was := was || jsonb_build_object('blocked_by', old.blocked_by);
              END IF;
            END IF;
            IF body ? 'externalId' THEN
              made.external_id := body ->> 'externalId';
              IF made.external_id IS DISTINCT FROM old.external_id THEN
                was := was || jsonb_build_object('external_id', old.external_id);
              END IF;
            END IF;
            IF body ? 'extra' THEN
              made.extra := CASE WHEN body ? 'extra' THEN CASE WHEN jsonb_typeof(body -> 'extra') = 'object' THEN nullif(jsonb_strip_nulls(coalesce(old.extra, '{}') || (body -> 'extra')), '{}') END END;
              IF made.extra IS DISTINCT FROM old.extra THEN
                was := was || jsonb_build_object('extra', old.extra);
              END IF;
            END IF;
          END IF;
          IF body ? 'completed' THEN
            made.completed_at := CASE WHEN (body ->> 'completed')::boolean THEN
              coalesce(old.completed_at, (op ->> 'setAt')::timestamptz(3), moment) END;
            IF made.completed_at IS DISTINCT FROM old.completed_at THEN
              was := was || jsonb_build_object('completed_at', old.completed_at);
            END IF;
          END IF;
          IF op ? 'basis' THEN
            IF body ? 'occurrence' THEN
              made.occurrence := body ->> 'occurrence';
              IF made.occurrence IS DISTINCT FROM old.occurrence THEN
                was := was || jsonb_build_object('occurrence', old.occurrence);
              END IF;
            END IF;
            IF body ? 'startKey' THEN
              made.start_key := body ->> 'startKey';
              IF made.start_key IS DISTINCT FROM old.start_key THEN
                was := was || jsonb_build_object('start_key', old.start_key);
              END IF;
            END IF;
            IF body ? 'dueKey' THEN
              made.due_key := body ->> 'dueKey';
              IF made.due_key IS DISTINCT FROM old.due_key THEN
                was := was || jsonb_build_object('due_key', old.due_key);
              END IF;
            END IF;
            IF body ? 'series' THEN
              made.series := nullif(body -> 'series', 'null');
              IF made.series IS DISTINCT FROM old.series THEN
                was := was || jsonb_build_object('series', old.series);
              END IF;
            END IF;
            IF body ? 'completion' THEN
              made.completion := nullif(body -> 'completion', 'null');
              IF made.completion IS DISTINCT FROM old.completion THEN
                was := was || jsonb_build_object('completion', old.completion);
              END IF;
            END IF;
          END IF;
          IF was <> '{}' THEN
            IF made.project_id IS NOT NULL THEN
              verdict := todo.project_obstacle(uid, made.project_id);
              IF verdict IS NOT NULL THEN
                result := jsonb_build_object('path', jsonb_build_array('projectId'));
                EXIT work;
              END IF;
            END IF;
            IF was ? 'parent_id' OR was ? 'blocked_by' THEN
              SELECT l.verdict, l.more INTO verdict, result FROM todo.task_links(uid, old.id, made.parent_id, made.blocked_by, old.parent_id, old.blocked_by) l;
              IF verdict IS NOT NULL THEN
                EXIT work;
              END IF;
            END IF;
            IF was ? 'completion' OR made.completed_at IS NOT NULL AND old.completed_at IS NULL THEN
              IF NOT op ? 'skip' AND (counter.nested OR made.blocked_by IS NOT NULL) THEN
                SELECT l.verdict, l.more, l.together INTO verdict, result, together FROM todo.task_obstacle(uid, made.id, made.blocked_by, op ->> 'children', (op ->> 'force')::boolean) l;
                IF verdict IS NOT NULL THEN
                  EXIT work;
                END IF;
              END IF;
              IF made.completed_at IS NULL THEN
                together := '{}';
                IF counter.nested THEN
                  again := ARRAY(
                    SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.completed_at IS NOT NULL AND t.id = ANY (ARRAY(
                          WITH RECURSIVE below AS (
                            SELECT t.id FROM unnest(ARRAY[old.id]) b(id), LATERAL (
                              SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL AND t.repeat IS NULL
                              ORDER BY t.parent_id OFFSET 0
                            ) t
                            UNION
                            SELECT t.id FROM below b, LATERAL (
                              SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL AND t.repeat IS NULL
                              ORDER BY t.parent_id OFFSET 0
                            ) t
                          )
                          SELECT b.id FROM below b
                        ))
                  );
                END IF;
                IF NOT op ? 'skip' THEN
                  waiting := ARRAY(
                    SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.blocked_by IS NOT NULL AND old.id = ANY (t.blocked_by)
                      ORDER BY t.number
                  );
                END IF;
              END IF;
            END IF;
            IF was ? 'project_id' AND counter.nested THEN
              moved := ARRAY(
                    WITH RECURSIVE below AS (
                      SELECT t.id FROM unnest(ARRAY[old.id]) b(id), LATERAL (
                        SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL
                        ORDER BY t.parent_id OFFSET 0
                      ) t
                      UNION
                      SELECT t.id FROM below b, LATERAL (
                        SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL
                        ORDER BY t.parent_id OFFSET 0
                      ) t
                    )
                    SELECT b.id FROM below b
                  );
            END IF;
            IF counter.nested OR was ? 'completion' THEN
              IF ordinal + 1 + cardinality(together || again || waiting || moved) > 10000 THEN
                verdict := 'many';
                EXIT work;
              ELSIF 1 + cardinality(together || again || waiting || moved) > (op ->> 'most')::integer THEN
                verdict := 'long';
                EXIT work;
              END IF;
            END IF;
            IF was ? 'parent_id' OR was ? 'project_id' THEN
              was := was || jsonb_build_object('position', old.position, 'behind', todo.task_behind(uid, old, counter.seq, ordinal));
              SELECT * INTO places FROM todo.task_keys(uid, ARRAY[old.id], (CASE WHEN made.parent_id IS NOT NULL THEN made.parent_id WHEN made.project_id IS NOT NULL THEN made.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END), 'last', NULL, counter, ordinal);
              ordinal := places.ordinal;
              made.position := places.keys[1];
            END IF;
            IF was ? 'tags' THEN
              IF (CASE WHEN ordinal = 0 THEN counter.tags ELSE todo.count_tags(uid) END) > 4950
                AND todo.tags_exceed(uid, body -> 'tags') THEN
                verdict := 'tags';
                EXIT work;
              END IF;
            END IF;
            IF was ? 'external_id' AND made.external_id IS NOT NULL THEN
              result := (SELECT jsonb_build_object('id', t.id) FROM todo.tasks t WHERE t.user_id = uid AND t.external_id >= made.external_id AND t.external_id <= made.external_id ORDER BY t.external_id LIMIT 1);
              IF result IS NOT NULL THEN
                verdict := 'external_id';
                EXIT work;
              END IF;
            END IF;
            IF was ? 'extra' AND made.extra IS NOT NULL THEN
              verdict := (
                SELECT CASE WHEN count(*) > 50 THEN 'extra_of_task'
                    WHEN sum(octet_length(e.key) + octet_length(e.value)) > 16384 THEN 'extra_bytes' END
                  FROM jsonb_each_text(made.extra) e
              );
              IF verdict IS NOT NULL THEN
                EXIT work;
              END IF;
            END IF;
            IF was ? 'tags' THEN
              PERFORM todo.use_tags(uid, body -> 'tags', moment);
            END IF;
            made.version := old.version + 1;
            made.updated_at := moment;
            IF was - '{completed_at}'::text[] = '{}' THEN
              UPDATE todo.tasks t SET completed_at = made.completed_at, updated_at = made.updated_at, version = made.version, seq = counter.seq
                WHERE t.user_id = uid AND t.id = old.id;
            ELSE
              UPDATE todo.tasks t SET title = made.title, description = made.description, project_id = made.project_id, parent_id = made.parent_id, priority = made.priority, tags = made.tags, start = made.start, due = made.due, repeat = made.repeat, blocked_by = made.blocked_by, external_id = made.external_id, extra = made.extra, completed_at = made.completed_at, occurrence = made.occurrence, start_key = made.start_key, due_key = made.due_key, series = made.series, completion = made.completion, position = made.position, updated_at = made.updated_at, version = made.version, seq = counter.seq
                WHERE t.user_id = uid AND t.id = old.id;
            END IF;
            result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
              VALUES (uid, counter.seq, ordinal, 'task', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
            ordinal := ordinal + 1;
            IF was ? 'completion' THEN
              INSERT INTO todo.completions (user_id, task_id, nth, occurrence, completed_at, skipped)
                SELECT uid, made.id, c.* FROM jsonb_to_record(made.completion) AS c(nth integer, occurrence text, "completedAt" timestamptz(3), skipped boolean)
                ON CONFLICT (user_id, task_id, nth) DO UPDATE
                    SET occurrence = excluded.occurrence, completed_at = excluded.completed_at, skipped = excluded.skipped;
            END IF;
            IF together <> '{}' THEN
              DECLARE
              one todo.tasks;
              changed todo.tasks;
            BEGIN
              FOR one IN
                SELECT t.* FROM unnest(together) u(id), LATERAL (
                  SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
                ) t
                ORDER BY t.number
              LOOP
                UPDATE todo.tasks t SET completed_at = made.completed_at, updated_at = moment, version = t.version + 1, seq = counter.seq
                  WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
                INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                  uid, counter.seq, ordinal, 'task', one.id,
                  jsonb_build_object('completed_at', one.completed_at, 'version', one.version, 'updated_at', one.updated_at),
                  to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
                );
                ordinal := ordinal + 1;
              END LOOP;
            END;
            END IF;
            IF again <> '{}' THEN
              DECLARE
              one todo.tasks;
              changed todo.tasks;
            BEGIN
              FOR one IN
                SELECT t.* FROM unnest(again) u(id), LATERAL (
                  SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
                ) t
                ORDER BY t.number
              LOOP
                UPDATE todo.tasks t SET completed_at = NULL, updated_at = moment, version = t.version + 1, seq = counter.seq
                  WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
                INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                  uid, counter.seq, ordinal, 'task', one.id,
                  jsonb_build_object('completed_at', one.completed_at, 'version', one.version, 'updated_at', one.updated_at),
                  to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
                );
                ordinal := ordinal + 1;
              END LOOP;
            END;
            END IF;
            IF waiting <> '{}' THEN
              DECLARE
              one todo.tasks;
              changed todo.tasks;
            BEGIN
              FOR one IN
                SELECT t.* FROM unnest(waiting) u(id), LATERAL (
                  SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
                ) t
                ORDER BY t.number
              LOOP
                UPDATE todo.tasks t SET blocked_by = nullif(array_remove(t.blocked_by, made.id), '{}'), updated_at = moment, version = t.version + 1, seq = counter.seq
                  WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
                INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                  uid, counter.seq, ordinal, 'task', one.id,
                  jsonb_build_object('blocked_by', one.blocked_by, 'version', one.version, 'updated_at', one.updated_at),
                  to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
                );
                ordinal := ordinal + 1;
              END LOOP;
            END;
            END IF;
            IF moved <> '{}' THEN
              DECLARE
              one todo.tasks;
              changed todo.tasks;
            BEGIN
              FOR one IN
                SELECT t.* FROM unnest(moved) u(id), LATERAL (
                  SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
                ) t
                ORDER BY t.number
              LOOP
                UPDATE todo.tasks t SET project_id = made.project_id, updated_at = moment, version = t.version + 1, seq = counter.seq
                  WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
                INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                  uid, counter.seq, ordinal, 'task', one.id,
                  jsonb_build_object('project_id', one.project_id, 'version', one.version, 'updated_at', one.updated_at),
                  to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
                );
                ordinal := ordinal + 1;
              END LOOP;
            END;
            END IF;
            IF made.parent_id IS NOT NULL AND (was ?| '{parent_id,completed_at}' OR was ? 'repeat' AND made.repeat IS NULL) THEN
              IF NOT counter.nested THEN
                counter.nested := true;
                UPDATE todo.counters c SET nested = true WHERE c.user_id = uid;
              END IF;
              UPDATE todo.tasks t SET is_parent = true WHERE t.user_id = uid AND t.id = made.parent_id AND t.is_parent IS NOT TRUE;
              IF made.completed_at IS NULL THEN
                ordinal := todo.task_open_above(uid, made.parent_id, counter, moment, ordinal);
              END IF;
            END IF;
            IF made.project_id IS NOT NULL THEN
              result := jsonb_set(result, '{thing,archived}', 'false');
            END IF;
          ELSE
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
          END IF;
        END;
      WHEN 'task.skip' THEN
        <<work>>
        DECLARE
          body jsonb := op -> 'body';
          old todo.tasks;
          made todo.tasks;
          was jsonb := '{}';
          project uuid;
          places record;
          together uuid[] := '{}';
          again uuid[] := '{}';
          waiting uuid[] := '{}';
          moved uuid[] := '{}';
        BEGIN
          SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
          IF NOT FOUND OR old.trashed_at IS NOT NULL THEN
            verdict := 'absent';
            EXIT work;
          END IF;
          IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
            verdict := 'changed';
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            EXIT work;
          END IF;
          -- Of another date than the task is now nothing happens.
          IF op ? 'occurrence' AND op ->> 'occurrence' IS DISTINCT FROM old.occurrence THEN
            body := '{}';
          ELSIF (CASE
            WHEN op ? 'basis' THEN op -> 'basis' <> jsonb_build_object('start', old.start, 'due', old.due, 'repeat', old.repeat,
                  'occurrence', old.occurrence, 'series', old.series, 'completion', old.completion,
                  'completed', old.completed_at IS NOT NULL)
            ELSE body ?| '{start,due,repeat}' OR op ? 'skip'
              OR ((body ->> 'completed')::boolean AND old.repeat IS NOT NULL AND old.completed_at IS NULL)
          END) THEN
            verdict := 'stale';
            result := jsonb_build_object('thing', to_jsonb(old));
            result := jsonb_set(result, '{thing,place}', coalesce(
                CASE WHEN counter.user_id IS NULL THEN todo.set_place(uid) ELSE counter.place END, 'null'
              ));
            EXIT work;
          END IF;
          IF body ->> 'parentId' IS NOT NULL THEN
            project := (SELECT t.project_id FROM todo.tasks t WHERE t.user_id = uid AND t.id = (body ->> 'parentId')::uuid);
            IF body ? 'projectId' AND (body ->> 'projectId')::uuid IS DISTINCT FROM project THEN
              verdict := 'reference';
              result := '{"path": ["parentId"]}';
              EXIT work;
            END IF;
            body := body || jsonb_build_object('projectId', project);
          ELSIF body ? 'projectId' AND old.parent_id IS NOT NULL
            AND (body ->> 'projectId')::uuid IS DISTINCT FROM old.project_id
          THEN
            -- It leaves what it is below, which stays where it is.
            body := body || '{"parentId": null}';
          END IF;
          made := old;
          IF body ?| '{title,description,projectId,parentId,priority,tags,start,due,repeat,blockedBy,externalId,extra}' THEN
            IF body ? 'title' THEN
              made.title := body ->> 'title';
              IF made.title IS DISTINCT FROM old.title THEN
                was := was || jsonb_build_object('title', old.title);
              END IF;
            END IF;
            IF body ? 'description' THEN
              made.description := body ->> 'description';
              IF made.description IS DISTINCT FROM old.description THEN
                was := was || jsonb_build_object('description', old.description);
              END IF;
            END IF;
            IF body ? 'projectId' THEN
              made.project_id := (body ->> 'projectId')::uuid;
              IF made.project_id IS DISTINCT FROM old.project_id THEN
                was := was || jsonb_build_object('project_id', old.project_id);
              END IF;
            END IF;
            IF body ? 'parentId' THEN
              made.parent_id := (body ->> 'parentId')::uuid;
              IF made.parent_id IS DISTINCT FROM old.parent_id THEN
                was := was || jsonb_build_object('parent_id', old.parent_id);
              END IF;
            END IF;
            IF body ? 'priority' THEN
              made.priority := body ->> 'priority';
              IF made.priority IS DISTINCT FROM old.priority THEN
                was := was || jsonb_build_object('priority', old.priority);
              END IF;
            END IF;
            IF body ? 'tags' THEN
              made.tags := CASE WHEN body ? 'tags' THEN todo.spelled_tags(uid, body -> 'tags') END;
              IF made.tags IS DISTINCT FROM old.tags THEN
                was := was || jsonb_build_object('tags', old.tags);
              END IF;
            END IF;
            IF body ? 'start' THEN
              made.start := nullif(body -> 'start', 'null');
              IF made.start IS DISTINCT FROM old.start THEN
                was := was || jsonb_build_object('start', old.start);
              END IF;
            END IF;
            IF body ? 'due' THEN
              made.due := nullif(body -> 'due', 'null');
              IF made.due IS DISTINCT FROM old.due THEN
                was := was || jsonb_build_object('due', old.due);
              END IF;
            END IF;
            IF body ? 'repeat' THEN
              made.repeat := nullif(body -> 'repeat', 'null');
              IF made.repeat IS DISTINCT FROM old.repeat THEN
                was := was || jsonb_build_object('repeat', old.repeat);
              END IF;
            END IF;
            IF body ? 'blockedBy' THEN
              made.blocked_by := todo.uuids(body -> 'blockedBy');
              IF made.blocked_by IS DISTINCT FROM old.blocked_by THEN
                was := was || jsonb_build_object('blocked_by', old.blocked_by);
              END IF;
            END IF;
            IF body ? 'externalId' THEN
              made.external_id := body ->> 'externalId';
              IF made.external_id IS DISTINCT FROM old.external_id THEN
                was := was || jsonb_build_object('external_id', old.external_id);
              END IF;
            END IF;
            IF body ? 'extra' THEN
              made.extra := CASE WHEN body ? 'extra' THEN CASE WHEN jsonb_typeof(body -> 'extra') = 'object' THEN nullif(jsonb_strip_nulls(coalesce(old.extra, '{}') || (body -> 'extra')), '{}') END END;
              IF made.extra IS DISTINCT FROM old.extra THEN
                was := was || jsonb_build_object('extra', old.extra);
              END IF;
            END IF;
          END IF;
          IF body ? 'completed' THEN
            made.completed_at := CASE WHEN (body ->> 'completed')::boolean THEN
              coalesce(old.completed_at, (op ->> 'setAt')::timestamptz(3), moment) END;
            IF made.completed_at IS DISTINCT FROM old.completed_at THEN
              was := was || jsonb_build_object('completed_at', old.completed_at);
            END IF;
          END IF;
          IF op ? 'basis' THEN
            IF body ? 'occurrence' THEN
              made.occurrence := body ->> 'occurrence';
              IF made.occurrence IS DISTINCT FROM old.occurrence THEN
                was := was || jsonb_build_object('occurrence', old.occurrence);
              END IF;
            END IF;
            IF body ? 'startKey' THEN
              made.start_key := body ->> 'startKey';
              IF made.start_key IS DISTINCT FROM old.start_key THEN
                was := was || jsonb_build_object('start_key', old.start_key);
              END IF;
            END IF;
            IF body ? 'dueKey' THEN
              made.due_key := body ->> 'dueKey';
              IF made.due_key IS DISTINCT FROM old.due_key THEN
                was := was || jsonb_build_object('due_key', old.due_key);
              END IF;
            END IF;
            IF body ? 'series' THEN
              made.series := nullif(body -> 'series', 'null');
              IF made.series IS DISTINCT FROM old.series THEN
                was := was || jsonb_build_object('series', old.series);
              END IF;
            END IF;
            IF body ? 'completion' THEN
              made.completion := nullif(body -> 'completion', 'null');
              IF made.completion IS DISTINCT FROM old.completion THEN
                was := was || jsonb_build_object('completion', old.completion);
              END IF;
            END IF;
          END IF;
          IF was <> '{}' THEN
            IF made.project_id IS NOT NULL THEN
              verdict := todo.project_obstacle(uid, made.project_id);
              IF verdict IS NOT NULL THEN
                result := jsonb_build_object('path', jsonb_build_array('projectId'));
                EXIT work;
              END IF;
            END IF;
            IF was ? 'parent_id' OR was ? 'blocked_by' THEN
              SELECT l.verdict, l.more INTO verdict, result FROM todo.task_links(uid, old.id, made.parent_id, made.blocked_by, old.parent_id, old.blocked_by) l;
              IF verdict IS NOT NULL THEN
                EXIT work;
              END IF;
            END IF;
            IF was ? 'completion' OR made.completed_at IS NOT NULL AND old.completed_at IS NULL THEN
              IF NOT op ? 'skip' AND (counter.nested OR made.blocked_by IS NOT NULL) THEN
                SELECT l.verdict, l.more, l.together INTO verdict, result, together FROM todo.task_obstacle(uid, made.id, made.blocked_by, op ->> 'children', (op ->> 'force')::boolean) l;
                IF verdict IS NOT NULL THEN
                  EXIT work;
                END IF;
              END IF;
              IF made.completed_at IS NULL THEN
                together := '{}';
                IF counter.nested THEN
                  again := ARRAY(
                    SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.completed_at IS NOT NULL AND t.id = ANY (ARRAY(
                          WITH RECURSIVE below AS (
                            SELECT t.id FROM unnest(ARRAY[old.id]) b(id), LATERAL (
                              SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL AND t.repeat IS NULL
                              ORDER BY t.parent_id OFFSET 0
                            ) t
                            UNION
                            SELECT t.id FROM below b, LATERAL (
                              SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL AND t.repeat IS NULL
                              ORDER BY t.parent_id OFFSET 0
                            ) t
                          )
                          SELECT b.id FROM below b
                        ))
                  );
                END IF;
                IF NOT op ? 'skip' THEN
                  waiting := ARRAY(
                    SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.blocked_by IS NOT NULL AND old.id = ANY (t.blocked_by)
                      ORDER BY t.number
                  );
                END IF;
              END IF;
            END IF;
            IF was ? 'project_id' AND counter.nested THEN
              moved := ARRAY(
                    WITH RECURSIVE below AS (
                      SELECT t.id FROM unnest(ARRAY[old.id]) b(id), LATERAL (
                        SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL
                        ORDER BY t.parent_id OFFSET 0
                      ) t
                      UNION
                      SELECT t.id FROM below b, LATERAL (
                        SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL
                        ORDER BY t.parent_id OFFSET 0
                      ) t
                    )
                    SELECT b.id FROM below b
                  );
            END IF;
            IF counter.nested OR was ? 'completion' THEN
              IF ordinal + 1 + cardinality(together || again || waiting || moved) > 10000 THEN
                verdict := 'many';
                EXIT work;
              ELSIF 1 + cardinality(together || again || waiting || moved) > (op ->> 'most')::integer THEN
                verdict := 'long';
                EXIT work;
              END IF;
            END IF;
            IF was ? 'parent_id' OR was ? 'project_id' THEN
              was := was || jsonb_build_object('position', old.position, 'behind', todo.task_behind(uid, old, counter.seq, ordinal));
              SELECT * INTO places FROM todo.task_keys(uid, ARRAY[old.id], (CASE WHEN made.parent_id IS NOT NULL THEN made.parent_id WHEN made.project_id IS NOT NULL THEN made.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END), 'last', NULL, counter, ordinal);
              ordinal := places.ordinal;
              made.position := places.keys[1];
            END IF;
            IF was ? 'tags' THEN
              IF (CASE WHEN ordinal = 0 THEN counter.tags ELSE todo.count_tags(uid) END) > 4950
                AND todo.tags_exceed(uid, body -> 'tags') THEN
                verdict := 'tags';
                EXIT work;
              END IF;
            END IF;
            IF was ? 'external_id' AND made.external_id IS NOT NULL THEN
              result := (SELECT jsonb_build_object('id', t.id) FROM todo.tasks t WHERE t.user_id = uid AND t.external_id >= made.external_id AND t.external_id <= made.external_id ORDER BY t.external_id LIMIT 1);
              IF result IS NOT NULL THEN
                verdict := 'external_id';
                EXIT work;
              END IF;
            END IF;
            IF was ? 'extra' AND made.extra IS NOT NULL THEN
              verdict := (
                SELECT CASE WHEN count(*) > 50 THEN 'extra_of_task'
                    WHEN sum(octet_length(e.key) + octet_length(e.value)) > 16384 THEN 'extra_bytes' END
                  FROM jsonb_each_text(made.extra) e
              );
              IF verdict IS NOT NULL THEN
                EXIT work;
              END IF;
            END IF;
            IF was ? 'tags' THEN
              PERFORM todo.use_tags(uid, body -> 'tags', moment);
            END IF;
            made.version := old.version + 1;
            made.updated_at := moment;
            IF was - '{completed_at}'::text[] = '{}' THEN
              UPDATE todo.tasks t SET completed_at = made.completed_at, updated_at = made.updated_at, version = made.version, seq = counter.seq
                WHERE t.user_id = uid AND t.id = old.id;
            ELSE
              UPDATE todo.tasks t SET title = made.title, description = made.description, project_id = made.project_id, parent_id = made.parent_id, priority = made.priority, tags = made.tags, start = made.start, due = made.due, repeat = made.repeat, blocked_by = made.blocked_by, external_id = made.external_id, extra = made.extra, completed_at = made.completed_at, occurrence = made.occurrence, start_key = made.start_key, due_key = made.due_key, series = made.series, completion = made.completion, position = made.position, updated_at = made.updated_at, version = made.version, seq = counter.seq
                WHERE t.user_id = uid AND t.id = old.id;
            END IF;
            result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
              VALUES (uid, counter.seq, ordinal, 'task', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
            ordinal := ordinal + 1;
            IF was ? 'completion' THEN
              INSERT INTO todo.completions (user_id, task_id, nth, occurrence, completed_at, skipped)
                SELECT uid, made.id, c.* FROM jsonb_to_record(made.completion) AS c(nth integer, occurrence text, "completedAt" timestamptz(3), skipped boolean)
                ON CONFLICT (user_id, task_id, nth) DO UPDATE
                    SET occurrence = excluded.occurrence, completed_at = excluded.completed_at, skipped = excluded.skipped;
            END IF;
            IF together <> '{}' THEN
              DECLARE
              one todo.tasks;
              changed todo.tasks;
            BEGIN
              FOR one IN
                SELECT t.* FROM unnest(together) u(id), LATERAL (
                  SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
                ) t
                ORDER BY t.number
              LOOP
                UPDATE todo.tasks t SET completed_at = made.completed_at, updated_at = moment, version = t.version + 1, seq = counter.seq
                  WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
                INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                  uid, counter.seq, ordinal, 'task', one.id,
                  jsonb_build_object('completed_at', one.completed_at, 'version', one.version, 'updated_at', one.updated_at),
                  to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
                );
                ordinal := ordinal + 1;
              END LOOP;
            END;
            END IF;
            IF again <> '{}' THEN
              DECLARE
              one todo.tasks;
              changed todo.tasks;
            BEGIN
              FOR one IN
                SELECT t.* FROM unnest(again) u(id), LATERAL (
                  SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
                ) t
                ORDER BY t.number
              LOOP
                UPDATE todo.tasks t SET completed_at = NULL, updated_at = moment, version = t.version + 1, seq = counter.seq
                  WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
                INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                  uid, counter.seq, ordinal, 'task', one.id,
                  jsonb_build_object('completed_at', one.completed_at, 'version', one.version, 'updated_at', one.updated_at),
                  to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
                );
                ordinal := ordinal + 1;
              END LOOP;
            END;
            END IF;
            IF waiting <> '{}' THEN
              DECLARE
              one todo.tasks;
              changed todo.tasks;
            BEGIN
              FOR one IN
                SELECT t.* FROM unnest(waiting) u(id), LATERAL (
                  SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
                ) t
                ORDER BY t.number
              LOOP
                UPDATE todo.tasks t SET blocked_by = nullif(array_remove(t.blocked_by, made.id), '{}'), updated_at = moment, version = t.version + 1, seq = counter.seq
                  WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
                INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                  uid, counter.seq, ordinal, 'task', one.id,
                  jsonb_build_object('blocked_by', one.blocked_by, 'version', one.version, 'updated_at', one.updated_at),
                  to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
                );
                ordinal := ordinal + 1;
              END LOOP;
            END;
            END IF;
            IF moved <> '{}' THEN
              DECLARE
              one todo.tasks;
              changed todo.tasks;
            BEGIN
              FOR one IN
                SELECT t.* FROM unnest(moved) u(id), LATERAL (
                  SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
                ) t
                ORDER BY t.number
              LOOP
                UPDATE todo.tasks t SET project_id = made.project_id, updated_at = moment, version = t.version + 1, seq = counter.seq
                  WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
                INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                  uid, counter.seq, ordinal, 'task', one.id,
                  jsonb_build_object('project_id', one.project_id, 'version', one.version, 'updated_at', one.updated_at),
                  to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
                );
                ordinal := ordinal + 1;
              END LOOP;
            END;
            END IF;
            IF made.parent_id IS NOT NULL AND (was ?| '{parent_id,completed_at}' OR was ? 'repeat' AND made.repeat IS NULL) THEN
              IF NOT counter.nested THEN
                counter.nested := true;
                UPDATE todo.counters c SET nested = true WHERE c.user_id = uid;
              END IF;
              UPDATE todo.tasks t SET is_parent = true WHERE t.user_id = uid AND t.id = made.parent_id AND t.is_parent IS NOT TRUE;
              IF made.completed_at IS NULL THEN
                ordinal := todo.task_open_above(uid, made.parent_id, counter, moment, ordinal);
              END IF;
            END IF;
            IF made.project_id IS NOT NULL THEN
              result := jsonb_set(result, '{thing,archived}', 'false');
            END IF;
          ELSE
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
          END IF;
        END;
      WHEN 'task.restore' THEN
        <<work>>
        DECLARE
          old todo.tasks;
          made todo.tasks;
          was jsonb;
          above record;
          together uuid[] := '{}';
        BEGIN
          SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
          IF NOT FOUND THEN
            verdict := 'absent';
            EXIT work;
          END IF;
          IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
            verdict := 'changed';
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            EXIT work;
          END IF;
          IF old.trashed_at IS NOT NULL THEN
            was := jsonb_build_object('trashed_at', old.trashed_at);
            made := old;
            made.trashed_at := NULL;
            IF counter.nested THEN
              together := ARRAY(
                    WITH RECURSIVE below AS (
                      SELECT t.id FROM unnest(ARRAY[old.id]) b(id), LATERAL (
                        SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at = old.trashed_at
                        ORDER BY t.parent_id OFFSET 0
                      ) t
                      UNION
                      SELECT t.id FROM below b, LATERAL (
                        SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at = old.trashed_at
                        ORDER BY t.parent_id OFFSET 0
                      ) t
                    )
                    SELECT b.id FROM below b
                  );
              IF ordinal + 1 + cardinality(together) > 10000 THEN
                verdict := 'many';
                EXIT work;
              ELSIF 1 + cardinality(together) > (op ->> 'most')::integer THEN
                verdict := 'long';
                EXIT work;
              END IF;
            END IF;
            IF old.parent_id IS NOT NULL THEN
              SELECT t.project_id, t.trashed_at IS NULL AS there INTO above FROM todo.tasks t
                WHERE t.user_id = uid AND t.id = old.parent_id;
              -- What stays behind in the trash, or is too deep by now, has it no more.
              IF NOT FOUND OR NOT above.there
                OR todo.task_depth(uid, old.parent_id) + todo.task_height(uid, old.id, old.trashed_at) > 8 THEN
                was := was || jsonb_build_object('parent_id', old.parent_id, 'position', old.position);
                made.parent_id := NULL;
                made.position := NULL;
              ELSIF above.project_id IS DISTINCT FROM old.project_id THEN
                was := was || jsonb_build_object('project_id', old.project_id);
                made.project_id := above.project_id;
              END IF;
            END IF;
            IF made.project_id IS NOT NULL THEN
              verdict := todo.project_obstacle(uid, made.project_id);
              -- What was in a project that is gone comes back into the Inbox.
              IF verdict = 'reference' THEN
                verdict := NULL;
                was := was || jsonb_build_object('project_id', old.project_id, 'position', old.position);
                made.project_id := NULL;
                made.position := NULL;
              END IF;
              IF verdict IS NOT NULL THEN
                result := jsonb_build_object('path', jsonb_build_array('projectId'));
                EXIT work;
              END IF;
            END IF;
            made.version := old.version + 1;
            made.updated_at := moment;
            UPDATE todo.tasks t SET trashed_at = made.trashed_at, parent_id = made.parent_id, project_id = made.project_id, position = made.position, updated_at = made.updated_at, version = made.version, seq = counter.seq
              WHERE t.user_id = uid AND t.id = old.id;
            result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
              VALUES (uid, counter.seq, ordinal, 'task', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
            ordinal := ordinal + 1;
            IF made.project_id IS DISTINCT FROM old.project_id THEN
              IF together <> '{}' THEN
                DECLARE
                one todo.tasks;
                changed todo.tasks;
              BEGIN
                FOR one IN
                  SELECT t.* FROM unnest(together) u(id), LATERAL (
                    SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
                  ) t
                  ORDER BY t.number
                LOOP
                  UPDATE todo.tasks t SET trashed_at = NULL, project_id = made.project_id, updated_at = moment, version = t.version + 1, seq = counter.seq
                    WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
                  INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                    uid, counter.seq, ordinal, 'task', one.id,
                    jsonb_build_object('trashed_at', one.trashed_at, 'project_id', one.project_id, 'version', one.version, 'updated_at', one.updated_at),
                    to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
                  );
                  ordinal := ordinal + 1;
                END LOOP;
              END;
              END IF;
            ELSE
              IF together <> '{}' THEN
                DECLARE
                one todo.tasks;
                changed todo.tasks;
              BEGIN
                FOR one IN
                  SELECT t.* FROM unnest(together) u(id), LATERAL (
                    SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
                  ) t
                  ORDER BY t.number
                LOOP
                  UPDATE todo.tasks t SET trashed_at = NULL, updated_at = moment, version = t.version + 1, seq = counter.seq
                    WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
                  INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                    uid, counter.seq, ordinal, 'task', one.id,
                    jsonb_build_object('trashed_at', one.trashed_at, 'version', one.version, 'updated_at', one.updated_at),
                    to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
                  );
                  ordinal := ordinal + 1;
                END LOOP;
              END;
              END IF;
            END IF;
            IF made.parent_id IS NOT NULL AND made.completed_at IS NULL THEN
              ordinal := todo.task_open_above(uid, made.parent_id, counter, moment, ordinal);
            END IF;
          ELSE
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
          END IF;
        END;
      WHEN 'task.tag' THEN
        <<work>>
        DECLARE
          old todo.tasks;
          made todo.tasks;
          was jsonb := '{}';
        BEGIN
          SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
          IF NOT FOUND OR old.trashed_at IS NOT NULL THEN
            verdict := 'absent';
            EXIT work;
          END IF;
          IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
            verdict := 'changed';
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            EXIT work;
          END IF;
          made := old;
          IF op ? 'add' THEN
            made.tags := todo.spelled_tags(uid, op -> 'add') || coalesce(old.tags, '{}');
          ELSE
            made.tags := nullif(old.tags - (op ->> 'remove'), '{}');
          END IF;
          IF made.tags IS NOT DISTINCT FROM old.tags THEN
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            EXIT work;
          END IF;
          IF made.project_id IS NOT NULL THEN
            verdict := todo.project_obstacle(uid, made.project_id);
            IF verdict IS NOT NULL THEN
              result := jsonb_build_object('path', jsonb_build_array('projectId'));
              EXIT work;
            END IF;
          END IF;
          IF verdict IS NULL AND op ? 'add' THEN
            verdict := CASE
              WHEN (SELECT count(*) FROM jsonb_object_keys(made.tags)) > 50 THEN 'tags_of_task'
              WHEN todo.tags_exceed(uid, op -> 'add') THEN 'tags'
            END;
          END IF;
          IF verdict IS NOT NULL THEN
            EXIT work;
          END IF;
          PERFORM todo.use_tags(uid, op -> 'add', moment);
          was := jsonb_build_object('tags', old.tags);
            made.version := old.version + 1;
            made.updated_at := moment;
            UPDATE todo.tasks t SET tags = made.tags, updated_at = made.updated_at, version = made.version, seq = counter.seq
              WHERE t.user_id = uid AND t.id = old.id;
            result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
              VALUES (uid, counter.seq, ordinal, 'task', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
            ordinal := ordinal + 1;
        END;
      WHEN 'task.untag' THEN
        <<work>>
        DECLARE
          old todo.tasks;
          made todo.tasks;
          was jsonb := '{}';
        BEGIN
          SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
          IF NOT FOUND OR old.trashed_at IS NOT NULL THEN
            verdict := 'absent';
            EXIT work;
          END IF;
          IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
            verdict := 'changed';
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            EXIT work;
          END IF;
          made := old;
          IF op ? 'add' THEN
            made.tags := todo.spelled_tags(uid, op -> 'add') || coalesce(old.tags, '{}');
          ELSE
            made.tags := nullif(old.tags - (op ->> 'remove'), '{}');
          END IF;
          IF made.tags IS NOT DISTINCT FROM old.tags THEN
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            EXIT work;
          END IF;
          IF made.project_id IS NOT NULL THEN
            verdict := todo.project_obstacle(uid, made.project_id);
            IF verdict IS NOT NULL THEN
              result := jsonb_build_object('path', jsonb_build_array('projectId'));
              EXIT work;
            END IF;
          END IF;
          IF verdict IS NULL AND op ? 'add' THEN
            verdict := CASE
              WHEN (SELECT count(*) FROM jsonb_object_keys(made.tags)) > 50 THEN 'tags_of_task'
              WHEN todo.tags_exceed(uid, op -> 'add') THEN 'tags'
            END;
          END IF;
          IF verdict IS NOT NULL THEN
            EXIT work;
          END IF;
          PERFORM todo.use_tags(uid, op -> 'add', moment);
          was := jsonb_build_object('tags', old.tags);
            made.version := old.version + 1;
            made.updated_at := moment;
            UPDATE todo.tasks t SET tags = made.tags, updated_at = made.updated_at, version = made.version, seq = counter.seq
              WHERE t.user_id = uid AND t.id = old.id;
            result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
              VALUES (uid, counter.seq, ordinal, 'task', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
            ordinal := ordinal + 1;
        END;
      WHEN 'task.move' THEN
        <<work>>
        DECLARE
          body jsonb := op -> 'body';
          ids uuid[] := todo.uuids(body -> 'ids');
          side text := CASE WHEN body ? 'before' THEN 'before' WHEN body ? 'after' THEN 'after' ELSE coalesce(body ->> 'at', 'last') END;
          anchor todo.tasks;
          old todo.tasks;
          made todo.tasks;
          target todo.tasks;
          was jsonb;
          places record;
          previous uuid;
          stays boolean;
          place integer := 0;
          moved jsonb := '[]';
          inside uuid[] := '{}';
        BEGIN
          -- Who stands where: what is named has to be there.
          IF body ? 'before' OR body ? 'after' THEN
            SELECT * INTO anchor FROM todo.tasks t WHERE t.user_id = uid AND t.id = (body ->> side)::uuid;
            IF NOT FOUND OR anchor.trashed_at IS NOT NULL OR anchor.id = ANY (ids) THEN
              verdict := 'reference';
              result := jsonb_build_object('path', jsonb_build_array(side));
              EXIT work;
            END IF;
          END IF;
          place := (SELECT m.place - 1 FROM unnest(ids) WITH ORDINALITY m(id, place)
            WHERE (SELECT t.trashed_at IS NULL FROM todo.tasks t WHERE t.user_id = uid AND t.id = m.id) IS NOT TRUE
            ORDER BY m.place LIMIT 1);
          IF place IS NOT NULL THEN
            verdict := 'reference';
            result := jsonb_build_object('path', jsonb_build_array('ids', place));
            EXIT work;
          END IF;
          SELECT * INTO target FROM todo.tasks t WHERE t.user_id = uid AND t.id = ids[1];
          IF anchor.id IS NOT NULL THEN
            target.parent_id := anchor.parent_id;
            target.project_id := anchor.project_id;
          ELSIF body ->> 'parentId' IS NOT NULL THEN
            target.parent_id := (body ->> 'parentId')::uuid;
            target.project_id := (SELECT t.project_id FROM todo.tasks t WHERE t.user_id = uid AND t.id = target.parent_id);
            IF body ? 'projectId' AND (body ->> 'projectId')::uuid IS DISTINCT FROM target.project_id THEN
              verdict := 'reference';
              result := '{"path": ["parentId"]}';
              EXIT work;
            END IF;
          ELSIF body ? 'projectId' THEN
            target.parent_id := NULL;
            target.project_id := (body ->> 'projectId')::uuid;
          ELSIF body ? 'parentId' THEN
            target.parent_id := NULL;
          END IF;
          FOR old IN SELECT t.* FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
                SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
              ) t WHERE t.parent_id IS DISTINCT FROM target.parent_id ORDER BY m.place
          LOOP
            SELECT l.verdict, l.more INTO verdict, result
              FROM todo.task_links(uid, old.id, target.parent_id, old.blocked_by, old.parent_id, old.blocked_by) l;
            IF verdict IS NOT NULL THEN
              EXIT work;
            END IF;
          END LOOP;
          -- Whether all stand there already, one behind the other.
          stays := NOT EXISTS (SELECT FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
            SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
          ) t WHERE t.parent_id IS DISTINCT FROM target.parent_id OR t.project_id IS DISTINCT FROM target.project_id);
          IF stays THEN
            previous := CASE side
              WHEN 'after' THEN anchor.id
              WHEN 'before' THEN todo.task_before(uid, anchor)
              WHEN 'last' THEN todo.task_last(uid, (CASE WHEN target.parent_id IS NOT NULL THEN target.parent_id WHEN target.project_id IS NOT NULL THEN target.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END))
            END;
            IF side IN ('before', 'last') THEN
              stays := (previous = ids[cardinality(ids)]) IS TRUE;
              SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = ids[1];
              previous := todo.task_before(uid, old);
            END IF;
            FOR old IN SELECT t.* FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
            SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
          ) t WHERE stays ORDER BY m.place
            LOOP
              stays := stays AND todo.task_before(uid, old) IS NOT DISTINCT FROM previous;
              previous := old.id;
            END LOOP;
          END IF;
          IF stays THEN
            result := (SELECT jsonb_build_object('items', jsonb_agg(jsonb_build_object('id', t.id, 'number', t.number, 'project_id', t.project_id, 'parent_id', t.parent_id, 'position', t.position, 'version', t.version) ORDER BY m.place),
              'thing', (jsonb_agg(to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] ORDER BY m.place)) -> 0) FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
            SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
          ) t);
            EXIT work;
          END IF;
          made := target;
          IF made.project_id IS NOT NULL THEN
            verdict := todo.project_obstacle(uid, made.project_id);
            IF verdict IS NOT NULL THEN
              result := jsonb_build_object('path', jsonb_build_array('projectId'));
              EXIT work;
            END IF;
          END IF;
          IF counter.nested AND EXISTS (SELECT FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
                SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
              ) t WHERE t.project_id IS DISTINCT FROM target.project_id) THEN
            inside := ARRAY(SELECT b.id FROM unnest(ARRAY(
                  WITH RECURSIVE below AS (
                    SELECT t.id FROM unnest(ids) b(id), LATERAL (
                      SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL
                      ORDER BY t.parent_id OFFSET 0
                    ) t
                    UNION
                    SELECT t.id FROM below b, LATERAL (
                      SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL
                      ORDER BY t.parent_id OFFSET 0
                    ) t
                  )
                  SELECT b.id FROM below b
                )) b(id) JOIN todo.tasks t ON t.user_id = uid AND t.id = b.id
              WHERE b.id <> ALL (ids) AND t.project_id IS DISTINCT FROM target.project_id);
          END IF;
          IF ordinal + cardinality(ids || inside) > 10000 THEN
            verdict := 'many';
            EXIT work;
          ELSIF cardinality(ids || inside) > (op ->> 'most')::integer THEN
            verdict := 'long';
            EXIT work;
          END IF;
          SELECT * INTO places FROM todo.task_keys(uid, ids, (CASE WHEN target.parent_id IS NOT NULL THEN target.parent_id WHEN target.project_id IS NOT NULL THEN target.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END), side, anchor.id, counter, ordinal);
          ordinal := places.ordinal;
          -- What stood before each of them is of the time before all.
          moved := (SELECT jsonb_agg(jsonb_build_array(m.id, todo.task_before(uid, t)) ORDER BY m.place) FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
            SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
          ) t);
          FOR place IN 1 .. cardinality(ids) LOOP
            SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = ids[place];
            made := old;
            made.position := places.keys[place];
            was := jsonb_build_object('position', old.position, 'behind', moved -> (place - 1) -> 1);
            made.parent_id := target.parent_id;
            IF made.parent_id IS DISTINCT FROM old.parent_id THEN
              was := was || jsonb_build_object('parent_id', old.parent_id);
            END IF;
            made.project_id := target.project_id;
            IF made.project_id IS DISTINCT FROM old.project_id THEN
              was := was || jsonb_build_object('project_id', old.project_id);
            END IF;
            made.version := old.version + 1;
            made.updated_at := moment;
            UPDATE todo.tasks t SET position = made.position, parent_id = made.parent_id, project_id = made.project_id, updated_at = made.updated_at, version = made.version, seq = counter.seq
              WHERE t.user_id = uid AND t.id = old.id;
            result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
              VALUES (uid, counter.seq, ordinal, 'task', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
            ordinal := ordinal + 1;
            moved := jsonb_set(moved, ARRAY[(place - 1)::text], jsonb_build_object('id', made.id, 'number', made.number, 'project_id', made.project_id, 'parent_id', made.parent_id, 'position', made.position, 'version', made.version));
            IF made.parent_id IS NOT NULL THEN
              IF NOT counter.nested THEN
                counter.nested := true;
                UPDATE todo.counters c SET nested = true WHERE c.user_id = uid;
              END IF;
              UPDATE todo.tasks t SET is_parent = true WHERE t.user_id = uid AND t.id = made.parent_id AND t.is_parent IS NOT TRUE;
            END IF;
            IF made.completed_at IS NULL AND made.parent_id IS DISTINCT FROM old.parent_id THEN
              ordinal := todo.task_open_above(uid, made.parent_id, counter, moment, ordinal);
            END IF;
          END LOOP;
          IF inside <> '{}' THEN
            DECLARE
              one todo.tasks;
              changed todo.tasks;
            BEGIN
              FOR one IN
                SELECT t.* FROM unnest(inside) u(id), LATERAL (
                  SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
                ) t
                ORDER BY t.number
              LOOP
                UPDATE todo.tasks t SET project_id = target.project_id, updated_at = moment, version = t.version + 1, seq = counter.seq
                  WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
                INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                  uid, counter.seq, ordinal, 'task', one.id,
                  jsonb_build_object('project_id', one.project_id, 'version', one.version, 'updated_at', one.updated_at),
                  to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
                );
                ordinal := ordinal + 1;
              END LOOP;
            END;
          END IF;
          result := jsonb_build_object('items', moved, 'thing', (
            SELECT to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] FROM todo.tasks t WHERE t.user_id = uid AND t.id = ids[1]
          ));
        END;
      WHEN 'project.create' THEN
        counter.projects := counter.projects + 1;
        <<work>>
        DECLARE
          body jsonb := op -> 'body';
          made todo.projects;
          places record;
        BEGIN
          -- Whoever makes a thing may choose its id, and so may find it made.
          IF op ? 'creation' THEN
            SELECT * INTO made FROM todo.projects t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
            IF made.creation = decode(op ->> 'creation', 'hex') THEN
              result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            ELSIF made.id IS NOT NULL OR EXISTS (
              SELECT FROM todo.changes c WHERE c.user_id = uid AND c.noun = 'project' AND c.id = (op ->> 'id')::uuid
            ) THEN
              verdict := 'taken';
            END IF;
          END IF;
          IF result IS NULL AND verdict IS NULL AND counter.projects > 1000 THEN
            verdict := 'limit';
          END IF;
          IF result IS NOT NULL OR verdict IS NOT NULL THEN
            EXIT work;
          END IF;
          verdict := coalesce(
            CASE WHEN body ->> 'parentId' IS NOT NULL THEN todo.project_obstacle(uid, (body ->> 'parentId')::uuid) END,
            todo.project_misfit(uid, (op ->> 'id')::uuid, (body ->> 'parentId')::uuid, body ->> 'nameKey')
          );
          IF verdict IS NOT NULL THEN
            result := jsonb_build_object('path', jsonb_build_array('parentId'));
            EXIT work;
          END IF;
          made.parent_id := (body ->> 'parentId')::uuid;
          SELECT * INTO places FROM todo.project_keys(
            uid, ARRAY[(op ->> 'id')::uuid], coalesce(made.parent_id, '00000000-0000-0000-0000-000000000000'::uuid), 'last', NULL, counter, ordinal
          );
          ordinal := places.ordinal;
          body := body || jsonb_build_object('position', places.keys[1]);
          INSERT INTO todo.projects (user_id, id, name, description, parent_id, position, color, name_key, archived_at, created_at, updated_at, version, seq, creation)
            VALUES (uid, (op ->> 'id')::uuid, body ->> 'name', body ->> 'description', (body ->> 'parentId')::uuid, body ->> 'position', body ->> 'color', body ->> 'nameKey', (op ->> 'setAt')::timestamptz(3), coalesce((op ->> 'createdAt')::timestamptz(3), moment), moment, 1, counter.seq, decode(op ->> 'creation', 'hex'))
            RETURNING * INTO made;
          result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
            VALUES (uid, counter.seq, ordinal, 'project', made.id, NULL, result -> 'thing');
          ordinal := ordinal + 1;
        END;
        IF ordinal = before THEN
          counter.projects := counter.projects - 1;
        END IF;
      WHEN 'project.update' THEN
        <<work>>
        DECLARE
          body jsonb := op -> 'body';
          old todo.projects;
          made todo.projects;
          was jsonb := '{}';
          places record;
        BEGIN
          SELECT * INTO old FROM todo.projects t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
          IF NOT FOUND THEN
            verdict := 'absent';
            EXIT work;
          END IF;
          IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
            verdict := 'changed';
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            EXIT work;
          END IF;
          made := old;
          IF body ?| '{name,description,parentId,color}' THEN
            IF body ? 'name' THEN
              made.name := body ->> 'name';
              IF made.name IS DISTINCT FROM old.name THEN
                was := was || jsonb_build_object('name', old.name);
              END IF;
            END IF;
            IF body ? 'description' THEN
              made.description := body ->> 'description';
              IF made.description IS DISTINCT FROM old.description THEN
                was := was || jsonb_build_object('description', old.description);
              END IF;
            END IF;
            IF body ? 'parentId' THEN
              made.parent_id := (body ->> 'parentId')::uuid;
              IF made.parent_id IS DISTINCT FROM old.parent_id THEN
                was := was || jsonb_build_object('parent_id', old.parent_id);
              END IF;
            END IF;
            IF body ? 'color' THEN
              made.color := body ->> 'color';
              IF made.color IS DISTINCT FROM old.color THEN
                was := was || jsonb_build_object('color', old.color);
              END IF;
            END IF;
          END IF;
          IF body ? 'archived' THEN
            made.archived_at := CASE WHEN (body ->> 'archived')::boolean THEN
              coalesce(old.archived_at, (op ->> 'setAt')::timestamptz(3), moment) END;
            IF made.archived_at IS DISTINCT FROM old.archived_at THEN
              was := was || jsonb_build_object('archived_at', old.archived_at);
            END IF;
          END IF;
          IF body ? 'nameKey' THEN
            made.name_key := body ->> 'nameKey';
            IF made.name_key IS DISTINCT FROM old.name_key THEN
              was := was || jsonb_build_object('name_key', old.name_key);
            END IF;
          END IF;
          IF was <> '{}' THEN
            IF was ? 'parent_id' OR was ? 'name_key' THEN
              verdict := coalesce(
                CASE WHEN was ? 'parent_id' AND made.parent_id IS NOT NULL THEN todo.project_obstacle(uid, made.parent_id) END,
                todo.project_misfit(uid, old.id, made.parent_id, made.name_key)
              );
              IF verdict IS NOT NULL THEN
                result := jsonb_build_object('path', jsonb_build_array('parentId'));
                EXIT work;
              END IF;
            END IF;
            IF was ? 'parent_id' THEN
              was := was || jsonb_build_object('position', old.position, 'behind', todo.project_behind(uid, old, counter.seq, ordinal));
              SELECT * INTO places FROM todo.project_keys(uid, ARRAY[old.id], coalesce(made.parent_id, '00000000-0000-0000-0000-000000000000'::uuid), 'last', NULL, counter, ordinal);
              ordinal := places.ordinal;
              made.position := places.keys[1];
            END IF;
            made.version := old.version + 1;
            made.updated_at := moment;
            IF was - '{archived_at}'::text[] = '{}' THEN
              UPDATE todo.projects t SET archived_at = made.archived_at, updated_at = made.updated_at, version = made.version, seq = counter.seq
                WHERE t.user_id = uid AND t.id = old.id;
            ELSE
              UPDATE todo.projects t SET name = made.name, description = made.description, parent_id = made.parent_id, color = made.color, archived_at = made.archived_at, name_key = made.name_key, position = made.position, updated_at = made.updated_at, version = made.version, seq = counter.seq
                WHERE t.user_id = uid AND t.id = old.id;
            END IF;
            result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
              VALUES (uid, counter.seq, ordinal, 'project', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
            ordinal := ordinal + 1;
          ELSE
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
          END IF;
        END;
      WHEN 'project.remove' THEN
        <<work>>
        DECLARE
          old todo.projects;
          target uuid := (op ->> 'to')::uuid;
          below uuid[];
          held integer;
          heads uuid[];
          places record;
          keys jsonb := '{}';
        BEGIN
          SELECT * INTO old FROM todo.projects t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
          IF NOT FOUND THEN
            verdict := 'absent';
            EXIT work;
          END IF;
          IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
            verdict := 'changed';
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            EXIT work;
          END IF;
          below := ARRAY(SELECT b.id FROM todo.projects_below(uid, old.id) b WHERE b.depth > 0 ORDER BY b.depth, b.id);
          held := (
            SELECT count(*) FROM todo.tasks t WHERE t.user_id = uid AND t.project_id = ANY (below || old.id) AND t.trashed_at IS NULL
          );
          IF op ->> 'contents' IS NULL THEN
            IF held > 0 OR cardinality(below) > 0 THEN
              verdict := 'not_empty';
              result := jsonb_build_object('tasks', held, 'projects', cardinality(below));
            END IF;
          ELSIF ordinal + held + cardinality(below) + 1 > 10000 THEN
            verdict := 'limit';
          ELSIF held + cardinality(below) + 1 > (op ->> 'most')::integer THEN
            verdict := 'long';
          ELSIF op ->> 'contents' = 'move' AND target IS NOT NULL THEN
            verdict := CASE WHEN target = ANY (below || old.id) THEN 'cycle' ELSE todo.project_obstacle(uid, target) END;
          END IF;
          IF verdict IS NULL AND op ->> 'contents' = 'move' THEN
            verdict := (
              SELECT x.misfit FROM (
                SELECT todo.project_misfit(uid, p.id, target, p.name_key) AS misfit
                  FROM todo.projects p WHERE p.user_id = uid AND p.parent_id = old.id
              ) x WHERE x.misfit IS NOT NULL LIMIT 1
            );
          END IF;
          IF verdict IS NOT NULL THEN
            result := coalesce(result, '{}') || '{"path": ["to"]}';
            EXIT work;
          END IF;
          IF op ->> 'contents' = 'trash' THEN
          DECLARE
            one todo.tasks;
            changed todo.tasks;
          BEGIN
            FOR one IN
              SELECT t.* FROM todo.tasks t WHERE t.user_id = uid AND t.trashed_at IS NULL AND t.project_id = ANY (below || old.id) ORDER BY t.number
            LOOP
              UPDATE todo.tasks t SET trashed_at = moment, updated_at = moment, version = t.version + 1, seq = counter.seq
                WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
              INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                uid, counter.seq, ordinal, 'task', one.id,
                jsonb_build_object('trashed_at', one.trashed_at, 'version', one.version, 'updated_at', one.updated_at),
                to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
              );
              ordinal := ordinal + 1;
            END LOOP;
          END;
            WITH gone AS (
              DELETE FROM todo.projects p WHERE p.user_id = uid AND p.id = ANY (below)
                RETURNING p.id, array_position(below, p.id) AS place, to_jsonb(p) AS was
            )
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was)
              SELECT uid, counter.seq, ordinal + cardinality(below) - g.place, 'project', g.id, g.was FROM gone g;
            ordinal := ordinal + cardinality(below);
            UPDATE todo.counters c SET projects = c.projects - cardinality(below) WHERE c.user_id = uid;
          ELSIF op ->> 'contents' = 'move' THEN
            -- What is below another keeps its place; the others stand behind what there is, in their order.
            heads := ARRAY(
              SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = old.id AND t.number > 0 AND t.trashed_at IS NULL
                ORDER BY (coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C"), t.id
            );
            IF heads <> '{}' THEN
              SELECT * INTO places FROM todo.task_keys(
                uid, heads, coalesce(target, '00000000-0000-0000-0000-000000000000'::uuid), 'last', NULL, counter, ordinal
              );
              ordinal := places.ordinal;
              keys := jsonb_object(heads::text[], places.keys);
            END IF;
          DECLARE
            one todo.tasks;
            changed todo.tasks;
          BEGIN
            FOR one IN
              SELECT t.* FROM todo.tasks t WHERE t.user_id = uid AND t.trashed_at IS NULL AND t.project_id = old.id ORDER BY t.number
            LOOP
              UPDATE todo.tasks t SET project_id = target, position = coalesce(keys ->> t.id::text, t.position), updated_at = moment, version = t.version + 1, seq = counter.seq
                WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
              INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                uid, counter.seq, ordinal, 'task', one.id,
                jsonb_build_object('project_id', one.project_id, 'position', one.position, 'version', one.version, 'updated_at', one.updated_at),
                to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
              );
              ordinal := ordinal + 1;
            END LOOP;
          END;
            -- So do the projects below it.
            heads := ARRAY(
              SELECT t.id FROM todo.projects t WHERE t.user_id = uid AND t.parent_id = old.id ORDER BY (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C"), t.id
            );
            IF heads <> '{}' THEN
              SELECT * INTO places FROM todo.project_keys(
                uid, heads, coalesce(target, '00000000-0000-0000-0000-000000000000'::uuid), 'last', NULL, counter, ordinal
              );
              ordinal := places.ordinal;
              keys := jsonb_object(heads::text[], places.keys);
              DECLARE
                one todo.projects;
                changed todo.projects;
              BEGIN
                FOR one IN
                  SELECT t.* FROM unnest(heads) u(id), LATERAL (
                    SELECT * FROM todo.projects x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
                  ) t
                LOOP
                  UPDATE todo.projects t SET parent_id = target, position = keys ->> t.id::text, updated_at = moment, version = t.version + 1, seq = counter.seq
                    WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
                  INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                    uid, counter.seq, ordinal, 'project', one.id,
                    jsonb_build_object('parent_id', one.parent_id, 'position', one.position, 'version', one.version, 'updated_at', one.updated_at),
                    to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
                  );
                  ordinal := ordinal + 1;
                END LOOP;
              END;
            END IF;
          END IF;
          DELETE FROM todo.projects t WHERE t.user_id = uid AND t.id = old.id;
          UPDATE todo.counters c SET projects = c.projects - 1 WHERE c.user_id = uid;
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
            VALUES (uid, counter.seq, ordinal, 'project', old.id, to_jsonb(old), NULL);
          ordinal := ordinal + 1;
          result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
        END;
        counter.projects := counter.projects - taken.projects;
        taken.projects := (SELECT c.projects FROM todo.counters c WHERE c.user_id = uid);
        counter.projects := counter.projects + taken.projects;
      WHEN 'project.move' THEN
        <<work>>
        DECLARE
          body jsonb := op -> 'body';
          ids uuid[] := todo.uuids(body -> 'ids');
          side text := CASE WHEN body ? 'before' THEN 'before' WHEN body ? 'after' THEN 'after' ELSE coalesce(body ->> 'at', 'last') END;
          anchor todo.projects;
          old todo.projects;
          made todo.projects;
          target todo.projects;
          was jsonb;
          places record;
          previous uuid;
          stays boolean;
          place integer := 0;
          moved jsonb := '[]';
        BEGIN
          -- Who stands where: what is named has to be there.
          IF body ? 'before' OR body ? 'after' THEN
            SELECT * INTO anchor FROM todo.projects t WHERE t.user_id = uid AND t.id = (body ->> side)::uuid;
            IF NOT FOUND OR anchor.id = ANY (ids) THEN
              verdict := 'reference';
              result := jsonb_build_object('path', jsonb_build_array(side));
              EXIT work;
            END IF;
          END IF;
          place := (SELECT m.place - 1 FROM unnest(ids) WITH ORDINALITY m(id, place)
            WHERE (SELECT true FROM todo.projects t WHERE t.user_id = uid AND t.id = m.id) IS NOT TRUE
            ORDER BY m.place LIMIT 1);
          IF place IS NOT NULL THEN
            verdict := 'reference';
            result := jsonb_build_object('path', jsonb_build_array('ids', place));
            EXIT work;
          END IF;
          SELECT * INTO target FROM todo.projects t WHERE t.user_id = uid AND t.id = ids[1];
          IF anchor.id IS NOT NULL THEN
            target.parent_id := anchor.parent_id;
          ELSIF body ? 'parentId' THEN
            target.parent_id := (body ->> 'parentId')::uuid;
          END IF;
          FOR old IN SELECT t.* FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
                SELECT * FROM todo.projects x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
              ) t WHERE t.parent_id IS DISTINCT FROM target.parent_id ORDER BY m.place
          LOOP
            verdict := coalesce(
              CASE WHEN target.parent_id IS NOT NULL THEN todo.project_obstacle(uid, target.parent_id) END,
              todo.project_misfit(uid, old.id, target.parent_id, old.name_key),
              CASE WHEN EXISTS (
                SELECT FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
                SELECT * FROM todo.projects x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
              ) t WHERE t.id <> old.id AND t.name_key = old.name_key
              ) THEN 'name' END
            );
            IF verdict IS NOT NULL THEN
              result := jsonb_build_object('path', jsonb_build_array(CASE WHEN anchor.id IS NULL THEN 'parentId' ELSE side END));
              EXIT work;
            END IF;
          END LOOP;
          -- Whether all stand there already, one behind the other.
          stays := NOT EXISTS (SELECT FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
            SELECT * FROM todo.projects x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
          ) t WHERE t.parent_id IS DISTINCT FROM target.parent_id);
          IF stays THEN
            previous := CASE side
              WHEN 'after' THEN anchor.id
              WHEN 'before' THEN todo.project_before(uid, anchor)
              WHEN 'last' THEN todo.project_last(uid, coalesce(target.parent_id, '00000000-0000-0000-0000-000000000000'::uuid))
            END;
            IF side IN ('before', 'last') THEN
              stays := (previous = ids[cardinality(ids)]) IS TRUE;
              SELECT * INTO old FROM todo.projects t WHERE t.user_id = uid AND t.id = ids[1];
              previous := todo.project_before(uid, old);
            END IF;
            FOR old IN SELECT t.* FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
            SELECT * FROM todo.projects x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
          ) t WHERE stays ORDER BY m.place
            LOOP
              stays := stays AND todo.project_before(uid, old) IS NOT DISTINCT FROM previous;
              previous := old.id;
            END LOOP;
          END IF;
          IF stays THEN
            result := (SELECT jsonb_build_object('items', jsonb_agg(jsonb_build_object('id', t.id, 'parent_id', t.parent_id, 'position', t.position, 'version', t.version) ORDER BY m.place),
              'thing', (jsonb_agg(to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] ORDER BY m.place)) -> 0) FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
            SELECT * FROM todo.projects x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
          ) t);
            EXIT work;
          END IF;
          made := target;
          IF ordinal + cardinality(ids) > 10000 THEN
            verdict := 'many';
            EXIT work;
          ELSIF cardinality(ids) > (op ->> 'most')::integer THEN
            verdict := 'long';
            EXIT work;
          END IF;
          SELECT * INTO places FROM todo.project_keys(uid, ids, coalesce(target.parent_id, '00000000-0000-0000-0000-000000000000'::uuid), side, anchor.id, counter, ordinal);
          ordinal := places.ordinal;
          -- What stood before each of them is of the time before all.
          moved := (SELECT jsonb_agg(jsonb_build_array(m.id, todo.project_before(uid, t)) ORDER BY m.place) FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
            SELECT * FROM todo.projects x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
          ) t);
          FOR place IN 1 .. cardinality(ids) LOOP
            SELECT * INTO old FROM todo.projects t WHERE t.user_id = uid AND t.id = ids[place];
            made := old;
            made.position := places.keys[place];
            was := jsonb_build_object('position', old.position, 'behind', moved -> (place - 1) -> 1);
            made.parent_id := target.parent_id;
            IF made.parent_id IS DISTINCT FROM old.parent_id THEN
              was := was || jsonb_build_object('parent_id', old.parent_id);
            END IF;
            made.version := old.version + 1;
            made.updated_at := moment;
            UPDATE todo.projects t SET position = made.position, parent_id = made.parent_id, updated_at = made.updated_at, version = made.version, seq = counter.seq
              WHERE t.user_id = uid AND t.id = old.id;
            result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
              VALUES (uid, counter.seq, ordinal, 'project', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
            ordinal := ordinal + 1;
            moved := jsonb_set(moved, ARRAY[(place - 1)::text], jsonb_build_object('id', made.id, 'parent_id', made.parent_id, 'position', made.position, 'version', made.version));
          END LOOP;
          result := jsonb_build_object('items', moved, 'thing', (
            SELECT to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] FROM todo.projects t WHERE t.user_id = uid AND t.id = ids[1]
          ));
        END;
      WHEN 'tag.update' THEN
        <<work>>
        DECLARE
          body jsonb := op -> 'body';
          old todo.tags;
          made todo.tags;
          other todo.tags;
          was jsonb := '{}';
          first integer := ordinal;
          held integer := 0;
        BEGIN
          SELECT * INTO old FROM todo.tags t WHERE t.user_id = uid AND t.name_key = (op ->> 'nameKey') COLLATE "C";
          IF NOT FOUND THEN
            verdict := 'absent';
            EXIT work;
          END IF;
          IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
            verdict := 'changed';
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            EXIT work;
          END IF;
          made := old;
          IF body ? 'color' THEN
            made.color := body ->> 'color';
            IF made.color IS DISTINCT FROM old.color THEN
              was := was || jsonb_build_object('color', old.color);
            END IF;
          END IF;
          IF body ? 'name' AND (body ->> 'name') <> old.name THEN
            made.name := body ->> 'name';
            made.name_key := body ->> 'nameKey';
            was := was || jsonb_build_object('name', old.name, 'name_key', old.name_key);
            SELECT * INTO other FROM todo.tags t WHERE t.user_id = uid AND t.name_key = made.name_key AND t.id <> old.id;
            IF other.id IS NOT NULL AND op -> 'merge' IS DISTINCT FROM 'true' THEN
              verdict := 'name';
              EXIT work;
            END IF;
          held := (SELECT count(*) FROM todo.task_tags x WHERE x.user_id = uid AND x.name_key = old.name_key);
          verdict := CASE WHEN ordinal + held + 1 > 10000 THEN 'limit' WHEN held + 1 > (op ->> 'most')::integer THEN 'long' END;
          IF verdict IS NOT NULL THEN
            EXIT work;
          END IF;
          END IF;
          IF was = '{}' THEN
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            EXIT work;
          END IF;
          ordinal := first + held;
          IF other.id IS NOT NULL THEN
            DELETE FROM todo.tags t WHERE t.user_id = uid AND t.id = old.id;
          UPDATE todo.counters c SET tags = c.tags - 1 WHERE c.user_id = uid;
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
            VALUES (uid, counter.seq, ordinal, 'tag', old.id, to_jsonb(old), NULL);
          ordinal := ordinal + 1;
            DECLARE
              one todo.tasks;
              changed todo.tasks;
            BEGIN
              FOR one IN
                SELECT * FROM (
                  SELECT l.* FROM todo.task_tags x, LATERAL (
                    SELECT * FROM todo.tasks y WHERE y.user_id = uid AND y.number >= x.number AND y.number <= x.number AND y.trashed_at IS NULL
                      ORDER BY y.number OFFSET 0
                  ) l WHERE x.user_id = uid AND x.name_key = old.name_key
                  UNION ALL
                  SELECT d.* FROM todo.tasks d WHERE d.user_id = uid AND d.trashed_at IS NOT NULL
                ) t WHERE t.tags ? old.name_key ORDER BY t.number
              LOOP
                UPDATE todo.tasks t SET tags = (t.tags - old.name_key) || jsonb_build_object(other.name_key, other.name), updated_at = moment, version = t.version + 1, seq = counter.seq
                  WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
                INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                  uid, counter.seq, first, 'task', one.id,
                  jsonb_build_object('tags', one.tags, 'version', one.version, 'updated_at', one.updated_at),
                  to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
                );
                first := first + 1;
              END LOOP;
            END;
            result := jsonb_build_object('thing', to_jsonb(other) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
          ELSE
            made.version := old.version + 1;
            made.updated_at := moment;
            UPDATE todo.tags t SET name = made.name, name_key = made.name_key, color = made.color, updated_at = made.updated_at, version = made.version, seq = counter.seq
              WHERE t.user_id = uid AND t.id = old.id;
            result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
              VALUES (uid, counter.seq, ordinal, 'tag', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
            ordinal := ordinal + 1;
            IF was ? 'name' THEN
              DECLARE
                one todo.tasks;
                changed todo.tasks;
              BEGIN
                FOR one IN
                  SELECT * FROM (
                    SELECT l.* FROM todo.task_tags x, LATERAL (
                      SELECT * FROM todo.tasks y WHERE y.user_id = uid AND y.number >= x.number AND y.number <= x.number AND y.trashed_at IS NULL
                        ORDER BY y.number OFFSET 0
                    ) l WHERE x.user_id = uid AND x.name_key = old.name_key
                    UNION ALL
                    SELECT d.* FROM todo.tasks d WHERE d.user_id = uid AND d.trashed_at IS NOT NULL
                  ) t WHERE t.tags ? old.name_key ORDER BY t.number
                LOOP
                  UPDATE todo.tasks t SET tags = (t.tags - old.name_key) || jsonb_build_object(made.name_key, made.name), updated_at = moment, version = t.version + 1, seq = counter.seq
                    WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
                  INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                    uid, counter.seq, first, 'task', one.id,
                    jsonb_build_object('tags', one.tags, 'version', one.version, 'updated_at', one.updated_at),
                    to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
                  );
                  first := first + 1;
                END LOOP;
              END;
            END IF;
          END IF;
        END;
        counter.tags := counter.tags - taken.tags;
        taken.tags := (SELECT c.tags FROM todo.counters c WHERE c.user_id = uid);
        counter.tags := counter.tags + taken.tags;
      WHEN 'tag.remove' THEN
        <<work>>
        DECLARE
          old todo.tags;
          first integer := ordinal;
          held integer;
        BEGIN
          SELECT * INTO old FROM todo.tags t WHERE t.user_id = uid AND t.name_key = (op ->> 'nameKey') COLLATE "C";
          IF NOT FOUND THEN
            verdict := 'absent';
            EXIT work;
          END IF;
          IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
            verdict := 'changed';
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            EXIT work;
          END IF;
          held := (SELECT count(*) FROM todo.task_tags x WHERE x.user_id = uid AND x.name_key = old.name_key);
          verdict := CASE WHEN ordinal + held + 1 > 10000 THEN 'limit' WHEN held + 1 > (op ->> 'most')::integer THEN 'long' END;
          IF verdict IS NOT NULL THEN
            EXIT work;
          END IF;
          ordinal := first + held;
          DELETE FROM todo.tags t WHERE t.user_id = uid AND t.id = old.id;
          UPDATE todo.counters c SET tags = c.tags - 1 WHERE c.user_id = uid;
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
            VALUES (uid, counter.seq, ordinal, 'tag', old.id, to_jsonb(old), NULL);
          ordinal := ordinal + 1;

          DECLARE
            one todo.tasks;
            changed todo.tasks;
          BEGIN
            FOR one IN
              SELECT * FROM (
                SELECT l.* FROM todo.task_tags x, LATERAL (
                  SELECT * FROM todo.tasks y WHERE y.user_id = uid AND y.number >= x.number AND y.number <= x.number AND y.trashed_at IS NULL
                    ORDER BY y.number OFFSET 0
                ) l WHERE x.user_id = uid AND x.name_key = old.name_key
                UNION ALL
                SELECT d.* FROM todo.tasks d WHERE d.user_id = uid AND d.trashed_at IS NOT NULL
              ) t WHERE t.tags ? old.name_key ORDER BY t.number
            LOOP
              UPDATE todo.tasks t SET tags = nullif(t.tags - old.name_key, '{}'), updated_at = moment, version = t.version + 1, seq = counter.seq
                WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
              INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                uid, counter.seq, first, 'task', one.id,
                jsonb_build_object('tags', one.tags, 'version', one.version, 'updated_at', one.updated_at),
                to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
              );
              first := first + 1;
            END LOOP;
          END;
          result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
        END;
        counter.tags := counter.tags - taken.tags;
        taken.tags := (SELECT c.tags FROM todo.counters c WHERE c.user_id = uid);
        counter.tags := counter.tags + taken.tags;
      WHEN 'comment.create' THEN
        counter.comments := counter.comments + 1;
        <<work>>
        DECLARE
          body jsonb := op -> 'body';
          made todo.comments;
        BEGIN
          -- Whoever makes a thing may choose its id, and so may find it made.
          IF op ? 'creation' THEN
            SELECT * INTO made FROM todo.comments t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
            IF made.creation = decode(op ->> 'creation', 'hex') THEN
              result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            ELSIF made.id IS NOT NULL OR EXISTS (
              SELECT FROM todo.changes c WHERE c.user_id = uid AND c.noun = 'comment' AND c.id = (op ->> 'id')::uuid
            ) THEN
              verdict := 'taken';
            END IF;
          END IF;
          IF result IS NULL AND verdict IS NULL AND counter.comments > 1000000 THEN
            verdict := 'limit';
          END IF;
          IF result IS NOT NULL OR verdict IS NOT NULL THEN
            EXIT work;
          END IF;
          IF NOT EXISTS (SELECT FROM todo.tasks x WHERE x.user_id = uid AND x.id = (body ->> 'taskId')::uuid AND x.trashed_at IS NULL) THEN
            verdict := 'task';
            EXIT work;
          END IF;
          IF (SELECT count(*) FROM todo.comments x WHERE x.user_id = uid AND x.task_id = (body ->> 'taskId')::uuid) >= 1000 THEN
            verdict := 'comments_of_task';
            EXIT work;
          END IF;
          INSERT INTO todo.comments (user_id, id, task_id, text, text_folded, created_at, updated_at, version, seq, creation)
            VALUES (uid, (op ->> 'id')::uuid, (body ->> 'taskId')::uuid, body ->> 'text', CASE WHEN octet_length((body ->> 'text')) = char_length((body ->> 'text')) THEN lower((body ->> 'text') COLLATE "C") ELSE todo.folded((body ->> 'text')) END, coalesce((op ->> 'createdAt')::timestamptz(3), moment), moment, 1, counter.seq, decode(op ->> 'creation', 'hex'))
            RETURNING * INTO made;
          result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
            VALUES (uid, counter.seq, ordinal, 'comment', made.id, NULL, result -> 'thing');
          ordinal := ordinal + 1;
        END;
        IF ordinal = before THEN
          counter.comments := counter.comments - 1;
        END IF;
      WHEN 'comment.update' THEN
        <<work>>
        DECLARE
          body jsonb := op -> 'body';
          old todo.comments;
          made todo.comments;
          was jsonb := '{}';
        BEGIN
          SELECT * INTO old FROM todo.comments t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
          IF NOT FOUND THEN
            verdict := 'absent';
            EXIT work;
          END IF;
          IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
            verdict := 'changed';
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            EXIT work;
          END IF;
          IF NOT EXISTS (SELECT FROM todo.tasks x WHERE x.user_id = uid AND x.id = old.task_id AND x.trashed_at IS NULL) THEN
            verdict := 'absent';
            EXIT work;
          END IF;
          made := old;
          IF body ? 'text' THEN
            made.text := body ->> 'text';
            IF made.text IS DISTINCT FROM old.text THEN
              was := was || jsonb_build_object('text', old.text);
            END IF;
          END IF;
          IF was <> '{}' THEN
            made.version := old.version + 1;
            made.updated_at := moment;
            UPDATE todo.comments t SET text = made.text, updated_at = made.updated_at, version = made.version, seq = counter.seq
              WHERE t.user_id = uid AND t.id = old.id;
            result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
              VALUES (uid, counter.seq, ordinal, 'comment', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
            ordinal := ordinal + 1;
          ELSE
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
          END IF;
        END;
      WHEN 'comment.remove' THEN
        <<work>>
        DECLARE
          old todo.comments;
        BEGIN
          SELECT * INTO old FROM todo.comments t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
          IF NOT FOUND THEN
            verdict := 'absent';
            EXIT work;
          END IF;
          IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
            verdict := 'changed';
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            EXIT work;
          END IF;
          DELETE FROM todo.comments t WHERE t.user_id = uid AND t.id = old.id;
          UPDATE todo.counters c SET comments = c.comments - 1 WHERE c.user_id = uid;
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
            VALUES (uid, counter.seq, ordinal, 'comment', old.id, to_jsonb(old), NULL);
          ordinal := ordinal + 1;
          result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
        END;
        counter.comments := counter.comments - taken.comments;
        taken.comments := (SELECT c.comments FROM todo.counters c WHERE c.user_id = uid);
        counter.comments := counter.comments + taken.comments;
      WHEN 'view.create' THEN
        counter.views := counter.views + 1;
        <<work>>
        DECLARE
          body jsonb := op -> 'body';
          made todo.views;
          places record;
        BEGIN
          -- Whoever makes a thing may choose its id, and so may find it made.
          IF op ? 'creation' THEN
            SELECT * INTO made FROM todo.views t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
            IF made.creation = decode(op ->> 'creation', 'hex') THEN
              result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            ELSIF made.id IS NOT NULL OR EXISTS (
              SELECT FROM todo.changes c WHERE c.user_id = uid AND c.noun = 'view' AND c.id = (op ->> 'id')::uuid
            ) THEN
              verdict := 'taken';
            END IF;
          END IF;
          IF result IS NULL AND verdict IS NULL AND counter.views > 500 THEN
            verdict := 'limit';
          END IF;
          IF result IS NOT NULL OR verdict IS NOT NULL THEN
            EXIT work;
          END IF;
          IF EXISTS (SELECT FROM todo.views x WHERE x.user_id = uid AND x.name_key = (body ->> 'nameKey') COLLATE "C" AND x.id <> (op ->> 'id')::uuid) THEN
            verdict := 'name';
            EXIT work;
          END IF;
          SELECT * INTO places FROM todo.view_keys(
            uid, ARRAY[(op ->> 'id')::uuid], '00000000-0000-0000-0000-000000000000'::uuid, 'last', NULL, counter, ordinal
          );
          ordinal := places.ordinal;
          body := body || jsonb_build_object('position', places.keys[1]);
          INSERT INTO todo.views (user_id, id, name, filter, sort, position, name_key, created_at, updated_at, version, seq, creation)
            VALUES (uid, (op ->> 'id')::uuid, body ->> 'name', body ->> 'filter', body ->> 'sort', body ->> 'position', body ->> 'nameKey', coalesce((op ->> 'createdAt')::timestamptz(3), moment), moment, 1, counter.seq, decode(op ->> 'creation', 'hex'))
            RETURNING * INTO made;
          result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
            VALUES (uid, counter.seq, ordinal, 'view', made.id, NULL, result -> 'thing');
          ordinal := ordinal + 1;
        END;
        IF ordinal = before THEN
          counter.views := counter.views - 1;
        END IF;
      WHEN 'view.update' THEN
        <<work>>
        DECLARE
          body jsonb := op -> 'body';
          old todo.views;
          made todo.views;
          was jsonb := '{}';
        BEGIN
          SELECT * INTO old FROM todo.views t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
          IF NOT FOUND THEN
            verdict := 'absent';
            EXIT work;
          END IF;
          IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
            verdict := 'changed';
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            EXIT work;
          END IF;
          made := old;
          IF body ? 'name' THEN
            made.name := body ->> 'name';
            IF made.name IS DISTINCT FROM old.name THEN
              was := was || jsonb_build_object('name', old.name);
            END IF;
          END IF;
          IF body ? 'filter' THEN
            made.filter := body ->> 'filter';
            IF made.filter IS DISTINCT FROM old.filter THEN
              was := was || jsonb_build_object('filter', old.filter);
            END IF;
          END IF;
          IF body ? 'sort' THEN
            made.sort := body ->> 'sort';
            IF made.sort IS DISTINCT FROM old.sort THEN
              was := was || jsonb_build_object('sort', old.sort);
            END IF;
          END IF;
          IF body ? 'nameKey' THEN
            made.name_key := body ->> 'nameKey';
            IF made.name_key IS DISTINCT FROM old.name_key THEN
              was := was || jsonb_build_object('name_key', old.name_key);
            END IF;
          END IF;
          IF was <> '{}' THEN
            IF was ? 'name_key' AND EXISTS (SELECT FROM todo.views x WHERE x.user_id = uid AND x.name_key = made.name_key COLLATE "C" AND x.id <> old.id) THEN
              verdict := 'name';
              EXIT work;
            END IF;
            made.version := old.version + 1;
            made.updated_at := moment;
            UPDATE todo.views t SET name = made.name, filter = made.filter, sort = made.sort, name_key = made.name_key, updated_at = made.updated_at, version = made.version, seq = counter.seq
              WHERE t.user_id = uid AND t.id = old.id;
            result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
              VALUES (uid, counter.seq, ordinal, 'view', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
            ordinal := ordinal + 1;
          ELSE
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
          END IF;
        END;
      WHEN 'view.remove' THEN
        <<work>>
        DECLARE
          old todo.views;
        BEGIN
          SELECT * INTO old FROM todo.views t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
          IF NOT FOUND THEN
            verdict := 'absent';
            EXIT work;
          END IF;
          IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
            verdict := 'changed';
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            EXIT work;
          END IF;
          DELETE FROM todo.views t WHERE t.user_id = uid AND t.id = old.id;
          UPDATE todo.counters c SET views = c.views - 1 WHERE c.user_id = uid;
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
            VALUES (uid, counter.seq, ordinal, 'view', old.id, to_jsonb(old), NULL);
          ordinal := ordinal + 1;
          result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
        END;
        counter.views := counter.views - taken.views;
        taken.views := (SELECT c.views FROM todo.counters c WHERE c.user_id = uid);
        counter.views := counter.views + taken.views;
      WHEN 'view.move' THEN
        <<work>>
        DECLARE
          body jsonb := op -> 'body';
          ids uuid[] := todo.uuids(body -> 'ids');
          side text := CASE WHEN body ? 'before' THEN 'before' WHEN body ? 'after' THEN 'after' ELSE coalesce(body ->> 'at', 'last') END;
          anchor todo.views;
          old todo.views;
          made todo.views;
          target todo.views;
          was jsonb;
          places record;
          previous uuid;
          stays boolean;
          place integer := 0;
          moved jsonb := '[]';
        BEGIN
          -- Who stands where: what is named has to be there.
          IF body ? 'before' OR body ? 'after' THEN
            SELECT * INTO anchor FROM todo.views t WHERE t.user_id = uid AND t.id = (body ->> side)::uuid;
            IF NOT FOUND OR anchor.id = ANY (ids) THEN
              verdict := 'reference';
              result := jsonb_build_object('path', jsonb_build_array(side));
              EXIT work;
            END IF;
          END IF;
          place := (SELECT m.place - 1 FROM unnest(ids) WITH ORDINALITY m(id, place)
            WHERE (SELECT true FROM todo.views t WHERE t.user_id = uid AND t.id = m.id) IS NOT TRUE
            ORDER BY m.place LIMIT 1);
          IF place IS NOT NULL THEN
            verdict := 'reference';
            result := jsonb_build_object('path', jsonb_build_array('ids', place));
            EXIT work;
          END IF;
          SELECT * INTO target FROM todo.views t WHERE t.user_id = uid AND t.id = ids[1];
          IF anchor.id IS NOT NULL THEN
            NULL;
          END IF;
          -- Whether all stand there already, one behind the other.
          stays := true;
          IF stays THEN
            previous := CASE side
              WHEN 'after' THEN anchor.id
              WHEN 'before' THEN todo.view_before(uid, anchor)
              WHEN 'last' THEN todo.view_last(uid, '00000000-0000-0000-0000-000000000000'::uuid)
            END;
            IF side IN ('before', 'last') THEN
              stays := (previous = ids[cardinality(ids)]) IS TRUE;
              SELECT * INTO old FROM todo.views t WHERE t.user_id = uid AND t.id = ids[1];
              previous := todo.view_before(uid, old);
            END IF;
            FOR old IN SELECT t.* FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
            SELECT * FROM todo.views x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
          ) t WHERE stays ORDER BY m.place
            LOOP
              stays := stays AND todo.view_before(uid, old) IS NOT DISTINCT FROM previous;
              previous := old.id;
            END LOOP;
          END IF;
          IF stays THEN
            result := (SELECT jsonb_build_object('items', jsonb_agg(jsonb_build_object('id', t.id, 'position', t.position, 'version', t.version) ORDER BY m.place),
              'thing', (jsonb_agg(to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] ORDER BY m.place)) -> 0) FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
            SELECT * FROM todo.views x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
          ) t);
            EXIT work;
          END IF;
          made := target;
          IF ordinal + cardinality(ids) > 10000 THEN
            verdict := 'many';
            EXIT work;
          ELSIF cardinality(ids) > (op ->> 'most')::integer THEN
            verdict := 'long';
            EXIT work;
          END IF;
          SELECT * INTO places FROM todo.view_keys(uid, ids, '00000000-0000-0000-0000-000000000000'::uuid, side, anchor.id, counter, ordinal);
          ordinal := places.ordinal;
          -- What stood before each of them is of the time before all.
          moved := (SELECT jsonb_agg(jsonb_build_array(m.id, todo.view_before(uid, t)) ORDER BY m.place) FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
            SELECT * FROM todo.views x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
          ) t);
          FOR place IN 1 .. cardinality(ids) LOOP
            SELECT * INTO old FROM todo.views t WHERE t.user_id = uid AND t.id = ids[place];
            made := old;
            made.position := places.keys[place];
            was := jsonb_build_object('position', old.position, 'behind', moved -> (place - 1) -> 1);
            made.version := old.version + 1;
            made.updated_at := moment;
            UPDATE todo.views t SET position = made.position, updated_at = made.updated_at, version = made.version, seq = counter.seq
              WHERE t.user_id = uid AND t.id = old.id;
            result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
              VALUES (uid, counter.seq, ordinal, 'view', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
            ordinal := ordinal + 1;
            moved := jsonb_set(moved, ARRAY[(place - 1)::text], jsonb_build_object('id', made.id, 'position', made.position, 'version', made.version));
          END LOOP;
          result := jsonb_build_object('items', moved, 'thing', (
            SELECT to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] FROM todo.views t WHERE t.user_id = uid AND t.id = ids[1]
          ));
        END;
      END CASE;
      IF verdict IS NOT NULL THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'TD001';
      END IF;
      results[place] := jsonb_build_array(
        result -> 'thing' -> 'id', result -> 'thing' -> 'number', result -> 'thing' -> 'version', ordinal > before
      );
      place := place + 1;
    END LOOP;
    IF counter.last_number <> taken.last_number OR counter.tasks <> taken.tasks OR counter.projects <> taken.projects OR counter.comments <> taken.comments OR counter.views <> taken.views THEN
      UPDATE todo.counters c SET last_number = c.last_number + counter.last_number - taken.last_number, tasks = c.tasks + counter.tasks - taken.tasks, projects = c.projects + counter.projects - taken.projects, comments = c.comments + counter.comments - taken.comments, views = c.views + counter.views - taken.views WHERE c.user_id = uid;
    END IF;
    result := jsonb_build_object('results', to_jsonb(results));
  EXCEPTION WHEN SQLSTATE 'TD001' THEN
    result := coalesce(result, '{}') || jsonb_build_object('index', place);
  END;
  IF result #> '{thing,due}' <> 'null' OR result #> '{thing,start}' <> 'null' THEN
    result := jsonb_set(result, '{thing,place}', coalesce(
      CASE WHEN counter.user_id IS NULL THEN todo.set_place(uid) ELSE counter.place END, 'null'
    ));
  END IF;
  IF counter.nested IS NOT FALSE OR result #> '{thing,blocked_by}' <> 'null' THEN
    IF result #> '{thing,id}' IS NOT NULL THEN
      result := result || jsonb_build_object('thing',
        result -> 'thing' || coalesce(todo.task_derived(uid, (result #>> '{thing,id}')::uuid), '{}'));
    END IF;
  END IF;
  IF result #> '{thing,project_id}' <> 'null' AND NOT result -> 'thing' ? 'archived' THEN
    result := jsonb_set(result, '{thing,archived}', to_jsonb(
      todo.project_obstacle(uid, (result #>> '{thing,project_id}')::uuid) IS NOT DISTINCT FROM 'archived'
    ));
  END IF;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, 'batch', moment, sid, me.is_token, me.name, NULL);
    IF random() * 1024 < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, jsonb_build_object('results', result -> 'results') || jsonb_strip_nulls(jsonb_build_object('operation', result -> 'operation')));
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.comment_create(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
BEGIN
  me := todo.enter(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      IF verdict = 'replayed' THEN
      result := result || jsonb_build_object('thing', coalesce(
        (SELECT c.now FROM todo.operations o JOIN todo.changes c
          ON c.user_id = uid AND c.seq = o.seq AND c.noun = 'comment' AND c.id = (result ->> 'id')::uuid
          WHERE o.user_id = uid AND o.id = (result ->> 'operation')::uuid ORDER BY c.ordinal DESC LIMIT 1),
        (SELECT to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] FROM todo.comments t WHERE t.user_id = uid AND t.id = (result ->> 'id')::uuid)
      ));
      END IF;
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3)), comments = c.comments + 1
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
  <<work>>
  DECLARE
    body jsonb := op -> 'body';
    made todo.comments;
  BEGIN
    -- Whoever makes a thing may choose its id, and so may find it made.
    IF op ? 'creation' THEN
      SELECT * INTO made FROM todo.comments t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
      IF made.creation = decode(op ->> 'creation', 'hex') THEN
        result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      ELSIF made.id IS NOT NULL OR EXISTS (
        SELECT FROM todo.changes c WHERE c.user_id = uid AND c.noun = 'comment' AND c.id = (op ->> 'id')::uuid
      ) THEN
        verdict := 'taken';
      END IF;
    END IF;
    IF result IS NULL AND verdict IS NULL AND counter.comments > 1000000 THEN
      verdict := 'limit';
    END IF;
    IF result IS NOT NULL OR verdict IS NOT NULL THEN
      EXIT work;
    END IF;
    IF NOT EXISTS (SELECT FROM todo.tasks x WHERE x.user_id = uid AND x.id = (body ->> 'taskId')::uuid AND x.trashed_at IS NULL) THEN
      verdict := 'task';
      EXIT work;
    END IF;
    IF (SELECT count(*) FROM todo.comments x WHERE x.user_id = uid AND x.task_id = (body ->> 'taskId')::uuid) >= 1000 THEN
      verdict := 'comments_of_task';
      EXIT work;
    END IF;
    INSERT INTO todo.comments (user_id, id, task_id, text, text_folded, created_at, updated_at, version, seq, creation)
      VALUES (uid, (op ->> 'id')::uuid, (body ->> 'taskId')::uuid, body ->> 'text', CASE WHEN octet_length((body ->> 'text')) = char_length((body ->> 'text')) THEN lower((body ->> 'text') COLLATE "C") ELSE todo.folded((body ->> 'text')) END, coalesce((op ->> 'createdAt')::timestamptz(3), moment), moment, 1, counter.seq, decode(op ->> 'creation', 'hex'))
      RETURNING * INTO made;
    result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
    INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
      VALUES (uid, counter.seq, ordinal, 'comment', made.id, NULL, result -> 'thing');
    ordinal := ordinal + 1;
  END;
  IF ordinal = 0 THEN
    UPDATE todo.counters c SET comments = c.comments - 1 WHERE c.user_id = uid;
  END IF;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, 'comment.create', moment, sid, me.is_token, me.name, NULL);
    IF random() * 1024 < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, jsonb_strip_nulls(jsonb_build_object('operation', result -> 'operation', 'id', result -> 'thing' -> 'id')));
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.comment_remove(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
BEGIN
  me := todo.enter(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3))
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
  <<work>>
  DECLARE
    old todo.comments;
  BEGIN
    SELECT * INTO old FROM todo.comments t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
    IF NOT FOUND THEN
      verdict := 'absent';
      EXIT work;
    END IF;
    IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
      verdict := 'changed';
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      EXIT work;
    END IF;
    DELETE FROM todo.comments t WHERE t.user_id = uid AND t.id = old.id;
    UPDATE todo.counters c SET comments = c.comments - 1 WHERE c.user_id = uid;
    INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
      VALUES (uid, counter.seq, ordinal, 'comment', old.id, to_jsonb(old), NULL);
    ordinal := ordinal + 1;
    result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
  END;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, 'comment.remove', moment, sid, me.is_token, me.name, NULL);
    IF random() * 1024 < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, jsonb_strip_nulls(jsonb_build_object('operation', result -> 'operation', 'id', result -> 'thing' -> 'id')));
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.comment_undo(uid uuid, undone bigint, first integer, last integer, counter todo.counters, moment timestamp with time zone, place integer, excluded jsonb, OUT done integer, OUT taken integer, OUT obstacles jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
DECLARE
  u record;
  hindrances jsonb[] := '{}';
BEGIN
  done := 0;
  taken := 0;
  FOR u IN
    WITH seen AS (
      SELECT c.ordinal, c.id, c.was, c.now, t.old, CASE
          WHEN excluded ? c.id::text THEN excluded ->> c.id::text
          -- It took the thing away; where nothing is left of it, the thing was deleted for good.
          WHEN c.now IS NULL THEN CASE WHEN c.was IS NULL THEN 'gone' WHEN t.id IS NOT NULL THEN 'taken' END
          WHEN t.id IS NULL THEN 'gone'
          WHEN (c.was IS NULL OR c.was ? 'task_id') AND t.task_id IS DISTINCT FROM left_then.task_id
            OR (c.was IS NULL OR c.was ? 'created_at') AND t.created_at IS DISTINCT FROM left_then.created_at THEN 'changed'
        END AS reason
        FROM todo.changes c LEFT JOIN LATERAL (
          SELECT x AS old, x.* FROM todo.comments x WHERE x.user_id = uid AND x.id = c.id OFFSET 0
        ) t ON true,
          jsonb_populate_record(NULL::todo.comments, c.now) left_then
        WHERE c.user_id = uid AND c.seq = undone AND c.ordinal BETWEEN last AND first
          AND (c.was IS NULL OR c.now IS NULL OR c.was ? 'version')
    ), judged AS (
      SELECT s.*, row_number() OVER (PARTITION BY s.reason IS NULL ORDER BY s.ordinal DESC)::integer AS nth FROM seen s
    )
    SELECT j.id, made, j.was IS NULL AS takes, j.now IS NULL AS inserts,
        coalesce(j.reason, CASE WHEN j.now IS NULL AND counter.comments + j.nth > 1000000 THEN 'limit' END,
          CASE WHEN j.was IS NOT NULL THEN CASE WHEN NOT EXISTS (SELECT FROM todo.tasks x WHERE x.user_id = uid AND x.id = made.task_id) THEN 'gone'
            WHEN j.now IS NULL AND (SELECT count(*) FROM todo.comments x WHERE x.user_id = uid AND x.task_id = made.task_id) >= 1000 THEN 'limit' END ELSE NULL END) AS reason,
        CASE WHEN j.was IS NULL THEN to_jsonb(j.old) WHEN j.now IS NOT NULL THEN
          (SELECT jsonb_object_agg(m.member, o.thing -> m.member) FROM jsonb_object_keys(j.was) m(member), to_jsonb(j.old) o(thing))
        END AS was
      FROM judged j, jsonb_populate_record(j.old, j.was || jsonb_build_object(
        'version', coalesce((j.old).version, (j.was ->> 'version')::integer) + 1, 'updated_at', moment, 'seq', counter.seq
      )) made
      ORDER BY j.ordinal DESC
  LOOP
    IF u.reason IS NOT NULL THEN
      hindrances := hindrances || jsonb_build_object('noun', 'comment', 'id', u.id, 'reason', u.reason);
      CONTINUE;
    END IF;
    DECLARE
      made todo.comments := u.made;
    BEGIN
      IF u.takes THEN
        DELETE FROM todo.comments t WHERE t.user_id = uid AND t.id = u.id;
        taken := taken + 1;
      ELSIF u.inserts THEN
        INSERT INTO todo.comments SELECT made.*;
        taken := taken - 1;
      ELSE
        UPDATE todo.comments t SET task_id = made.task_id, text = made.text, created_at = made.created_at, updated_at = made.updated_at, version = made.version, seq = counter.seq
          WHERE t.user_id = uid AND t.id = u.id;
      END IF;
      INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
        VALUES (uid, counter.seq, place + done, 'comment', u.id, u.was, CASE WHEN NOT u.takes THEN to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] END);
      done := done + 1;
    END;
  END LOOP;
  obstacles := to_jsonb(hindrances);
END $function$;

CREATE OR REPLACE FUNCTION todo.comment_update(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
BEGIN
  me := todo.enter(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      IF verdict = 'replayed' THEN
      result := result || jsonb_build_object('thing', coalesce(
        (SELECT c.now FROM todo.operations o JOIN todo.changes c
          ON c.user_id = uid AND c.seq = o.seq AND c.noun = 'comment' AND c.id = (result ->> 'id')::uuid
          WHERE o.user_id = uid AND o.id = (result ->> 'operation')::uuid ORDER BY c.ordinal DESC LIMIT 1),
        (SELECT to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] FROM todo.comments t WHERE t.user_id = uid AND t.id = (result ->> 'id')::uuid)
      ));
      END IF;
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3))
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
  <<work>>
  DECLARE
    body jsonb := op -> 'body';
    old todo.comments;
    made todo.comments;
    was jsonb := '{}';
  BEGIN
    SELECT * INTO old FROM todo.comments t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
    IF NOT FOUND THEN
      verdict := 'absent';
      EXIT work;
    END IF;
    IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
      verdict := 'changed';
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      EXIT work;
    END IF;
    IF NOT EXISTS (SELECT FROM todo.tasks x WHERE x.user_id = uid AND x.id = old.task_id AND x.trashed_at IS NULL) THEN
      verdict := 'absent';
      EXIT work;
    END IF;
    made := old;
    IF body ? 'text' THEN
      made.text := body ->> 'text';
      IF made.text IS DISTINCT FROM old.text THEN
        was := was || jsonb_build_object('text', old.text);
      END IF;
    END IF;
    IF was <> '{}' THEN
      made.version := old.version + 1;
      made.updated_at := moment;
      UPDATE todo.comments t SET text = made.text, updated_at = made.updated_at, version = made.version, seq = counter.seq
        WHERE t.user_id = uid AND t.id = old.id;
      result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
        VALUES (uid, counter.seq, ordinal, 'comment', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
      ordinal := ordinal + 1;
    ELSE
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
    END IF;
  END;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, 'comment.update', moment, sid, me.is_token, me.name, NULL);
    IF random() * 1024 < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, jsonb_strip_nulls(jsonb_build_object('operation', result -> 'operation', 'id', result -> 'thing' -> 'id')));
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.count_tags(uid uuid)
 RETURNS integer
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
    BEGIN
      RETURN (SELECT c.tags FROM todo.counters c WHERE c.user_id = uid);
    END $function$;

CREATE OR REPLACE FUNCTION todo.enter(sid uuid, uid uuid, OUT is_token boolean, OUT name text)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
    BEGIN
      PERFORM set_config('app.user_id', uid::text, true);
      SELECT false, s."userAgent" INTO is_token, name FROM auth."session" s
        WHERE s."id" = sid AND s."userId" = uid AND s."expiresAt" > clock_timestamp();
      IF NOT FOUND THEN
        SELECT true, t.name INTO is_token, name FROM todo.script_tokens t
          WHERE t.user_id = uid AND t.id = sid AND t.expires_at > clock_timestamp();
        IF NOT FOUND THEN
          RAISE EXCEPTION 'no live session' USING ERRCODE = '28000';
        END IF;
      END IF;
    END $function$;

CREATE OR REPLACE FUNCTION todo.fixed_times(uid uuid, after uuid, most integer)
 RETURNS TABLE(id uuid, start jsonb, due jsonb, start_key text, due_key text)
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    BEGIN
      PERFORM set_config('app.user_id', uid::text, true);
      RETURN QUERY SELECT t.id, t.start, t.due, t.start_key, t.due_key FROM todo.tasks t
        WHERE t.user_id = uid AND t.id > after AND (t.start_key >= 'z' OR t.due_key >= 'z')
        ORDER BY t.id LIMIT most;
    END $function$;

CREATE OR REPLACE FUNCTION todo.fold_comments()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    BEGIN
      NEW.text_folded := CASE WHEN octet_length(NEW.text) = char_length(NEW.text) THEN lower(NEW.text COLLATE "C") ELSE todo.folded(NEW.text) END;
      RETURN NEW;
    END $function$;

CREATE OR REPLACE FUNCTION todo.fold_tasks()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    BEGIN
      NEW.title_folded := CASE WHEN octet_length(NEW.title) = char_length(NEW.title) THEN lower(NEW.title COLLATE "C") ELSE todo.folded(NEW.title) END;
      NEW.description_folded := CASE WHEN octet_length(NEW.description) = char_length(NEW.description) THEN lower(NEW.description COLLATE "C") ELSE todo.folded(NEW.description) END;
      RETURN NEW;
    END $function$;

CREATE OR REPLACE FUNCTION todo.folded(full_text text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
 SET search_path TO ''
AS $function$
  DECLARE
    folded text := full_text;
  BEGIN
    IF octet_length(full_text) = char_length(full_text) THEN
      RETURN lower(full_text COLLATE "C");
    END IF;
    folded := lower(normalize(folded, NFKD));
    IF lower('Я') = 'Я' THEN
      folded := translate(folded, 'ÆÐØÞĐĦŁŊŒŦƁƂƄƆƇƉƊƋƎƏƐƑƓƔƖƗƘƜƝƟƢƤƦƧƩƬƮƱƲƳƵƷƸƼǤǶǷȜȠȢȤȺȻȽȾɁɃɄɅɆɈɊɌɎͰͲͶͿΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩϏϘϚϜϞϠϢϤϦϨϪϬϮϷϺϽϾϿЂЄЅІЈЉЊЋЏАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯѠѢѤѦѨѪѬѮѰѲѴѸѺѼѾҀҊҌҎҐҒҔҖҘҚҜҞҠҢҤҦҨҪҬҮҰҲҴҶҸҺҼҾӀӃӅӇӉӋӍӔӘӠӨӶӺӼӾԀԂԄԆԈԊԌԎԐԒԔԖԘԚԜԞԠԢԤԦԨԪԬԮԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔՕՖ', 'æðøþđħłŋœŧɓƃƅɔƈɖɗƌǝəɛƒɠɣɩɨƙɯɲɵƣƥʀƨʃƭʈʊʋƴƶʒƹƽǥƕƿȝƞȣȥⱥȼƚⱦɂƀʉʌɇɉɋɍɏͱͳͷϳαβγδεζηθικλμνξοπρστυφχψωϗϙϛϝϟϡϣϥϧϩϫϭϯϸϻͻͼͽђєѕіјљњћџабвгдежзиклмнопрстуфхцчшщъыьэюяѡѣѥѧѩѫѭѯѱѳѵѹѻѽѿҁҋҍҏґғҕҗҙқҝҟҡңҥҧҩҫҭүұҳҵҷҹһҽҿӏӄӆӈӊӌӎӕәӡөӷӻӽӿԁԃԅԇԉԋԍԏԑԓԕԗԙԛԝԟԡԣԥԧԩԫԭԯաբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ');
    END IF;
    folded := normalize(regexp_replace(folded, '[\u0300-\u036F]+', '', 'g'), NFC);
    folded := translate(folded, 'øłđðıς', 'olddiσ');
    folded := replace(folded, 'ß', 'ss');
    folded := replace(folded, 'æ', 'ae');
    folded := replace(folded, 'œ', 'oe');
    folded := replace(folded, 'þ', 'th');
    RETURN folded;
  END $function$;

CREATE OR REPLACE FUNCTION todo.forget_account()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
    DECLARE
      asking text := current_setting('app.user_id', true);
    BEGIN
      PERFORM set_config('app.user_id', OLD.user_id::text, true);
      DELETE FROM todo.agenda a WHERE a.user_id = OLD.user_id;
      INSERT INTO todo.agenda (user_id, kind, at) VALUES (OLD.user_id, 'account', clock_timestamp());
      PERFORM todo.forget_user(OLD.user_id, 2000);
      PERFORM set_config('app.user_id', asking, true);
      RETURN NULL;
    END $function$;

CREATE OR REPLACE FUNCTION todo.forget_comments()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    DECLARE
      many integer;
    BEGIN
      -- As a range, in its order: where there were few when the plan was made, it would go through all of the user's.
      IF NOT EXISTS (
        SELECT FROM todo.comments x WHERE x.user_id = OLD.user_id AND x.task_id >= OLD.id AND x.task_id <= OLD.id
          ORDER BY x.task_id, x.created_at, x.id LIMIT 1
      ) THEN
        RETURN NULL;
      END IF;
      UPDATE todo.changes c SET was = NULL, now = NULL
        WHERE c.user_id = OLD.user_id AND c.noun = 'comment' AND c.id IN (
          SELECT x.id FROM todo.comments x WHERE x.user_id = OLD.user_id AND x.task_id = OLD.id
        );
      DELETE FROM todo.comments x WHERE x.user_id = OLD.user_id AND x.task_id = OLD.id;
      GET DIAGNOSTICS many = ROW_COUNT;
      UPDATE todo.counters c SET comments = c.comments - many WHERE c.user_id = OLD.user_id;
      RETURN NULL;
    END $function$;

CREATE OR REPLACE FUNCTION todo.forget_user(uid uuid, most integer)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    DECLARE
      many integer;
    BEGIN
      PERFORM set_config('app.user_id', uid::text, true);
      PERFORM FROM todo.agenda a WHERE a.user_id = uid AND a.kind = 'account' FOR UPDATE SKIP LOCKED;
      IF NOT FOUND THEN
        RETURN false;
      END IF;
      DELETE FROM todo.tasks t
        WHERE t.user_id = uid AND t.ctid = ANY (ARRAY(SELECT x.ctid FROM todo.tasks x WHERE x.user_id = uid LIMIT most));
      GET DIAGNOSTICS many = ROW_COUNT;
      IF many = most THEN
        RETURN true;
      END IF;
      DELETE FROM todo.completions t
        WHERE t.user_id = uid AND t.ctid = ANY (ARRAY(SELECT x.ctid FROM todo.completions x WHERE x.user_id = uid LIMIT most));
      GET DIAGNOSTICS many = ROW_COUNT;
      IF many = most THEN
        RETURN true;
      END IF;
      DELETE FROM todo.projects t
        WHERE t.user_id = uid AND t.ctid = ANY (ARRAY(SELECT x.ctid FROM todo.projects x WHERE x.user_id = uid LIMIT most));
      GET DIAGNOSTICS many = ROW_COUNT;
      IF many = most THEN
        RETURN true;
      END IF;
      DELETE FROM todo.settings t
        WHERE t.user_id = uid AND t.ctid = ANY (ARRAY(SELECT x.ctid FROM todo.settings x WHERE x.user_id = uid LIMIT most));
      GET DIAGNOSTICS many = ROW_COUNT;
      IF many = most THEN
        RETURN true;
      END IF;
      DELETE FROM todo.tags t
        WHERE t.user_id = uid AND t.ctid = ANY (ARRAY(SELECT x.ctid FROM todo.tags x WHERE x.user_id = uid LIMIT most));
      GET DIAGNOSTICS many = ROW_COUNT;
      IF many = most THEN
        RETURN true;
      END IF;
      DELETE FROM todo.comments t
        WHERE t.user_id = uid AND t.ctid = ANY (ARRAY(SELECT x.ctid FROM todo.comments x WHERE x.user_id = uid LIMIT most));
      GET DIAGNOSTICS many = ROW_COUNT;
      IF many = most THEN
        RETURN true;
      END IF;
      DELETE FROM todo.views t
        WHERE t.user_id = uid AND t.ctid = ANY (ARRAY(SELECT x.ctid FROM todo.views x WHERE x.user_id = uid LIMIT most));
      GET DIAGNOSTICS many = ROW_COUNT;
      IF many = most THEN
        RETURN true;
      END IF;
      DELETE FROM todo.changes t
        WHERE t.user_id = uid AND t.ctid = ANY (ARRAY(SELECT x.ctid FROM todo.changes x WHERE x.user_id = uid LIMIT most));
      GET DIAGNOSTICS many = ROW_COUNT;
      IF many = most THEN
        RETURN true;
      END IF;
      DELETE FROM todo.operations t
        WHERE t.user_id = uid AND t.ctid = ANY (ARRAY(SELECT x.ctid FROM todo.operations x WHERE x.user_id = uid LIMIT most));
      GET DIAGNOSTICS many = ROW_COUNT;
      IF many = most THEN
        RETURN true;
      END IF;
      DELETE FROM todo.agenda a WHERE a.user_id = uid;
      RETURN false;
    END $function$;

CREATE OR REPLACE FUNCTION todo.fraction_between(low text, high text, in_steps boolean)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO ''
AS $function$
    DECLARE
      digits constant text := '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
      made text := '';
      place integer := 1;
      below integer;
      above integer;
    BEGIN
      IF in_steps AND high IS NULL AND low <> '' THEN
        made := left(rpad(low, 5, '0'), 5);
        FOR place IN REVERSE 5 .. 1 LOOP
          below := strpos(digits, substr(made, place, 1)) - 1;
          IF below < 61 THEN
            RETURN left(made, place - 1) || substr(digits, below + 2, 1);
          END IF;
        END LOOP;
        made := '';
      END IF;
      LOOP
        below := CASE WHEN place > length(low) THEN 0 ELSE strpos(digits, substr(low, place, 1)) - 1 END;
        above := CASE WHEN high IS NULL THEN 62 ELSE strpos(digits, substr(high, place, 1)) - 1 END;
        IF above - below > 1 THEN
          RETURN made || substr(digits, 1 + (below + above) / 2, 1);
        END IF;
        made := made || substr(digits, 1 + below, 1);
        IF above > below THEN
          high := NULL;
        END IF;
        place := place + 1;
      END LOOP;
    END $function$;

CREATE OR REPLACE FUNCTION todo.import_document(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
BEGIN
  me := todo.enter(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3))
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
  DECLARE
    op jsonb;
    place integer := 0;
    before integer;
    taken todo.counters := counter;
    results jsonb[];
  BEGIN
    FOR op IN SELECT e.item FROM jsonb_array_elements(import_document.op -> 'items') e(item) LOOP
      result := NULL;
      before := ordinal;
      CASE op ->> 'op'
      WHEN 'task.create' THEN
        counter.last_number := counter.last_number + 1;
        counter.tasks := counter.tasks + 1;
        <<work>>
        DECLARE
          body jsonb := op -> 'body';
          made todo.tasks;
          project uuid;
          anchor uuid;
          places record;
        BEGIN
          -- Whoever makes a thing may choose its id, and so may find it made.
          IF op ? 'creation' THEN
            SELECT * INTO made FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
            IF made.creation = decode(op ->> 'creation', 'hex') AND made.trashed_at IS NULL THEN
              result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            ELSIF made.id IS NOT NULL OR EXISTS (
              SELECT FROM todo.changes c WHERE c.user_id = uid AND c.noun = 'task' AND c.id = (op ->> 'id')::uuid
            ) THEN
              verdict := 'taken';
            END IF;
          END IF;
          IF result IS NULL AND verdict IS NULL AND counter.tasks > 100000 THEN
            verdict := 'limit';
          END IF;
          IF result IS NOT NULL OR verdict IS NOT NULL THEN
            EXIT work;
          END IF;
          IF body ? 'parentId' OR body ? 'blockedBy' THEN
            SELECT l.verdict, l.more INTO verdict, result FROM todo.task_links(uid, (op ->> 'id')::uuid, (body ->> 'parentId')::uuid, todo.uuids(body -> 'blockedBy'), NULL, NULL) l;
            IF verdict IS NOT NULL THEN
              EXIT work;
            END IF;
            IF body ->> 'parentId' IS NOT NULL THEN
              project := (SELECT t.project_id FROM todo.tasks t WHERE t.user_id = uid AND t.id = (body ->> 'parentId')::uuid);
              IF body ? 'projectId' AND (body ->> 'projectId')::uuid IS DISTINCT FROM project THEN
                verdict := 'reference';
                result := '{"path": ["parentId"]}';
                EXIT work;
              END IF;
              body := body || jsonb_build_object('projectId', project);
            END IF;
          END IF;
          IF counter.new_first THEN
            made.parent_id := (body ->> 'parentId')::uuid;
            made.project_id := (body ->> 'projectId')::uuid;
            anchor := CASE WHEN ordinal > 0 THEN (
                SELECT c.id FROM todo.changes c JOIN todo.tasks t ON t.user_id = uid AND t.id = c.id
                  WHERE c.user_id = uid AND c.seq = counter.seq AND c.noun = 'task' AND c.was IS NULL AND (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = (CASE WHEN made.parent_id IS NOT NULL THEN made.parent_id WHEN made.project_id IS NOT NULL THEN made.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END)
                  ORDER BY c.ordinal DESC LIMIT 1
              ) END;
            SELECT * INTO places FROM todo.task_keys(
              uid, ARRAY[(op ->> 'id')::uuid], (CASE WHEN made.parent_id IS NOT NULL THEN made.parent_id WHEN made.project_id IS NOT NULL THEN made.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END), CASE WHEN anchor IS NULL THEN 'first' ELSE 'after' END, anchor, counter, ordinal
            );
            ordinal := places.ordinal;
            body := body || jsonb_build_object('position', places.keys[1]);
          END IF;
          IF body ->> 'projectId' IS NOT NULL THEN
            verdict := todo.project_obstacle(uid, (body ->> 'projectId')::uuid);
            IF verdict IS NOT NULL THEN
              result := jsonb_build_object('path', jsonb_build_array('projectId'));
              EXIT work;
            END IF;
          END IF;
          IF body ? 'tags' THEN
            IF (CASE WHEN ordinal = 0 THEN counter.tags ELSE todo.count_tags(uid) END) > 4950
              AND todo.tags_exceed(uid, body -> 'tags') THEN
              verdict := 'tags';
              EXIT work;
            END IF;
          END IF;
          IF body ->> 'externalId' IS NOT NULL THEN
            result := (SELECT jsonb_build_object('id', t.id) FROM todo.tasks t WHERE t.user_id = uid AND t.external_id >= (body ->> 'externalId') AND t.external_id <= (body ->> 'externalId') ORDER BY t.external_id LIMIT 1);
            IF result IS NOT NULL THEN
              verdict := 'external_id';
              EXIT work;
            END IF;
          END IF;
          INSERT INTO todo.tasks (user_id, id, number, title, description, project_id, parent_id, position, priority, tags, start, due, repeat, occurrence, blocked_by, external_id, extra, start_key, due_key, series, completion, title_folded, description_folded, completed_at, created_at, updated_at, version, seq, creation)
            VALUES (uid, (op ->> 'id')::uuid, counter.last_number, body ->> 'title', body ->> 'description', (body ->> 'projectId')::uuid, (body ->> 'parentId')::uuid, body ->> 'position', body ->> 'priority', CASE WHEN body ? 'tags' THEN todo.use_tags(uid, body -> 'tags', moment) END, nullif(body -> 'start', 'null'), nullif(body -> 'due', 'null'), nullif(body -> 'repeat', 'null'), body ->> 'occurrence', todo.uuids(body -> 'blockedBy'), body ->> 'externalId', CASE WHEN body ? 'extra' THEN CASE WHEN jsonb_typeof(body -> 'extra') = 'object' THEN nullif(jsonb_strip_nulls(coalesce(NULL::jsonb, '{}') || (body -> 'extra')), '{}') END END, body ->> 'startKey', body ->> 'dueKey', nullif(body -> 'series', 'null'), nullif(body -> 'completion', 'null'), CASE WHEN octet_length((body ->> 'title')) = char_length((body ->> 'title')) THEN lower((body ->> 'title') COLLATE "C") ELSE todo.folded((body ->> 'title')) END, CASE WHEN octet_length((body ->> 'description')) = char_length((body ->> 'description')) THEN lower((body ->> 'description') COLLATE "C") ELSE todo.folded((body ->> 'description')) END, (op ->> 'setAt')::timestamptz(3), coalesce((op ->> 'createdAt')::timestamptz(3), moment), moment, 1, counter.seq, decode(op ->> 'creation', 'hex'))
            RETURNING * INTO made;
          result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
            VALUES (uid, counter.seq, ordinal, 'task', made.id, NULL, result -> 'thing');
          ordinal := ordinal + 1;
          IF made.parent_id IS NOT NULL THEN
            IF NOT counter.nested THEN
              counter.nested := true;
              UPDATE todo.counters c SET nested = true WHERE c.user_id = uid;
            END IF;
            UPDATE todo.tasks t SET is_parent = true WHERE t.user_id = uid AND t.id = made.parent_id AND t.is_parent IS NOT TRUE;
            IF NOT op ? 'imported' THEN
              ordinal := todo.task_open_above(uid, made.parent_id, counter, moment, ordinal);
            END IF;
          END IF;
          IF made.project_id IS NOT NULL THEN
            result := jsonb_set(result, '{thing,archived}', 'false');
          END IF;
          IF made.tags IS NOT NULL THEN
            INSERT INTO todo.task_tags (user_id, name_key, number)
              SELECT uid, k, made.number FROM jsonb_object_keys(made.tags) k;
          END IF;
        END;
        IF ordinal = before THEN
          counter.last_number := counter.last_number - 1;
          counter.tasks := counter.tasks - 1;
        END IF;
      WHEN 'task.update' THEN
        <<work>>
        DECLARE
          body jsonb := op -> 'body';
          old todo.tasks;
          made todo.tasks;
          was jsonb := '{}';
          project uuid;
          places record;
          together uuid[] := '{}';
          again uuid[] := '{}';
          waiting uuid[] := '{}';
          moved uuid[] := '{}';
        BEGIN
          SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
          IF NOT FOUND OR old.trashed_at IS NOT NULL THEN
            verdict := 'absent';
            EXIT work;
          END IF;
          IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
            verdict := 'changed';
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            EXIT work;
          END IF;
          -- Of another date than the task is now nothing happens.
          IF op ? 'occurrence' AND op ->> 'occurrence' IS DISTINCT FROM old.occurrence THEN
            body := '{}';
          ELSIF (CASE
            WHEN op ? 'basis' THEN op -> 'basis' <> jsonb_build_object('start', old.start, 'due', old.due, 'repeat', old.repeat,
                  'occurrence', old.occurrence, 'series', old.series, 'completion', old.completion,
                  'completed', old.completed_at IS NOT NULL)
            ELSE body ?| '{start,due,repeat}' OR op ? 'skip'
              OR ((body ->> 'completed')::boolean AND old.repeat IS NOT NULL AND old.completed_at IS NULL)
          END) THEN
            verdict := 'stale';
            result := jsonb_build_object('thing', to_jsonb(old));
            result := jsonb_set(result, '{thing,place}', coalesce(
                CASE WHEN counter.user_id IS NULL THEN todo.set_place(uid) ELSE counter.place END, 'null'
              ));
            EXIT work;
          END IF;
          IF body ->> 'parentId' IS NOT NULL THEN
            project := (SELECT t.project_id FROM todo.tasks t WHERE t.user_id = uid AND t.id = (body ->> 'parentId')::uuid);
            IF body ? 'projectId' AND (body ->> 'projectId')::uuid IS DISTINCT FROM project THEN
              verdict := 'reference';
              result := '{"path": ["parentId"]}';
              EXIT work;
            END IF;
            body := body || jsonb_build_object('projectId', project);
          ELSIF body ? 'projectId' AND old.parent_id IS NOT NULL
            AND (body ->> 'projectId')::uuid IS DISTINCT FROM old.project_id
          THEN
            -- It leaves what it is below, which stays where it is.
            body := body || '{"parentId": null}';
          END IF;
          made := old;
          IF body ?| '{title,description,projectId,parentId,priority,tags,start,due,repeat,blockedBy,externalId,extra}' THEN
            IF body ? 'title' THEN
              made.title := body ->> 'title';
              IF made.title IS DISTINCT FROM old.title THEN
                was := was || jsonb_build_object('title', old.title);
              END IF;
            END IF;
            IF body ? 'description' THEN
              made.description := body ->> 'description';
              IF made.description IS DISTINCT FROM old.description THEN
                was := was || jsonb_build_object('description', old.description);
              END IF;
            END IF;
            IF body ? 'projectId' THEN
              made.project_id := (body ->> 'projectId')::uuid;
              IF made.project_id IS DISTINCT FROM old.project_id THEN
                was := was || jsonb_build_object('project_id', old.project_id);
              END IF;
            END IF;
            IF body ? 'parentId' THEN
              made.parent_id := (body ->> 'parentId')::uuid;
              IF made.parent_id IS DISTINCT FROM old.parent_id THEN
                was := was || jsonb_build_object('parent_id', old.parent_id);
              END IF;
            END IF;
            IF body ? 'priority' THEN
              made.priority := body ->> 'priority';
              IF made.priority IS DISTINCT FROM old.priority THEN
                was := was || jsonb_build_object('priority', old.priority);
              END IF;
            END IF;
            IF body ? 'tags' THEN
              made.tags := CASE WHEN body ? 'tags' THEN todo.spelled_tags(uid, body -> 'tags') END;
              IF made.tags IS DISTINCT FROM old.tags THEN
                was := was || jsonb_build_object('tags', old.tags);
              END IF;
            END IF;
            IF body ? 'start' THEN
              made.start := nullif(body -> 'start', 'null');
              IF made.start IS DISTINCT FROM old.start THEN
                was := was || jsonb_build_object('start', old.start);
              END IF;
            END IF;
            IF body ? 'due' THEN
              made.due := nullif(body -> 'due', 'null');
              IF made.due IS DISTINCT FROM old.due THEN
                was := was || jsonb_build_object('due', old.due);
              END IF;
            END IF;
            IF body ? 'repeat' THEN
              made.repeat := nullif(body -> 'repeat', 'null');
              IF made.repeat IS DISTINCT FROM old.repeat THEN
                was := was || jsonb_build_object('repeat', old.repeat);
              END IF;
            END IF;
            IF body ? 'blockedBy' THEN
              made.blocked_by := todo.uuids(body -> 'blockedBy');
              IF made.blocked_by IS DISTINCT FROM old.blocked_by THEN
                was := was || jsonb_build_object('blocked_by', old.blocked_by);
              END IF;
            END IF;
            IF body ? 'externalId' THEN
              made.external_id := body ->> 'externalId';
              IF made.external_id IS DISTINCT FROM old.external_id THEN
                was := was || jsonb_build_object('external_id', old.external_id);
              END IF;
            END IF;
            IF body ? 'extra' THEN
              made.extra := CASE WHEN body ? 'extra' THEN CASE WHEN jsonb_typeof(body -> 'extra') = 'object' THEN nullif(jsonb_strip_nulls(coalesce(old.extra, '{}') || (body -> 'extra')), '{}') END END;
              IF made.extra IS DISTINCT FROM old.extra THEN
                was := was || jsonb_build_object('extra', old.extra);
              END IF;
            END IF;
          END IF;
          IF body ? 'completed' THEN
            made.completed_at := CASE WHEN (body ->> 'completed')::boolean THEN
              coalesce(old.completed_at, (op ->> 'setAt')::timestamptz(3), moment) END;
            IF made.completed_at IS DISTINCT FROM old.completed_at THEN
              was := was || jsonb_build_object('completed_at', old.completed_at);
            END IF;
          END IF;
          IF op ? 'basis' THEN
            IF body ? 'occurrence' THEN
              made.occurrence := body ->> 'occurrence';
              IF made.occurrence IS DISTINCT FROM old.occurrence THEN
                was := was || jsonb_build_object('occurrence', old.occurrence);
              END IF;
            END IF;
            IF body ? 'startKey' THEN
              made.start_key := body ->> 'startKey';
              IF made.start_key IS DISTINCT FROM old.start_key THEN
                was := was || jsonb_build_object('start_key', old.start_key);
              END IF;
            END IF;
            IF body ? 'dueKey' THEN
              made.due_key := body ->> 'dueKey';
              IF made.due_key IS DISTINCT FROM old.due_key THEN
                was := was || jsonb_build_object('due_key', old.due_key);
              END IF;
            END IF;
            IF body ? 'series' THEN
              made.series := nullif(body -> 'series', 'null');
              IF made.series IS DISTINCT FROM old.series THEN
                was := was || jsonb_build_object('series', old.series);
              END IF;
            END IF;
            IF body ? 'completion' THEN
              made.completion := nullif(body -> 'completion', 'null');
              IF made.completion IS DISTINCT FROM old.completion THEN
                was := was || jsonb_build_object('completion', old.completion);
              END IF;
            END IF;
          END IF;
          IF was <> '{}' THEN
            IF made.project_id IS NOT NULL THEN
              verdict := todo.project_obstacle(uid, made.project_id);
              IF verdict IS NOT NULL THEN
                result := jsonb_build_object('path', jsonb_build_array('projectId'));
                EXIT work;
              END IF;
            END IF;
            IF was ? 'parent_id' OR was ? 'blocked_by' THEN
              SELECT l.verdict, l.more INTO verdict, result FROM todo.task_links(uid, old.id, made.parent_id, made.blocked_by, old.parent_id, old.blocked_by) l;
              IF verdict IS NOT NULL THEN
                EXIT work;
              END IF;
            END IF;
            IF was ? 'completion' OR made.completed_at IS NOT NULL AND old.completed_at IS NULL THEN
              IF NOT op ? 'skip' AND (counter.nested OR made.blocked_by IS NOT NULL) THEN
                SELECT l.verdict, l.more, l.together INTO verdict, result, together FROM todo.task_obstacle(uid, made.id, made.blocked_by, op ->> 'children', (op ->> 'force')::boolean) l;
                IF verdict IS NOT NULL THEN
                  EXIT work;
                END IF;
              END IF;
              IF made.completed_at IS NULL THEN
                together := '{}';
                IF counter.nested THEN
                  again := ARRAY(
                    SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.completed_at IS NOT NULL AND t.id = ANY (ARRAY(
                          WITH RECURSIVE below AS (
                            SELECT t.id FROM unnest(ARRAY[old.id]) b(id), LATERAL (
                              SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL AND t.repeat IS NULL
                              ORDER BY t.parent_id OFFSET 0
                            ) t
                            UNION
                            SELECT t.id FROM below b, LATERAL (
                              SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL AND t.repeat IS NULL
                              ORDER BY t.parent_id OFFSET 0
                            ) t
                          )
                          SELECT b.id FROM below b
                        ))
                  );
                END IF;
                IF NOT op ? 'skip' THEN
                  waiting := ARRAY(
                    SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.blocked_by IS NOT NULL AND old.id = ANY (t.blocked_by)
                      ORDER BY t.number
                  );
                END IF;
              END IF;
            END IF;
            IF was ? 'project_id' AND counter.nested THEN
              moved := ARRAY(
                    WITH RECURSIVE below AS (
                      SELECT t.id FROM unnest(ARRAY[old.id]) b(id), LATERAL (
                        SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL
                        ORDER BY t.parent_id OFFSET 0
                      ) t
                      UNION
                      SELECT t.id FROM below b, LATERAL (
                        SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL
                        ORDER BY t.parent_id OFFSET 0
                      ) t
                    )
                    SELECT b.id FROM below b
                  );
            END IF;
            IF counter.nested OR was ? 'completion' THEN
              IF ordinal + 1 + cardinality(together || again || waiting || moved) > 10000 THEN
                verdict := 'many';
                EXIT work;
              ELSIF 1 + cardinality(together || again || waiting || moved) > (op ->> 'most')::integer THEN
                verdict := 'long';
                EXIT work;
              END IF;
            END IF;
            IF was ? 'parent_id' OR was ? 'project_id' THEN
              was := was || jsonb_build_object('position', old.position, 'behind', todo.task_behind(uid, old, counter.seq, ordinal));
              SELECT * INTO places FROM todo.task_keys(uid, ARRAY[old.id], (CASE WHEN made.parent_id IS NOT NULL THEN made.parent_id WHEN made.project_id IS NOT NULL THEN made.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END), 'last', NULL, counter, ordinal);
              ordinal := places.ordinal;
              made.position := places.keys[1];
            END IF;
            IF was ? 'tags' THEN
              IF (CASE WHEN ordinal = 0 THEN counter.tags ELSE todo.count_tags(uid) END) > 4950
                AND todo.tags_exceed(uid, body -> 'tags') THEN
                verdict := 'tags';
                EXIT work;
              END IF;
            END IF;
            IF was ? 'external_id' AND made.external_id IS NOT NULL THEN
              result := (SELECT jsonb_build_object('id', t.id) FROM todo.tasks t WHERE t.user_id = uid AND t.external_id >= made.external_id AND t.external_id <= made.external_id ORDER BY t.external_id LIMIT 1);
              IF result IS NOT NULL THEN
                verdict := 'external_id';
                EXIT work;
              END IF;
            END IF;
            IF was ? 'extra' AND made.extra IS NOT NULL THEN
              verdict := (
                SELECT CASE WHEN count(*) > 50 THEN 'extra_of_task'
                    WHEN sum(octet_length(e.key) + octet_length(e.value)) > 16384 THEN 'extra_bytes' END
                  FROM jsonb_each_text(made.extra) e
              );
              IF verdict IS NOT NULL THEN
                EXIT work;
              END IF;
            END IF;
            IF was ? 'tags' THEN
              PERFORM todo.use_tags(uid, body -> 'tags', moment);
            END IF;
            made.version := old.version + 1;
            made.updated_at := moment;
            IF was - '{completed_at}'::text[] = '{}' THEN
              UPDATE todo.tasks t SET completed_at = made.completed_at, updated_at = made.updated_at, version = made.version, seq = counter.seq
                WHERE t.user_id = uid AND t.id = old.id;
            ELSE
              UPDATE todo.tasks t SET title = made.title, description = made.description, project_id = made.project_id, parent_id = made.parent_id, priority = made.priority, tags = made.tags, start = made.start, due = made.due, repeat = made.repeat, blocked_by = made.blocked_by, external_id = made.external_id, extra = made.extra, completed_at = made.completed_at, occurrence = made.occurrence, start_key = made.start_key, due_key = made.due_key, series = made.series, completion = made.completion, position = made.position, updated_at = made.updated_at, version = made.version, seq = counter.seq
                WHERE t.user_id = uid AND t.id = old.id;
            END IF;
            result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
              VALUES (uid, counter.seq, ordinal, 'task', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
            ordinal := ordinal + 1;
            IF was ? 'completion' THEN
              INSERT INTO todo.completions (user_id, task_id, nth, occurrence, completed_at, skipped)
                SELECT uid, made.id, c.* FROM jsonb_to_record(made.completion) AS c(nth integer, occurrence text, "completedAt" timestamptz(3), skipped boolean)
                ON CONFLICT (user_id, task_id, nth) DO UPDATE
                    SET occurrence = excluded.occurrence, completed_at = excluded.completed_at, skipped = excluded.skipped;
            END IF;
            IF together <> '{}' THEN
              DECLARE
              one todo.tasks;
              changed todo.tasks;
            BEGIN
              FOR one IN
                SELECT t.* FROM unnest(together) u(id), LATERAL (
                  SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
                ) t
                ORDER BY t.number
              LOOP
                UPDATE todo.tasks t SET completed_at = made.completed_at, updated_at = moment, version = t.version + 1, seq = counter.seq
                  WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
                INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                  uid, counter.seq, ordinal, 'task', one.id,
                  jsonb_build_object('completed_at', one.completed_at, 'version', one.version, 'updated_at', one.updated_at),
                  to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
                );
                ordinal := ordinal + 1;
              END LOOP;
            END;
            END IF;
            IF again <> '{}' THEN
              DECLARE
              one todo.tasks;
              changed todo.tasks;
            BEGIN
              FOR one IN
                SELECT t.* FROM unnest(again) u(id), LATERAL (
                  SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
                ) t
                ORDER BY t.number
              LOOP
                UPDATE todo.tasks t SET completed_at = NULL, updated_at = moment, version = t.version + 1, seq = counter.seq
                  WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
                INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                  uid, counter.seq, ordinal, 'task', one.id,
                  jsonb_build_object('completed_at', one.completed_at, 'version', one.version, 'updated_at', one.updated_at),
                  to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
                );
                ordinal := ordinal + 1;
              END LOOP;
            END;
            END IF;
            IF waiting <> '{}' THEN
              DECLARE
              one todo.tasks;
              changed todo.tasks;
            BEGIN
              FOR one IN
                SELECT t.* FROM unnest(waiting) u(id), LATERAL (
                  SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
                ) t
                ORDER BY t.number
              LOOP
                UPDATE todo.tasks t SET blocked_by = nullif(array_remove(t.blocked_by, made.id), '{}'), updated_at = moment, version = t.version + 1, seq = counter.seq
                  WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
                INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                  uid, counter.seq, ordinal, 'task', one.id,
                  jsonb_build_object('blocked_by', one.blocked_by, 'version', one.version, 'updated_at', one.updated_at),
                  to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
                );
                ordinal := ordinal + 1;
              END LOOP;
            END;
            END IF;
            IF moved <> '{}' THEN
              DECLARE
              one todo.tasks;
              changed todo.tasks;
            BEGIN
              FOR one IN
                SELECT t.* FROM unnest(moved) u(id), LATERAL (
                  SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
                ) t
                ORDER BY t.number
              LOOP
                UPDATE todo.tasks t SET project_id = made.project_id, updated_at = moment, version = t.version + 1, seq = counter.seq
                  WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
                INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                  uid, counter.seq, ordinal, 'task', one.id,
                  jsonb_build_object('project_id', one.project_id, 'version', one.version, 'updated_at', one.updated_at),
                  to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
                );
                ordinal := ordinal + 1;
              END LOOP;
            END;
            END IF;
            IF made.parent_id IS NOT NULL AND (was ?| '{parent_id,completed_at}' OR was ? 'repeat' AND made.repeat IS NULL) THEN
              IF NOT counter.nested THEN
                counter.nested := true;
                UPDATE todo.counters c SET nested = true WHERE c.user_id = uid;
              END IF;
              UPDATE todo.tasks t SET is_parent = true WHERE t.user_id = uid AND t.id = made.parent_id AND t.is_parent IS NOT TRUE;
              IF made.completed_at IS NULL THEN
                ordinal := todo.task_open_above(uid, made.parent_id, counter, moment, ordinal);
              END IF;
            END IF;
            IF made.project_id IS NOT NULL THEN
              result := jsonb_set(result, '{thing,archived}', 'false');
            END IF;
          ELSE
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
          END IF;
        END;
      WHEN 'task.restore' THEN
        <<work>>
        DECLARE
          old todo.tasks;
          made todo.tasks;
          was jsonb;
          above record;
          together uuid[] := '{}';
        BEGIN
          SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
          IF NOT FOUND THEN
            verdict := 'absent';
            EXIT work;
          END IF;
          IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
            verdict := 'changed';
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            EXIT work;
          END IF;
          IF old.trashed_at IS NOT NULL THEN
            was := jsonb_build_object('trashed_at', old.trashed_at);
            made := old;
            made.trashed_at := NULL;
            IF counter.nested THEN
              together := ARRAY(
                    WITH RECURSIVE below AS (
                      SELECT t.id FROM unnest(ARRAY[old.id]) b(id), LATERAL (
                        SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at = old.trashed_at
                        ORDER BY t.parent_id OFFSET 0
                      ) t
                      UNION
                      SELECT t.id FROM below b, LATERAL (
                        SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at = old.trashed_at
                        ORDER BY t.parent_id OFFSET 0
                      ) t
                    )
                    SELECT b.id FROM below b
                  );
              IF ordinal + 1 + cardinality(together) > 10000 THEN
                verdict := 'many';
                EXIT work;
              ELSIF 1 + cardinality(together) > (op ->> 'most')::integer THEN
                verdict := 'long';
                EXIT work;
              END IF;
            END IF;
            IF old.parent_id IS NOT NULL THEN
              SELECT t.project_id, t.trashed_at IS NULL AS there INTO above FROM todo.tasks t
                WHERE t.user_id = uid AND t.id = old.parent_id;
              -- What stays behind in the trash, or is too deep by now, has it no more.
              IF NOT FOUND OR NOT above.there
                OR todo.task_depth(uid, old.parent_id) + todo.task_height(uid, old.id, old.trashed_at) > 8 THEN
                was := was || jsonb_build_object('parent_id', old.parent_id, 'position', old.position);
                made.parent_id := NULL;
                made.position := NULL;
              ELSIF above.project_id IS DISTINCT FROM old.project_id THEN
                was := was || jsonb_build_object('project_id', old.project_id);
                made.project_id := above.project_id;
              END IF;
            END IF;
            IF made.project_id IS NOT NULL THEN
              verdict := todo.project_obstacle(uid, made.project_id);
              -- What was in a project that is gone comes back into the Inbox.
              IF verdict = 'reference' THEN
                verdict := NULL;
                was := was || jsonb_build_object('project_id', old.project_id, 'position', old.position);
                made.project_id := NULL;
                made.position := NULL;
              END IF;
              IF verdict IS NOT NULL THEN
                result := jsonb_build_object('path', jsonb_build_array('projectId'));
                EXIT work;
              END IF;
            END IF;
            made.version := old.version + 1;
            made.updated_at := moment;
            UPDATE todo.tasks t SET trashed_at = made.trashed_at, parent_id = made.parent_id, project_id = made.project_id, position = made.position, updated_at = made.updated_at, version = made.version, seq = counter.seq
              WHERE t.user_id = uid AND t.id = old.id;
            result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
              VALUES (uid, counter.seq, ordinal, 'task', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
            ordinal := ordinal + 1;
            IF made.project_id IS DISTINCT FROM old.project_id THEN
              IF together <> '{}' THEN
                DECLARE
                one todo.tasks;
                changed todo.tasks;
              BEGIN
                FOR one IN
                  SELECT t.* FROM unnest(together) u(id), LATERAL (
                    SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
                  ) t
                  ORDER BY t.number
                LOOP
                  UPDATE todo.tasks t SET trashed_at = NULL, project_id = made.project_id, updated_at = moment, version = t.version + 1, seq = counter.seq
                    WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
                  INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                    uid, counter.seq, ordinal, 'task', one.id,
                    jsonb_build_object('trashed_at', one.trashed_at, 'project_id', one.project_id, 'version', one.version, 'updated_at', one.updated_at),
                    to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
                  );
                  ordinal := ordinal + 1;
                END LOOP;
              END;
              END IF;
            ELSE
              IF together <> '{}' THEN
                DECLARE
                one todo.tasks;
                changed todo.tasks;
              BEGIN
                FOR one IN
                  SELECT t.* FROM unnest(together) u(id), LATERAL (
                    SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
                  ) t
                  ORDER BY t.number
                LOOP
                  UPDATE todo.tasks t SET trashed_at = NULL, updated_at = moment, version = t.version + 1, seq = counter.seq
                    WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
                  INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                    uid, counter.seq, ordinal, 'task', one.id,
                    jsonb_build_object('trashed_at', one.trashed_at, 'version', one.version, 'updated_at', one.updated_at),
                    to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
                  );
                  ordinal := ordinal + 1;
                END LOOP;
              END;
              END IF;
            END IF;
            IF made.parent_id IS NOT NULL AND made.completed_at IS NULL THEN
              ordinal := todo.task_open_above(uid, made.parent_id, counter, moment, ordinal);
            END IF;
          ELSE
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
          END IF;
        END;
      WHEN 'task.move' THEN
        <<work>>
        DECLARE
          body jsonb := op -> 'body';
          ids uuid[] := todo.uuids(body -> 'ids');
          side text := CASE WHEN body ? 'before' THEN 'before' WHEN body ? 'after' THEN 'after' ELSE coalesce(body ->> 'at', 'last') END;
          anchor todo.tasks;
          old todo.tasks;
          made todo.tasks;
          target todo.tasks;
          was jsonb;
          places record;
          previous uuid;
          stays boolean;
          place integer := 0;
          moved jsonb := '[]';
          inside uuid[] := '{}';
        BEGIN
          -- Who stands where: what is named has to be there.
          IF body ? 'before' OR body ? 'after' THEN
            SELECT * INTO anchor FROM todo.tasks t WHERE t.user_id = uid AND t.id = (body ->> side)::uuid;
            IF NOT FOUND OR anchor.trashed_at IS NOT NULL OR anchor.id = ANY (ids) THEN
              verdict := 'reference';
              result := jsonb_build_object('path', jsonb_build_array(side));
              EXIT work;
            END IF;
          END IF;
          place := (SELECT m.place - 1 FROM unnest(ids) WITH ORDINALITY m(id, place)
            WHERE (SELECT t.trashed_at IS NULL FROM todo.tasks t WHERE t.user_id = uid AND t.id = m.id) IS NOT TRUE
            ORDER BY m.place LIMIT 1);
          IF place IS NOT NULL THEN
            verdict := 'reference';
            result := jsonb_build_object('path', jsonb_build_array('ids', place));
            EXIT work;
          END IF;
          SELECT * INTO target FROM todo.tasks t WHERE t.user_id = uid AND t.id = ids[1];
          IF anchor.id IS NOT NULL THEN
            target.parent_id := anchor.parent_id;
            target.project_id := anchor.project_id;
          ELSIF body ->> 'parentId' IS NOT NULL THEN
            target.parent_id := (body ->> 'parentId')::uuid;
            target.project_id := (SELECT t.project_id FROM todo.tasks t WHERE t.user_id = uid AND t.id = target.parent_id);
            IF body ? 'projectId' AND (body ->> 'projectId')::uuid IS DISTINCT FROM target.project_id THEN
              verdict := 'reference';
              result := '{"path": ["parentId"]}';
              EXIT work;
            END IF;
          ELSIF body ? 'projectId' THEN
            target.parent_id := NULL;
            target.project_id := (body ->> 'projectId')::uuid;
          ELSIF body ? 'parentId' THEN
            target.parent_id := NULL;
          END IF;
          FOR old IN SELECT t.* FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
                SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
              ) t WHERE t.parent_id IS DISTINCT FROM target.parent_id ORDER BY m.place
          LOOP
            SELECT l.verdict, l.more INTO verdict, result
              FROM todo.task_links(uid, old.id, target.parent_id, old.blocked_by, old.parent_id, old.blocked_by) l;
            IF verdict IS NOT NULL THEN
              EXIT work;
            END IF;
          END LOOP;
          -- Whether all stand there already, one behind the other.
          stays := NOT EXISTS (SELECT FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
            SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
          ) t WHERE t.parent_id IS DISTINCT FROM target.parent_id OR t.project_id IS DISTINCT FROM target.project_id);
          IF stays THEN
            previous := CASE side
              WHEN 'after' THEN anchor.id
              WHEN 'before' THEN todo.task_before(uid, anchor)
              WHEN 'last' THEN todo.task_last(uid, (CASE WHEN target.parent_id IS NOT NULL THEN target.parent_id WHEN target.project_id IS NOT NULL THEN target.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END))
            END;
            IF side IN ('before', 'last') THEN
              stays := (previous = ids[cardinality(ids)]) IS TRUE;
              SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = ids[1];
              previous := todo.task_before(uid, old);
            END IF;
            FOR old IN SELECT t.* FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
            SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
          ) t WHERE stays ORDER BY m.place
            LOOP
              stays := stays AND todo.task_before(uid, old) IS NOT DISTINCT FROM previous;
              previous := old.id;
            END LOOP;
          END IF;
          IF stays THEN
            result := (SELECT jsonb_build_object('items', jsonb_agg(jsonb_build_object('id', t.id, 'number', t.number, 'project_id', t.project_id, 'parent_id', t.parent_id, 'position', t.position, 'version', t.version) ORDER BY m.place),
              'thing', (jsonb_agg(to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] ORDER BY m.place)) -> 0) FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
            SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
          ) t);
            EXIT work;
          END IF;
          made := target;
          IF made.project_id IS NOT NULL THEN
            verdict := todo.project_obstacle(uid, made.project_id);
            IF verdict IS NOT NULL THEN
              result := jsonb_build_object('path', jsonb_build_array('projectId'));
              EXIT work;
            END IF;
          END IF;
          IF counter.nested AND EXISTS (SELECT FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
                SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
              ) t WHERE t.project_id IS DISTINCT FROM target.project_id) THEN
            inside := ARRAY(SELECT b.id FROM unnest(ARRAY(
                  WITH RECURSIVE below AS (
                    SELECT t.id FROM unnest(ids) b(id), LATERAL (
                      SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL
                      ORDER BY t.parent_id OFFSET 0
                    ) t
                    UNION
                    SELECT t.id FROM below b, LATERAL (
                      SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL
                      ORDER BY t.parent_id OFFSET 0
                    ) t
                  )
                  SELECT b.id FROM below b
                )) b(id) JOIN todo.tasks t ON t.user_id = uid AND t.id = b.id
              WHERE b.id <> ALL (ids) AND t.project_id IS DISTINCT FROM target.project_id);
          END IF;
          IF ordinal + cardinality(ids || inside) > 10000 THEN
            verdict := 'many';
            EXIT work;
          ELSIF cardinality(ids || inside) > (op ->> 'most')::integer THEN
            verdict := 'long';
            EXIT work;
          END IF;
          SELECT * INTO places FROM todo.task_keys(uid, ids, (CASE WHEN target.parent_id IS NOT NULL THEN target.parent_id WHEN target.project_id IS NOT NULL THEN target.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END), side, anchor.id, counter, ordinal);
          ordinal := places.ordinal;
          -- What stood before each of them is of the time before all.
          moved := (SELECT jsonb_agg(jsonb_build_array(m.id, todo.task_before(uid, t)) ORDER BY m.place) FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
            SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
          ) t);
          FOR place IN 1 .. cardinality(ids) LOOP
            SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = ids[place];
            made := old;
            made.position := places.keys[place];
            was := jsonb_build_object('position', old.position, 'behind', moved -> (place - 1) -> 1);
            made.parent_id := target.parent_id;
            IF made.parent_id IS DISTINCT FROM old.parent_id THEN
              was := was || jsonb_build_object('parent_id', old.parent_id);
            END IF;
            made.project_id := target.project_id;
            IF made.project_id IS DISTINCT FROM old.project_id THEN
              was := was || jsonb_build_object('project_id', old.project_id);
            END IF;
            made.version := old.version + 1;
            made.updated_at := moment;
            UPDATE todo.tasks t SET position = made.position, parent_id = made.parent_id, project_id = made.project_id, updated_at = made.updated_at, version = made.version, seq = counter.seq
              WHERE t.user_id = uid AND t.id = old.id;
            result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
              VALUES (uid, counter.seq, ordinal, 'task', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
            ordinal := ordinal + 1;
            moved := jsonb_set(moved, ARRAY[(place - 1)::text], jsonb_build_object('id', made.id, 'number', made.number, 'project_id', made.project_id, 'parent_id', made.parent_id, 'position', made.position, 'version', made.version));
            IF made.parent_id IS NOT NULL THEN
              IF NOT counter.nested THEN
                counter.nested := true;
                UPDATE todo.counters c SET nested = true WHERE c.user_id = uid;
              END IF;
              UPDATE todo.tasks t SET is_parent = true WHERE t.user_id = uid AND t.id = made.parent_id AND t.is_parent IS NOT TRUE;
            END IF;
            IF made.completed_at IS NULL AND made.parent_id IS DISTINCT FROM old.parent_id THEN
              ordinal := todo.task_open_above(uid, made.parent_id, counter, moment, ordinal);
            END IF;
          END LOOP;
          IF inside <> '{}' THEN
            DECLARE
              one todo.tasks;
              changed todo.tasks;
            BEGIN
              FOR one IN
                SELECT t.* FROM unnest(inside) u(id), LATERAL (
                  SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
                ) t
                ORDER BY t.number
              LOOP
                UPDATE todo.tasks t SET project_id = target.project_id, updated_at = moment, version = t.version + 1, seq = counter.seq
                  WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
                INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                  uid, counter.seq, ordinal, 'task', one.id,
                  jsonb_build_object('project_id', one.project_id, 'version', one.version, 'updated_at', one.updated_at),
                  to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
                );
                ordinal := ordinal + 1;
              END LOOP;
            END;
          END IF;
          result := jsonb_build_object('items', moved, 'thing', (
            SELECT to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] FROM todo.tasks t WHERE t.user_id = uid AND t.id = ids[1]
          ));
        END;
      WHEN 'project.create' THEN
        counter.projects := counter.projects + 1;
        <<work>>
        DECLARE
          body jsonb := op -> 'body';
          made todo.projects;
          places record;
        BEGIN
          -- Whoever makes a thing may choose its id, and so may find it made.
          IF op ? 'creation' THEN
            SELECT * INTO made FROM todo.projects t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
            IF made.creation = decode(op ->> 'creation', 'hex') THEN
              result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            ELSIF made.id IS NOT NULL OR EXISTS (
              SELECT FROM todo.changes c WHERE c.user_id = uid AND c.noun = 'project' AND c.id = (op ->> 'id')::uuid
            ) THEN
              verdict := 'taken';
            END IF;
          END IF;
          IF result IS NULL AND verdict IS NULL AND counter.projects > 1000 THEN
            verdict := 'limit';
          END IF;
          IF result IS NOT NULL OR verdict IS NOT NULL THEN
            EXIT work;
          END IF;
          verdict := coalesce(
            CASE WHEN body ->> 'parentId' IS NOT NULL THEN todo.project_obstacle(uid, (body ->> 'parentId')::uuid) END,
            todo.project_misfit(uid, (op ->> 'id')::uuid, (body ->> 'parentId')::uuid, body ->> 'nameKey')
          );
          IF verdict IS NOT NULL THEN
            result := jsonb_build_object('path', jsonb_build_array('parentId'));
            EXIT work;
          END IF;
          made.parent_id := (body ->> 'parentId')::uuid;
          SELECT * INTO places FROM todo.project_keys(
            uid, ARRAY[(op ->> 'id')::uuid], coalesce(made.parent_id, '00000000-0000-0000-0000-000000000000'::uuid), 'last', NULL, counter, ordinal
          );
          ordinal := places.ordinal;
          body := body || jsonb_build_object('position', places.keys[1]);
          INSERT INTO todo.projects (user_id, id, name, description, parent_id, position, color, name_key, archived_at, created_at, updated_at, version, seq, creation)
            VALUES (uid, (op ->> 'id')::uuid, body ->> 'name', body ->> 'description', (body ->> 'parentId')::uuid, body ->> 'position', body ->> 'color', body ->> 'nameKey', (op ->> 'setAt')::timestamptz(3), coalesce((op ->> 'createdAt')::timestamptz(3), moment), moment, 1, counter.seq, decode(op ->> 'creation', 'hex'))
            RETURNING * INTO made;
          result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
            VALUES (uid, counter.seq, ordinal, 'project', made.id, NULL, result -> 'thing');
          ordinal := ordinal + 1;
        END;
        IF ordinal = before THEN
          counter.projects := counter.projects - 1;
        END IF;
      WHEN 'project.update' THEN
        <<work>>
        DECLARE
          body jsonb := op -> 'body';
          old todo.projects;
          made todo.projects;
          was jsonb := '{}';
          places record;
        BEGIN
          SELECT * INTO old FROM todo.projects t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
          IF NOT FOUND THEN
            verdict := 'absent';
            EXIT work;
          END IF;
          IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
            verdict := 'changed';
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            EXIT work;
          END IF;
          made := old;
          IF body ?| '{name,description,parentId,color}' THEN
            IF body ? 'name' THEN
              made.name := body ->> 'name';
              IF made.name IS DISTINCT FROM old.name THEN
                was := was || jsonb_build_object('name', old.name);
              END IF;
            END IF;
            IF body ? 'description' THEN
              made.description := body ->> 'description';
              IF made.description IS DISTINCT FROM old.description THEN
                was := was || jsonb_build_object('description', old.description);
              END IF;
            END IF;
            IF body ? 'parentId' THEN
              made.parent_id := (body ->> 'parentId')::uuid;
              IF made.parent_id IS DISTINCT FROM old.parent_id THEN
                was := was || jsonb_build_object('parent_id', old.parent_id);
              END IF;
            END IF;
            IF body ? 'color' THEN
              made.color := body ->> 'color';
              IF made.color IS DISTINCT FROM old.color THEN
                was := was || jsonb_build_object('color', old.color);
              END IF;
            END IF;
          END IF;
          IF body ? 'archived' THEN
            made.archived_at := CASE WHEN (body ->> 'archived')::boolean THEN
              coalesce(old.archived_at, (op ->> 'setAt')::timestamptz(3), moment) END;
            IF made.archived_at IS DISTINCT FROM old.archived_at THEN
              was := was || jsonb_build_object('archived_at', old.archived_at);
            END IF;
          END IF;
          IF body ? 'nameKey' THEN
            made.name_key := body ->> 'nameKey';
            IF made.name_key IS DISTINCT FROM old.name_key THEN
              was := was || jsonb_build_object('name_key', old.name_key);
            END IF;
          END IF;
          IF was <> '{}' THEN
            IF was ? 'parent_id' OR was ? 'name_key' THEN
              verdict := coalesce(
                CASE WHEN was ? 'parent_id' AND made.parent_id IS NOT NULL THEN todo.project_obstacle(uid, made.parent_id) END,
                todo.project_misfit(uid, old.id, made.parent_id, made.name_key)
              );
              IF verdict IS NOT NULL THEN
                result := jsonb_build_object('path', jsonb_build_array('parentId'));
                EXIT work;
              END IF;
            END IF;
            IF was ? 'parent_id' THEN
              was := was || jsonb_build_object('position', old.position, 'behind', todo.project_behind(uid, old, counter.seq, ordinal));
              SELECT * INTO places FROM todo.project_keys(uid, ARRAY[old.id], coalesce(made.parent_id, '00000000-0000-0000-0000-000000000000'::uuid), 'last', NULL, counter, ordinal);
              ordinal := places.ordinal;
              made.position := places.keys[1];
            END IF;
            made.version := old.version + 1;
            made.updated_at := moment;
            IF was - '{archived_at}'::text[] = '{}' THEN
              UPDATE todo.projects t SET archived_at = made.archived_at, updated_at = made.updated_at, version = made.version, seq = counter.seq
                WHERE t.user_id = uid AND t.id = old.id;
            ELSE
              UPDATE todo.projects t SET name = made.name, description = made.description, parent_id = made.parent_id, color = made.color, archived_at = made.archived_at, name_key = made.name_key, position = made.position, updated_at = made.updated_at, version = made.version, seq = counter.seq
                WHERE t.user_id = uid AND t.id = old.id;
            END IF;
            result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
              VALUES (uid, counter.seq, ordinal, 'project', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
            ordinal := ordinal + 1;
          ELSE
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
          END IF;
        END;
      WHEN 'tag.create' THEN
        <<work>>
        BEGIN
          IF todo.tags_exceed(uid, op -> 'names') THEN
            verdict := 'tags';
            EXIT work;
          END IF;
          PERFORM todo.use_tags(uid, op -> 'names', moment);
          result := (SELECT jsonb_build_object('thing', to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]) FROM todo.tags t
            WHERE t.user_id = uid AND t.name_key = (op ->> 'nameKey') COLLATE "C");
        END;
      WHEN 'tag.update' THEN
        <<work>>
        DECLARE
          body jsonb := op -> 'body';
          old todo.tags;
          made todo.tags;
          other todo.tags;
          was jsonb := '{}';
          first integer := ordinal;
          held integer := 0;
        BEGIN
          SELECT * INTO old FROM todo.tags t WHERE t.user_id = uid AND t.name_key = (op ->> 'nameKey') COLLATE "C";
          IF NOT FOUND THEN
            verdict := 'absent';
            EXIT work;
          END IF;
          IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
            verdict := 'changed';
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            EXIT work;
          END IF;
          made := old;
          IF body ? 'color' THEN
            made.color := body ->> 'color';
            IF made.color IS DISTINCT FROM old.color THEN
              was := was || jsonb_build_object('color', old.color);
            END IF;
          END IF;
          IF body ? 'name' AND (body ->> 'name') <> old.name THEN
            made.name := body ->> 'name';
            made.name_key := body ->> 'nameKey';
            was := was || jsonb_build_object('name', old.name, 'name_key', old.name_key);
            SELECT * INTO other FROM todo.tags t WHERE t.user_id = uid AND t.name_key = made.name_key AND t.id <> old.id;
            IF other.id IS NOT NULL AND op -> 'merge' IS DISTINCT FROM 'true' THEN
              verdict := 'name';
              EXIT work;
            END IF;
          held := (SELECT count(*) FROM todo.task_tags x WHERE x.user_id = uid AND x.name_key = old.name_key);
          verdict := CASE WHEN ordinal + held + 1 > 10000 THEN 'limit' WHEN held + 1 > (op ->> 'most')::integer THEN 'long' END;
          IF verdict IS NOT NULL THEN
            EXIT work;
          END IF;
          END IF;
          IF was = '{}' THEN
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            EXIT work;
          END IF;
          ordinal := first + held;
          IF other.id IS NOT NULL THEN
            DELETE FROM todo.tags t WHERE t.user_id = uid AND t.id = old.id;
          UPDATE todo.counters c SET tags = c.tags - 1 WHERE c.user_id = uid;
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
            VALUES (uid, counter.seq, ordinal, 'tag', old.id, to_jsonb(old), NULL);
          ordinal := ordinal + 1;
            DECLARE
              one todo.tasks;
              changed todo.tasks;
            BEGIN
              FOR one IN
                SELECT * FROM (
                  SELECT l.* FROM todo.task_tags x, LATERAL (
                    SELECT * FROM todo.tasks y WHERE y.user_id = uid AND y.number >= x.number AND y.number <= x.number AND y.trashed_at IS NULL
                      ORDER BY y.number OFFSET 0
                  ) l WHERE x.user_id = uid AND x.name_key = old.name_key
                  UNION ALL
                  SELECT d.* FROM todo.tasks d WHERE d.user_id = uid AND d.trashed_at IS NOT NULL
                ) t WHERE t.tags ? old.name_key ORDER BY t.number
              LOOP
                UPDATE todo.tasks t SET tags = (t.tags - old.name_key) || jsonb_build_object(other.name_key, other.name), updated_at = moment, version = t.version + 1, seq = counter.seq
                  WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
                INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                  uid, counter.seq, first, 'task', one.id,
                  jsonb_build_object('tags', one.tags, 'version', one.version, 'updated_at', one.updated_at),
                  to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
                );
                first := first + 1;
              END LOOP;
            END;
            result := jsonb_build_object('thing', to_jsonb(other) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
          ELSE
            made.version := old.version + 1;
            made.updated_at := moment;
            UPDATE todo.tags t SET name = made.name, name_key = made.name_key, color = made.color, updated_at = made.updated_at, version = made.version, seq = counter.seq
              WHERE t.user_id = uid AND t.id = old.id;
            result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
              VALUES (uid, counter.seq, ordinal, 'tag', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
            ordinal := ordinal + 1;
            IF was ? 'name' THEN
              DECLARE
                one todo.tasks;
                changed todo.tasks;
              BEGIN
                FOR one IN
                  SELECT * FROM (
                    SELECT l.* FROM todo.task_tags x, LATERAL (
                      SELECT * FROM todo.tasks y WHERE y.user_id = uid AND y.number >= x.number AND y.number <= x.number AND y.trashed_at IS NULL
                        ORDER BY y.number OFFSET 0
                    ) l WHERE x.user_id = uid AND x.name_key = old.name_key
                    UNION ALL
                    SELECT d.* FROM todo.tasks d WHERE d.user_id = uid AND d.trashed_at IS NOT NULL
                  ) t WHERE t.tags ? old.name_key ORDER BY t.number
                LOOP
                  UPDATE todo.tasks t SET tags = (t.tags - old.name_key) || jsonb_build_object(made.name_key, made.name), updated_at = moment, version = t.version + 1, seq = counter.seq
                    WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
                  INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                    uid, counter.seq, first, 'task', one.id,
                    jsonb_build_object('tags', one.tags, 'version', one.version, 'updated_at', one.updated_at),
                    to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
                  );
                  first := first + 1;
                END LOOP;
              END;
            END IF;
          END IF;
        END;
        counter.tags := counter.tags - taken.tags;
        taken.tags := (SELECT c.tags FROM todo.counters c WHERE c.user_id = uid);
        counter.tags := counter.tags + taken.tags;
      WHEN 'comment.create' THEN
        counter.comments := counter.comments + 1;
        <<work>>
        DECLARE
          body jsonb := op -> 'body';
          made todo.comments;
        BEGIN
          -- Whoever makes a thing may choose its id, and so may find it made.
          IF op ? 'creation' THEN
            SELECT * INTO made FROM todo.comments t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
            IF made.creation = decode(op ->> 'creation', 'hex') THEN
              result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            ELSIF made.id IS NOT NULL OR EXISTS (
              SELECT FROM todo.changes c WHERE c.user_id = uid AND c.noun = 'comment' AND c.id = (op ->> 'id')::uuid
            ) THEN
              verdict := 'taken';
            END IF;
          END IF;
          IF result IS NULL AND verdict IS NULL AND counter.comments > 1000000 THEN
            verdict := 'limit';
          END IF;
          IF result IS NOT NULL OR verdict IS NOT NULL THEN
            EXIT work;
          END IF;
          IF NOT EXISTS (SELECT FROM todo.tasks x WHERE x.user_id = uid AND x.id = (body ->> 'taskId')::uuid AND x.trashed_at IS NULL) THEN
            verdict := 'task';
            EXIT work;
          END IF;
          IF (SELECT count(*) FROM todo.comments x WHERE x.user_id = uid AND x.task_id = (body ->> 'taskId')::uuid) >= 1000 THEN
            verdict := 'comments_of_task';
            EXIT work;
          END IF;
          INSERT INTO todo.comments (user_id, id, task_id, text, text_folded, created_at, updated_at, version, seq, creation)
            VALUES (uid, (op ->> 'id')::uuid, (body ->> 'taskId')::uuid, body ->> 'text', CASE WHEN octet_length((body ->> 'text')) = char_length((body ->> 'text')) THEN lower((body ->> 'text') COLLATE "C") ELSE todo.folded((body ->> 'text')) END, coalesce((op ->> 'createdAt')::timestamptz(3), moment), moment, 1, counter.seq, decode(op ->> 'creation', 'hex'))
            RETURNING * INTO made;
          result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
            VALUES (uid, counter.seq, ordinal, 'comment', made.id, NULL, result -> 'thing');
          ordinal := ordinal + 1;
        END;
        IF ordinal = before THEN
          counter.comments := counter.comments - 1;
        END IF;
      WHEN 'comment.update' THEN
        <<work>>
        DECLARE
          body jsonb := op -> 'body';
          old todo.comments;
          made todo.comments;
          was jsonb := '{}';
        BEGIN
          SELECT * INTO old FROM todo.comments t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
          IF NOT FOUND THEN
            verdict := 'absent';
            EXIT work;
          END IF;
          IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
            verdict := 'changed';
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            EXIT work;
          END IF;
          IF NOT EXISTS (SELECT FROM todo.tasks x WHERE x.user_id = uid AND x.id = old.task_id AND x.trashed_at IS NULL) THEN
            verdict := 'absent';
            EXIT work;
          END IF;
          made := old;
          IF body ? 'text' THEN
            made.text := body ->> 'text';
            IF made.text IS DISTINCT FROM old.text THEN
              was := was || jsonb_build_object('text', old.text);
            END IF;
          END IF;
          IF was <> '{}' THEN
            made.version := old.version + 1;
            made.updated_at := moment;
            UPDATE todo.comments t SET text = made.text, updated_at = made.updated_at, version = made.version, seq = counter.seq
              WHERE t.user_id = uid AND t.id = old.id;
            result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
              VALUES (uid, counter.seq, ordinal, 'comment', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
            ordinal := ordinal + 1;
          ELSE
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
          END IF;
        END;
      WHEN 'view.create' THEN
        counter.views := counter.views + 1;
        <<work>>
        DECLARE
          body jsonb := op -> 'body';
          made todo.views;
          places record;
        BEGIN
          -- Whoever makes a thing may choose its id, and so may find it made.
          IF op ? 'creation' THEN
            SELECT * INTO made FROM todo.views t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
            IF made.creation = decode(op ->> 'creation', 'hex') THEN
              result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            ELSIF made.id IS NOT NULL OR EXISTS (
              SELECT FROM todo.changes c WHERE c.user_id = uid AND c.noun = 'view' AND c.id = (op ->> 'id')::uuid
            ) THEN
              verdict := 'taken';
            END IF;
          END IF;
          IF result IS NULL AND verdict IS NULL AND counter.views > 500 THEN
            verdict := 'limit';
          END IF;
          IF result IS NOT NULL OR verdict IS NOT NULL THEN
            EXIT work;
          END IF;
          IF EXISTS (SELECT FROM todo.views x WHERE x.user_id = uid AND x.name_key = (body ->> 'nameKey') COLLATE "C" AND x.id <> (op ->> 'id')::uuid) THEN
            verdict := 'name';
            EXIT work;
          END IF;
          SELECT * INTO places FROM todo.view_keys(
            uid, ARRAY[(op ->> 'id')::uuid], '00000000-0000-0000-0000-000000000000'::uuid, 'last', NULL, counter, ordinal
          );
          ordinal := places.ordinal;
          body := body || jsonb_build_object('position', places.keys[1]);
          INSERT INTO todo.views (user_id, id, name, filter, sort, position, name_key, created_at, updated_at, version, seq, creation)
            VALUES (uid, (op ->> 'id')::uuid, body ->> 'name', body ->> 'filter', body ->> 'sort', body ->> 'position', body ->> 'nameKey', coalesce((op ->> 'createdAt')::timestamptz(3), moment), moment, 1, counter.seq, decode(op ->> 'creation', 'hex'))
            RETURNING * INTO made;
          result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
            VALUES (uid, counter.seq, ordinal, 'view', made.id, NULL, result -> 'thing');
          ordinal := ordinal + 1;
        END;
        IF ordinal = before THEN
          counter.views := counter.views - 1;
        END IF;
      WHEN 'view.update' THEN
        <<work>>
        DECLARE
          body jsonb := op -> 'body';
          old todo.views;
          made todo.views;
          was jsonb := '{}';
        BEGIN
          SELECT * INTO old FROM todo.views t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
          IF NOT FOUND THEN
            verdict := 'absent';
            EXIT work;
          END IF;
          IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
            verdict := 'changed';
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            EXIT work;
          END IF;
          made := old;
          IF body ? 'name' THEN
            made.name := body ->> 'name';
            IF made.name IS DISTINCT FROM old.name THEN
              was := was || jsonb_build_object('name', old.name);
            END IF;
          END IF;
          IF body ? 'filter' THEN
            made.filter := body ->> 'filter';
            IF made.filter IS DISTINCT FROM old.filter THEN
              was := was || jsonb_build_object('filter', old.filter);
            END IF;
          END IF;
          IF body ? 'sort' THEN
            made.sort := body ->> 'sort';
            IF made.sort IS DISTINCT FROM old.sort THEN
              was := was || jsonb_build_object('sort', old.sort);
            END IF;
          END IF;
          IF body ? 'nameKey' THEN
            made.name_key := body ->> 'nameKey';
            IF made.name_key IS DISTINCT FROM old.name_key THEN
              was := was || jsonb_build_object('name_key', old.name_key);
            END IF;
          END IF;
          IF was <> '{}' THEN
            IF was ? 'name_key' AND EXISTS (SELECT FROM todo.views x WHERE x.user_id = uid AND x.name_key = made.name_key COLLATE "C" AND x.id <> old.id) THEN
              verdict := 'name';
              EXIT work;
            END IF;
            made.version := old.version + 1;
            made.updated_at := moment;
            UPDATE todo.views t SET name = made.name, filter = made.filter, sort = made.sort, name_key = made.name_key, updated_at = made.updated_at, version = made.version, seq = counter.seq
              WHERE t.user_id = uid AND t.id = old.id;
            result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
              VALUES (uid, counter.seq, ordinal, 'view', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
            ordinal := ordinal + 1;
          ELSE
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
          END IF;
        END;
      END CASE;
      IF verdict IS NOT NULL THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'TD001';
      END IF;
      results[place] := jsonb_build_array(
        result -> 'thing' -> 'id', result -> 'thing' -> 'number', result -> 'thing' -> 'version', ordinal > before
      );
      place := place + 1;
    END LOOP;
    verdict := CASE WHEN ordinal > 10000 THEN 'many' ELSE import_document.op ->> 'refuse' END;
    IF verdict IS NOT NULL THEN
      RAISE EXCEPTION 'refused' USING ERRCODE = 'TD001';
    END IF;
    IF counter.last_number <> taken.last_number OR counter.tasks <> taken.tasks OR counter.projects <> taken.projects OR counter.comments <> taken.comments OR counter.views <> taken.views THEN
      UPDATE todo.counters c SET last_number = c.last_number + counter.last_number - taken.last_number, tasks = c.tasks + counter.tasks - taken.tasks, projects = c.projects + counter.projects - taken.projects, comments = c.comments + counter.comments - taken.comments, views = c.views + counter.views - taken.views WHERE c.user_id = uid;
    END IF;
    result := jsonb_build_object('plan', import_document.op -> 'plan');
  EXCEPTION WHEN SQLSTATE 'TD001' THEN
    result := coalesce(result, '{}') || jsonb_build_object('index', place);
  END;
  IF result #> '{thing,due}' <> 'null' OR result #> '{thing,start}' <> 'null' THEN
    result := jsonb_set(result, '{thing,place}', coalesce(
      CASE WHEN counter.user_id IS NULL THEN todo.set_place(uid) ELSE counter.place END, 'null'
    ));
  END IF;
  IF counter.nested IS NOT FALSE OR result #> '{thing,blocked_by}' <> 'null' THEN
    IF result #> '{thing,id}' IS NOT NULL THEN
      result := result || jsonb_build_object('thing',
        result -> 'thing' || coalesce(todo.task_derived(uid, (result #>> '{thing,id}')::uuid), '{}'));
    END IF;
  END IF;
  IF result #> '{thing,project_id}' <> 'null' AND NOT result -> 'thing' ? 'archived' THEN
    result := jsonb_set(result, '{thing,archived}', to_jsonb(
      todo.project_obstacle(uid, (result #>> '{thing,project_id}')::uuid) IS NOT DISTINCT FROM 'archived'
    ));
  END IF;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, 'import', moment, sid, me.is_token, me.name, NULL);
    IF random() * 1024 < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, jsonb_build_object('plan', result -> 'plan') || jsonb_strip_nulls(jsonb_build_object('operation', result -> 'operation')));
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.index_tags()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    DECLARE
      tag text;
    BEGIN
      IF OLD.tags IS NOT NULL THEN
        -- One by one: no plan goes through all that have a tag.
        FOR tag IN SELECT k FROM jsonb_object_keys(OLD.tags) k LOOP
          DELETE FROM todo.task_tags x
            WHERE x.user_id = OLD.user_id AND x.name_key = tag COLLATE "C" AND x.number = OLD.number;
        END LOOP;
      END IF;
      IF TG_OP <> 'DELETE' AND NEW.tags IS NOT NULL THEN
        INSERT INTO todo.task_tags (user_id, name_key, number)
          SELECT NEW.user_id, k, NEW.number FROM jsonb_object_keys(NEW.tags) k;
      END IF;
      RETURN NULL;
    END $function$;

CREATE OR REPLACE FUNCTION todo.is_blocked(uid uuid, blockers uuid[])
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
    BEGIN
      RETURN EXISTS (SELECT FROM unnest(blockers) w(id) WHERE (SELECT o.completed_at IS NULL AND o.trashed_at IS NULL FROM todo.tasks o WHERE o.user_id = uid AND o.id = w.id));
    END $function$;

CREATE OR REPLACE FUNCTION todo.key_between(low text, high text, in_steps boolean)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO ''
AS $function$
    BEGIN
      RETURN left(low, 8) || todo.fraction_between(
        substr(low, 9), CASE WHEN left(low, 8) = left(high, 8) THEN substr(high, 9) END, in_steps
      );
    END $function$;

CREATE OR REPLACE FUNCTION todo.keys_between(low text, high text, many integer, last integer)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO ''
AS $function$
    DECLARE
      first bigint;
    BEGIN
      IF high IS NULL THEN
        high := to_hex(2147483648 + last::bigint + 1);
        low := greatest(low COLLATE "C", to_hex(2147483648 + last::bigint));
      ELSIF low IS NULL THEN
        first := least(('x' || left(high, 8))::bit(32)::bigint - 1, 2147483647);
        IF many = 1 THEN
          RETURN ARRAY[to_hex(first)];
        END IF;
        low := to_hex(first);
      END IF;
      RETURN CASE
        WHEN low COLLATE "C" >= high THEN NULL
        WHEN many = 1 THEN ARRAY[todo.key_between(low, high, true)]
        ELSE todo.keys_spread(low, high, many)
      END;
    END $function$;

CREATE OR REPLACE FUNCTION todo.keys_spread(low text, high text, many integer)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO ''
AS $function$
    DECLARE
      middle text;
    BEGIN
      IF many = 0 THEN
        RETURN '{}';
      END IF;
      middle := todo.key_between(low, high, false);
      RETURN todo.keys_spread(low, middle, many / 2) || middle || todo.keys_spread(middle, high, many - many / 2 - 1);
    END $function$;

CREATE OR REPLACE FUNCTION todo.look(watched jsonb, OUT sid uuid, OUT last bigint)
 RETURNS SETOF record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    DECLARE
      one jsonb;
    BEGIN
      FOR one IN SELECT jsonb_array_elements(watched) LOOP
        sid := (one ->> 'session')::uuid;
        BEGIN
          PERFORM todo.authenticate(sid, (one ->> 'user')::uuid);
          SELECT c.seq INTO last FROM todo.counters c WHERE c.user_id = (one ->> 'user')::uuid;
        EXCEPTION WHEN invalid_authorization_specification THEN
          last := NULL;
        END;
        RETURN NEXT;
      END LOOP;
    END $function$;

CREATE OR REPLACE FUNCTION todo.make_counter()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
    DECLARE
      asking text := current_setting('app.user_id', true);
    BEGIN
      PERFORM set_config('app.user_id', NEW."id"::text, true);
      INSERT INTO todo.counters (user_id) VALUES (NEW."id");
      INSERT INTO todo.agenda (user_id, kind, at) VALUES (NEW."id", 'record', clock_timestamp() + interval '90 days');
      PERFORM set_config('app.user_id', asking, true);
      RETURN NULL;
    END $function$;

CREATE OR REPLACE FUNCTION todo.note_fixed(uid uuid, moment timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    BEGIN
      PERFORM set_config('app.user_id', uid::text, true);
      PERFORM FROM todo.counters c WHERE c.user_id = uid FOR KEY SHARE;
      IF FOUND AND EXISTS (
        SELECT FROM todo.tasks t WHERE t.user_id = uid AND (t.start_key >= 'z' OR t.due_key >= 'z')
      ) THEN
        INSERT INTO todo.agenda (user_id, kind, at) VALUES (uid, 'zones', moment)
          ON CONFLICT (user_id, kind) DO UPDATE SET at = excluded.at;
      END IF;
    END $function$;

CREATE OR REPLACE FUNCTION todo.note_settings()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    BEGIN
      UPDATE todo.counters c SET new_first = NEW.new_tasks = 'first',
          place = jsonb_build_object('timeZone', NEW.time_zone, 'dayEndsAt', NEW.day_ends_at,
            'weekStart', NEW.week_start, 'language', NEW.language)
        WHERE c.user_id = NEW.user_id;
      RETURN NULL;
    END $function$;

CREATE OR REPLACE FUNCTION todo.note_trash()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    BEGIN
      INSERT INTO todo.agenda (user_id, kind, at) VALUES (NEW.user_id, 'trash', NEW.trashed_at + interval '30 days')
        ON CONFLICT (user_id, kind) DO NOTHING;
      RETURN NULL;
    END $function$;

CREATE OR REPLACE FUNCTION todo.open_children(uid uuid, task uuid)
 RETURNS integer
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
    BEGIN
      RETURN (SELECT count(*) FROM (
        SELECT FROM todo.tasks c WHERE c.user_id = uid AND c.parent_id >= task AND c.parent_id <= task AND c.completed_at IS NULL AND c.trashed_at IS NULL AND c.repeat IS NULL
          ORDER BY c.parent_id OFFSET 0
      ) c);
    END $function$;

CREATE OR REPLACE FUNCTION todo.project_before(uid uuid, thing todo.projects)
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
    BEGIN
      RETURN (SELECT n.id FROM (
        SELECT t.id, (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") AS key FROM todo.projects t
          WHERE t.user_id = uid AND coalesce(t.parent_id, '00000000-0000-0000-0000-000000000000'::uuid) = coalesce(thing.parent_id, '00000000-0000-0000-0000-000000000000'::uuid) AND ((coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C"), t.id) < ((coalesce(thing.position, to_hex(2147483648 + 0)) COLLATE "C"), thing.id)
          ORDER BY (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") DESC, t.id DESC LIMIT 1
      ) n);
    END $function$;

CREATE OR REPLACE FUNCTION todo.project_behind(uid uuid, thing todo.projects, place bigint, ordinal integer)
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
    DECLARE
      last record;
      gone todo.projects;
    BEGIN
      SELECT c.id, c.was INTO last FROM todo.changes c
        WHERE c.user_id = uid AND c.seq = place AND c.ordinal = project_behind.ordinal - 1;
      IF NOT coalesce(last.was ? 'behind', false) THEN
        RETURN todo.project_before(uid, thing);
      END IF;
      SELECT * INTO gone FROM todo.projects t WHERE t.user_id = uid AND t.id = last.id;
      gone := jsonb_populate_record(gone, last.was);
      IF coalesce(gone.parent_id, '00000000-0000-0000-0000-000000000000'::uuid) <> coalesce(thing.parent_id, '00000000-0000-0000-0000-000000000000'::uuid) OR ((coalesce(gone.position, to_hex(2147483648 + 0)) COLLATE "C"), gone.id) > ((coalesce(thing.position, to_hex(2147483648 + 0)) COLLATE "C"), thing.id) THEN
        RETURN todo.project_before(uid, thing);
      END IF;
      RETURN coalesce((SELECT n.id FROM (
        SELECT t.id, (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") AS key FROM todo.projects t
          WHERE t.user_id = uid AND coalesce(t.parent_id, '00000000-0000-0000-0000-000000000000'::uuid) = coalesce(thing.parent_id, '00000000-0000-0000-0000-000000000000'::uuid) AND ((coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C"), t.id) < ((coalesce(thing.position, to_hex(2147483648 + 0)) COLLATE "C"), thing.id) AND ((coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C"), t.id) > ((coalesce(gone.position, to_hex(2147483648 + 0)) COLLATE "C"), gone.id)
          ORDER BY (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") DESC, t.id DESC LIMIT 1
      ) n), (last.was ->> 'behind')::uuid);
    END $function$;

CREATE OR REPLACE FUNCTION todo.project_create(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
BEGIN
  me := todo.enter(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      IF verdict = 'replayed' THEN
      result := result || jsonb_build_object('thing', coalesce(
        (SELECT c.now FROM todo.operations o JOIN todo.changes c
          ON c.user_id = uid AND c.seq = o.seq AND c.noun = 'project' AND c.id = (result ->> 'id')::uuid
          WHERE o.user_id = uid AND o.id = (result ->> 'operation')::uuid ORDER BY c.ordinal DESC LIMIT 1),
        (SELECT to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] FROM todo.projects t WHERE t.user_id = uid AND t.id = (result ->> 'id')::uuid)
      ));
      END IF;
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3)), projects = c.projects + 1
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
  <<work>>
  DECLARE
    body jsonb := op -> 'body';
    made todo.projects;
    places record;
  BEGIN
    -- Whoever makes a thing may choose its id, and so may find it made.
    IF op ? 'creation' THEN
      SELECT * INTO made FROM todo.projects t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
      IF made.creation = decode(op ->> 'creation', 'hex') THEN
        result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      ELSIF made.id IS NOT NULL OR EXISTS (
        SELECT FROM todo.changes c WHERE c.user_id = uid AND c.noun = 'project' AND c.id = (op ->> 'id')::uuid
      ) THEN
        verdict := 'taken';
      END IF;
    END IF;
    IF result IS NULL AND verdict IS NULL AND counter.projects > 1000 THEN
      verdict := 'limit';
    END IF;
    IF result IS NOT NULL OR verdict IS NOT NULL THEN
      EXIT work;
    END IF;
    verdict := coalesce(
      CASE WHEN body ->> 'parentId' IS NOT NULL THEN todo.project_obstacle(uid, (body ->> 'parentId')::uuid) END,
      todo.project_misfit(uid, (op ->> 'id')::uuid, (body ->> 'parentId')::uuid, body ->> 'nameKey')
    );
    IF verdict IS NOT NULL THEN
      result := jsonb_build_object('path', jsonb_build_array('parentId'));
      EXIT work;
    END IF;
    made.parent_id := (body ->> 'parentId')::uuid;
    SELECT * INTO places FROM todo.project_keys(
      uid, ARRAY[(op ->> 'id')::uuid], coalesce(made.parent_id, '00000000-0000-0000-0000-000000000000'::uuid), 'last', NULL, counter, ordinal
    );
    ordinal := places.ordinal;
    body := body || jsonb_build_object('position', places.keys[1]);
    INSERT INTO todo.projects (user_id, id, name, description, parent_id, position, color, name_key, archived_at, created_at, updated_at, version, seq, creation)
      VALUES (uid, (op ->> 'id')::uuid, body ->> 'name', body ->> 'description', (body ->> 'parentId')::uuid, body ->> 'position', body ->> 'color', body ->> 'nameKey', (op ->> 'setAt')::timestamptz(3), coalesce((op ->> 'createdAt')::timestamptz(3), moment), moment, 1, counter.seq, decode(op ->> 'creation', 'hex'))
      RETURNING * INTO made;
    result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
    INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
      VALUES (uid, counter.seq, ordinal, 'project', made.id, NULL, result -> 'thing');
    ordinal := ordinal + 1;
  END;
  IF ordinal = 0 THEN
    UPDATE todo.counters c SET projects = c.projects - 1 WHERE c.user_id = uid;
  END IF;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, 'project.create', moment, sid, me.is_token, me.name, NULL);
    IF random() * 1024 < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, jsonb_strip_nulls(jsonb_build_object('operation', result -> 'operation', 'id', result -> 'thing' -> 'id')));
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.project_displaced(uid uuid, thing uuid, since bigint)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
    BEGIN
      RETURN EXISTS (
        SELECT FROM (SELECT x.ctid, x.* FROM todo.changes x WHERE x.user_id = uid AND x.noun = 'project' AND x.id >= thing AND x.id <= thing
          ORDER BY x.id OFFSET 0) c WHERE c.seq >= since AND c.was ? 'position' AND NOT c.was ? 'version'
      ) OR EXISTS (
        SELECT FROM (SELECT x.ctid, x.* FROM todo.changes x WHERE x.user_id = uid AND x.noun = 'project' AND x.id >= thing AND x.id <= thing
          ORDER BY x.id OFFSET 0) c, LATERAL (
          SELECT * FROM todo.operations o WHERE o.user_id = uid AND o.seq = c.seq OFFSET 0
        ) o WHERE c.seq > since AND (c.was IS NULL OR c.was ? 'position' AND c.was ? 'version') AND o.kind <> 'undo' AND o.undone_by IS NULL
      );
    END $function$;

CREATE OR REPLACE FUNCTION todo.project_keys(uid uuid, moving uuid[], wanted uuid, side text, anchor uuid, counter todo.counters, INOUT ordinal integer, OUT keys text[])
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    DECLARE
      many constant integer := cardinality(moving);
      run integer := 32;
      mark record;
      low record;
      high record;
      below uuid[];
      above uuid[];
      given jsonb;
    BEGIN
      IF anchor IS NOT NULL THEN
        SELECT t.id, (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") AS key INTO mark FROM todo.projects t WHERE t.user_id = uid AND t.id = anchor;
      END IF;
      CASE side
        WHEN 'after' THEN
          low := mark;
          SELECT t.id, (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") AS key FROM todo.projects t
            WHERE t.user_id = uid AND coalesce(t.parent_id, '00000000-0000-0000-0000-000000000000'::uuid) = wanted AND ((coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C"), t.id) > (mark.key, mark.id) AND t.id <> ALL (moving)
            ORDER BY (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C"), t.id LIMIT 1 INTO high;
        WHEN 'before' THEN
          high := mark;
          SELECT t.id, (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") AS key FROM todo.projects t
            WHERE t.user_id = uid AND coalesce(t.parent_id, '00000000-0000-0000-0000-000000000000'::uuid) = wanted AND ((coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C"), t.id) < (mark.key, mark.id) AND t.id <> ALL (moving)
            ORDER BY (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") DESC, t.id DESC LIMIT 1 INTO low;
        WHEN 'first' THEN
          SELECT NULL::uuid AS id, NULL::text AS key INTO low;
          SELECT t.id, (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") AS key FROM todo.projects t
            WHERE t.user_id = uid AND coalesce(t.parent_id, '00000000-0000-0000-0000-000000000000'::uuid) = wanted AND t.id <> ALL (moving)
            ORDER BY (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C"), t.id LIMIT 1 INTO high;
        ELSE
          SELECT t.id, (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") AS key FROM todo.projects t
            WHERE t.user_id = uid AND coalesce(t.parent_id, '00000000-0000-0000-0000-000000000000'::uuid) = wanted AND t.id <> ALL (moving)
            ORDER BY (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") DESC, t.id DESC LIMIT 1 INTO low;
          SELECT NULL::uuid AS id, NULL::text AS key INTO high;
      END CASE;
      keys := todo.keys_between(low.key, high.key, many, counter.last_number);
      IF (SELECT max(length(k)) <= 24 FROM unnest(keys) k) THEN
        RETURN;
      END IF;
      LOOP
        below := CASE WHEN low.id IS NULL THEN '{}' ELSE low.id || ARRAY(SELECT b.id FROM (
          SELECT t.id, (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") AS key FROM todo.projects t
            WHERE t.user_id = uid AND coalesce(t.parent_id, '00000000-0000-0000-0000-000000000000'::uuid) = wanted AND ((coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C"), t.id) < (low.key, low.id) AND t.id <> ALL (moving)
            ORDER BY (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") DESC, t.id DESC LIMIT (run / 2 - 1)
        ) b) END;
        above := CASE WHEN high.id IS NULL THEN '{}' ELSE high.id || ARRAY(SELECT a.id FROM (
          SELECT t.id, (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") AS key FROM todo.projects t
            WHERE t.user_id = uid AND coalesce(t.parent_id, '00000000-0000-0000-0000-000000000000'::uuid) = wanted AND ((coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C"), t.id) > (high.key, high.id) AND t.id <> ALL (moving)
            ORDER BY (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C"), t.id LIMIT (run / 2 - 1)
        ) a) END;
        keys := todo.keys_between(
          (SELECT e.key FROM todo.projects l, LATERAL (
            SELECT t.id, (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") AS key FROM todo.projects t
              WHERE t.user_id = uid AND coalesce(t.parent_id, '00000000-0000-0000-0000-000000000000'::uuid) = wanted AND ((coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C"), t.id) < ((coalesce(l.position, to_hex(2147483648 + 0)) COLLATE "C"), l.id) AND t.id <> ALL (moving)
              ORDER BY (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") DESC, t.id DESC LIMIT 1
          ) e WHERE l.user_id = uid AND l.id = below[cardinality(below)]),
          (SELECT e.key FROM todo.projects l, LATERAL (
            SELECT t.id, (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") AS key FROM todo.projects t
              WHERE t.user_id = uid AND coalesce(t.parent_id, '00000000-0000-0000-0000-000000000000'::uuid) = wanted AND ((coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C"), t.id) > ((coalesce(l.position, to_hex(2147483648 + 0)) COLLATE "C"), l.id) AND t.id <> ALL (moving)
              ORDER BY (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C"), t.id LIMIT 1
          ) e WHERE l.user_id = uid AND l.id = above[cardinality(above)]),
          cardinality(below) + many + cardinality(above), counter.last_number
        );
        EXIT WHEN (SELECT max(length(k)) <= 16 FROM unnest(keys) k)
          OR cardinality(below) < run / 2 AND cardinality(above) < run / 2;
        run := run * 2;
      END LOOP;
      given := jsonb_object((below || above)::text[], ARRAY(
        SELECT keys[CASE WHEN n <= cardinality(below) THEN cardinality(below) + 1 - n ELSE many + n END]
          FROM generate_series(1, cardinality(below || above)) n ORDER BY n
      ));
      DECLARE
        one todo.projects;
        changed todo.projects;
      BEGIN
        FOR one IN
          SELECT t.* FROM unnest(below || above) u(id), LATERAL (
            SELECT * FROM todo.projects x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
          ) t
        LOOP
          UPDATE todo.projects t SET position = given ->> t.id::text, seq = counter.seq
            WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
            uid, counter.seq, ordinal, 'project', one.id,
            jsonb_build_object('position', one.position),
            to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
          );
          ordinal := ordinal + 1;
        END LOOP;
      END;
      keys := keys[cardinality(below) + 1:cardinality(below) + many];
    END $function$;

CREATE OR REPLACE FUNCTION todo.project_last(uid uuid, wanted uuid)
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
    BEGIN
      RETURN (SELECT n.id FROM (
        SELECT t.id, (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") AS key FROM todo.projects t
          WHERE t.user_id = uid AND coalesce(t.parent_id, '00000000-0000-0000-0000-000000000000'::uuid) = wanted
          ORDER BY (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") DESC, t.id DESC LIMIT 1
      ) n);
    END $function$;

CREATE OR REPLACE FUNCTION todo.project_misfit(uid uuid, project uuid, parent uuid, key text)
 RETURNS text
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
    DECLARE
      above uuid := parent;
      levels integer := 0;
    BEGIN
      WHILE above IS NOT NULL AND levels < 16 LOOP
        IF above = project THEN
          RETURN 'cycle';
        END IF;
        levels := levels + 1;
        SELECT p.parent_id INTO above FROM todo.projects p WHERE p.user_id = uid AND p.id = above;
        IF NOT FOUND THEN
          RETURN 'reference';
        END IF;
      END LOOP;
      IF levels + 1 + (SELECT max(b.depth) FROM todo.projects_below(uid, project) b) > 8 THEN
        RETURN 'depth';
      END IF;
      IF EXISTS (
        SELECT FROM todo.projects p WHERE p.user_id = uid AND p.parent_id IS NOT DISTINCT FROM parent
          AND p.name_key = key COLLATE "C" AND p.id <> project
      ) THEN
        RETURN 'name';
      END IF;
      RETURN NULL;
    END $function$;

CREATE OR REPLACE FUNCTION todo.project_move(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
BEGIN
  me := todo.enter(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3))
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
  <<work>>
  DECLARE
    body jsonb := op -> 'body';
    ids uuid[] := todo.uuids(body -> 'ids');
    side text := CASE WHEN body ? 'before' THEN 'before' WHEN body ? 'after' THEN 'after' ELSE coalesce(body ->> 'at', 'last') END;
    anchor todo.projects;
    old todo.projects;
    made todo.projects;
    target todo.projects;
    was jsonb;
    places record;
    previous uuid;
    stays boolean;
    place integer := 0;
    moved jsonb := '[]';
  BEGIN
    -- Who stands where: what is named has to be there.
    IF body ? 'before' OR body ? 'after' THEN
      SELECT * INTO anchor FROM todo.projects t WHERE t.user_id = uid AND t.id = (body ->> side)::uuid;
      IF NOT FOUND OR anchor.id = ANY (ids) THEN
        verdict := 'reference';
        result := jsonb_build_object('path', jsonb_build_array(side));
        EXIT work;
      END IF;
    END IF;
    place := (SELECT m.place - 1 FROM unnest(ids) WITH ORDINALITY m(id, place)
      WHERE (SELECT true FROM todo.projects t WHERE t.user_id = uid AND t.id = m.id) IS NOT TRUE
      ORDER BY m.place LIMIT 1);
    IF place IS NOT NULL THEN
      verdict := 'reference';
      result := jsonb_build_object('path', jsonb_build_array('ids', place));
      EXIT work;
    END IF;
    SELECT * INTO target FROM todo.projects t WHERE t.user_id = uid AND t.id = ids[1];
    IF anchor.id IS NOT NULL THEN
      target.parent_id := anchor.parent_id;
    ELSIF body ? 'parentId' THEN
      target.parent_id := (body ->> 'parentId')::uuid;
    END IF;
    FOR old IN SELECT t.* FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
          SELECT * FROM todo.projects x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
        ) t WHERE t.parent_id IS DISTINCT FROM target.parent_id ORDER BY m.place
    LOOP
      verdict := coalesce(
        CASE WHEN target.parent_id IS NOT NULL THEN todo.project_obstacle(uid, target.parent_id) END,
        todo.project_misfit(uid, old.id, target.parent_id, old.name_key),
        CASE WHEN EXISTS (
          SELECT FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
          SELECT * FROM todo.projects x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
        ) t WHERE t.id <> old.id AND t.name_key = old.name_key
        ) THEN 'name' END
      );
      IF verdict IS NOT NULL THEN
        result := jsonb_build_object('path', jsonb_build_array(CASE WHEN anchor.id IS NULL THEN 'parentId' ELSE side END));
        EXIT work;
      END IF;
    END LOOP;
    -- Whether all stand there already, one behind the other.
    stays := NOT EXISTS (SELECT FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
      SELECT * FROM todo.projects x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
    ) t WHERE t.parent_id IS DISTINCT FROM target.parent_id);
    IF stays THEN
      previous := CASE side
        WHEN 'after' THEN anchor.id
        WHEN 'before' THEN todo.project_before(uid, anchor)
        WHEN 'last' THEN todo.project_last(uid, coalesce(target.parent_id, '00000000-0000-0000-0000-000000000000'::uuid))
      END;
      IF side IN ('before', 'last') THEN
        stays := (previous = ids[cardinality(ids)]) IS TRUE;
        SELECT * INTO old FROM todo.projects t WHERE t.user_id = uid AND t.id = ids[1];
        previous := todo.project_before(uid, old);
      END IF;
      FOR old IN SELECT t.* FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
      SELECT * FROM todo.projects x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
    ) t WHERE stays ORDER BY m.place
      LOOP
        stays := stays AND todo.project_before(uid, old) IS NOT DISTINCT FROM previous;
        previous := old.id;
      END LOOP;
    END IF;
    IF stays THEN
      result := (SELECT jsonb_build_object('items', jsonb_agg(jsonb_build_object('id', t.id, 'parent_id', t.parent_id, 'position', t.position, 'version', t.version) ORDER BY m.place),
        'thing', (jsonb_agg(to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] ORDER BY m.place)) -> 0) FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
      SELECT * FROM todo.projects x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
    ) t);
      EXIT work;
    END IF;
    made := target;
    IF ordinal + cardinality(ids) > 10000 THEN
      verdict := 'many';
      EXIT work;
    ELSIF cardinality(ids) > (op ->> 'most')::integer THEN
      verdict := 'long';
      EXIT work;
    END IF;
    SELECT * INTO places FROM todo.project_keys(uid, ids, coalesce(target.parent_id, '00000000-0000-0000-0000-000000000000'::uuid), side, anchor.id, counter, ordinal);
    ordinal := places.ordinal;
    -- What stood before each of them is of the time before all.
    moved := (SELECT jsonb_agg(jsonb_build_array(m.id, todo.project_before(uid, t)) ORDER BY m.place) FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
      SELECT * FROM todo.projects x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
    ) t);
    FOR place IN 1 .. cardinality(ids) LOOP
      SELECT * INTO old FROM todo.projects t WHERE t.user_id = uid AND t.id = ids[place];
      made := old;
      made.position := places.keys[place];
      was := jsonb_build_object('position', old.position, 'behind', moved -> (place - 1) -> 1);
      made.parent_id := target.parent_id;
      IF made.parent_id IS DISTINCT FROM old.parent_id THEN
        was := was || jsonb_build_object('parent_id', old.parent_id);
      END IF;
      made.version := old.version + 1;
      made.updated_at := moment;
      UPDATE todo.projects t SET position = made.position, parent_id = made.parent_id, updated_at = made.updated_at, version = made.version, seq = counter.seq
        WHERE t.user_id = uid AND t.id = old.id;
      result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
        VALUES (uid, counter.seq, ordinal, 'project', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
      ordinal := ordinal + 1;
      moved := jsonb_set(moved, ARRAY[(place - 1)::text], jsonb_build_object('id', made.id, 'parent_id', made.parent_id, 'position', made.position, 'version', made.version));
    END LOOP;
    result := jsonb_build_object('items', moved, 'thing', (
      SELECT to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] FROM todo.projects t WHERE t.user_id = uid AND t.id = ids[1]
    ));
  END;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, 'project.move', moment, sid, me.is_token, me.name, NULL);
    IF random() * 1024 < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, result - 'thing');
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.project_moved(uid uuid, thing uuid, since bigint)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
    BEGIN
      RETURN NOT EXISTS (
        SELECT FROM (SELECT x.ctid, x.* FROM todo.changes x WHERE x.user_id = uid AND x.noun = 'project' AND x.id >= thing AND x.id <= thing
          ORDER BY x.id OFFSET 0) c WHERE c.seq >= since AND c.was ? 'position' AND NOT c.was ? 'version'
      ) OR EXISTS (
        SELECT FROM (SELECT x.ctid, x.* FROM todo.changes x WHERE x.user_id = uid AND x.noun = 'project' AND x.id >= thing AND x.id <= thing
          ORDER BY x.id OFFSET 0) c, LATERAL (
          SELECT * FROM todo.operations o WHERE o.user_id = uid AND o.seq = c.seq OFFSET 0
        ) o WHERE c.seq > since AND c.was ? 'position' AND c.was ? 'version' AND o.kind <> 'undo' AND o.undone_by IS NULL
      );
    END $function$;

CREATE OR REPLACE FUNCTION todo.project_obstacle(uid uuid, project uuid, since timestamp with time zone DEFAULT '-infinity'::timestamp with time zone)
 RETURNS text
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
    DECLARE
      archived timestamptz;
      above uuid := project;
    BEGIN
      FOR level IN 1..16 LOOP
        SELECT p.parent_id, p.archived_at INTO above, archived FROM todo.projects p WHERE p.user_id = uid AND p.id = above;
        IF NOT FOUND THEN
          RETURN 'reference';
        ELSIF archived > since THEN
          RETURN 'archived';
        END IF;
        EXIT WHEN above IS NULL;
      END LOOP;
      RETURN NULL;
    END $function$;

CREATE OR REPLACE FUNCTION todo.project_remove(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
BEGIN
  me := todo.enter(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3))
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
  <<work>>
  DECLARE
    old todo.projects;
    target uuid := (op ->> 'to')::uuid;
    below uuid[];
    held integer;
    heads uuid[];
    places record;
    keys jsonb := '{}';
  BEGIN
    SELECT * INTO old FROM todo.projects t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
    IF NOT FOUND THEN
      verdict := 'absent';
      EXIT work;
    END IF;
    IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
      verdict := 'changed';
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      EXIT work;
    END IF;
    below := ARRAY(SELECT b.id FROM todo.projects_below(uid, old.id) b WHERE b.depth > 0 ORDER BY b.depth, b.id);
    held := (
      SELECT count(*) FROM todo.tasks t WHERE t.user_id = uid AND t.project_id = ANY (below || old.id) AND t.trashed_at IS NULL
    );
    IF op ->> 'contents' IS NULL THEN
      IF held > 0 OR cardinality(below) > 0 THEN
        verdict := 'not_empty';
        result := jsonb_build_object('tasks', held, 'projects', cardinality(below));
      END IF;
    ELSIF ordinal + held + cardinality(below) + 1 > 10000 THEN
      verdict := 'limit';
    ELSIF held + cardinality(below) + 1 > (op ->> 'most')::integer THEN
      verdict := 'long';
    ELSIF op ->> 'contents' = 'move' AND target IS NOT NULL THEN
      verdict := CASE WHEN target = ANY (below || old.id) THEN 'cycle' ELSE todo.project_obstacle(uid, target) END;
    END IF;
    IF verdict IS NULL AND op ->> 'contents' = 'move' THEN
      verdict := (
        SELECT x.misfit FROM (
          SELECT todo.project_misfit(uid, p.id, target, p.name_key) AS misfit
            FROM todo.projects p WHERE p.user_id = uid AND p.parent_id = old.id
        ) x WHERE x.misfit IS NOT NULL LIMIT 1
      );
    END IF;
    IF verdict IS NOT NULL THEN
      result := coalesce(result, '{}') || '{"path": ["to"]}';
      EXIT work;
    END IF;
    IF op ->> 'contents' = 'trash' THEN
    DECLARE
      one todo.tasks;
      changed todo.tasks;
    BEGIN
      FOR one IN
        SELECT t.* FROM todo.tasks t WHERE t.user_id = uid AND t.trashed_at IS NULL AND t.project_id = ANY (below || old.id) ORDER BY t.number
      LOOP
        UPDATE todo.tasks t SET trashed_at = moment, updated_at = moment, version = t.version + 1, seq = counter.seq
          WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
        INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
          uid, counter.seq, ordinal, 'task', one.id,
          jsonb_build_object('trashed_at', one.trashed_at, 'version', one.version, 'updated_at', one.updated_at),
          to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
        );
        ordinal := ordinal + 1;
      END LOOP;
    END;
      WITH gone AS (
        DELETE FROM todo.projects p WHERE p.user_id = uid AND p.id = ANY (below)
          RETURNING p.id, array_position(below, p.id) AS place, to_jsonb(p) AS was
      )
      INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was)
        SELECT uid, counter.seq, ordinal + cardinality(below) - g.place, 'project', g.id, g.was FROM gone g;
      ordinal := ordinal + cardinality(below);
      UPDATE todo.counters c SET projects = c.projects - cardinality(below) WHERE c.user_id = uid;
    ELSIF op ->> 'contents' = 'move' THEN
      -- What is below another keeps its place; the others stand behind what there is, in their order.
      heads := ARRAY(
        SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = old.id AND t.number > 0 AND t.trashed_at IS NULL
          ORDER BY (coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C"), t.id
      );
      IF heads <> '{}' THEN
        SELECT * INTO places FROM todo.task_keys(
          uid, heads, coalesce(target, '00000000-0000-0000-0000-000000000000'::uuid), 'last', NULL, counter, ordinal
        );
        ordinal := places.ordinal;
        keys := jsonb_object(heads::text[], places.keys);
      END IF;
    DECLARE
      one todo.tasks;
      changed todo.tasks;
    BEGIN
      FOR one IN
        SELECT t.* FROM todo.tasks t WHERE t.user_id = uid AND t.trashed_at IS NULL AND t.project_id = old.id ORDER BY t.number
      LOOP
        UPDATE todo.tasks t SET project_id = target, position = coalesce(keys ->> t.id::text, t.position), updated_at = moment, version = t.version + 1, seq = counter.seq
          WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
        INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
          uid, counter.seq, ordinal, 'task', one.id,
          jsonb_build_object('project_id', one.project_id, 'position', one.position, 'version', one.version, 'updated_at', one.updated_at),
          to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
        );
        ordinal := ordinal + 1;
      END LOOP;
    END;
      -- So do the projects below it.
      heads := ARRAY(
        SELECT t.id FROM todo.projects t WHERE t.user_id = uid AND t.parent_id = old.id ORDER BY (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C"), t.id
      );
      IF heads <> '{}' THEN
        SELECT * INTO places FROM todo.project_keys(
          uid, heads, coalesce(target, '00000000-0000-0000-0000-000000000000'::uuid), 'last', NULL, counter, ordinal
        );
        ordinal := places.ordinal;
        keys := jsonb_object(heads::text[], places.keys);
        DECLARE
          one todo.projects;
          changed todo.projects;
        BEGIN
          FOR one IN
            SELECT t.* FROM unnest(heads) u(id), LATERAL (
              SELECT * FROM todo.projects x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
            ) t
          LOOP
            UPDATE todo.projects t SET parent_id = target, position = keys ->> t.id::text, updated_at = moment, version = t.version + 1, seq = counter.seq
              WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
              uid, counter.seq, ordinal, 'project', one.id,
              jsonb_build_object('parent_id', one.parent_id, 'position', one.position, 'version', one.version, 'updated_at', one.updated_at),
              to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
            );
            ordinal := ordinal + 1;
          END LOOP;
        END;
      END IF;
    END IF;
    DELETE FROM todo.projects t WHERE t.user_id = uid AND t.id = old.id;
    UPDATE todo.counters c SET projects = c.projects - 1 WHERE c.user_id = uid;
    INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
      VALUES (uid, counter.seq, ordinal, 'project', old.id, to_jsonb(old), NULL);
    ordinal := ordinal + 1;
    result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
  END;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, 'project.remove', moment, sid, me.is_token, me.name, NULL);
    IF random() * 1024 < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, jsonb_strip_nulls(jsonb_build_object('operation', result -> 'operation', 'id', result -> 'thing' -> 'id')));
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.project_settle(uid uuid, undone bigint, counter todo.counters, ordinal integer)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    DECLARE
      moved record;
      thing todo.projects;
      own_key text;
      actual uuid;
      wanted uuid;
      settled uuid[] := '{}';
      places record;
    BEGIN
      FOR moved IN
        SELECT t.id, left_place.was ? 'behind' AS stood, (left_place.was ->> 'behind')::uuid AS behind
          FROM (SELECT DISTINCT c.id FROM todo.changes c
            WHERE c.user_id = uid AND c.seq = counter.seq AND c.noun = 'project' AND c.now IS NOT NULL
              AND (c.was IS NULL OR c.was ? 'position')) u
          JOIN LATERAL (SELECT * FROM todo.projects x WHERE x.user_id = uid AND x.id = u.id OFFSET 0) t ON true
          LEFT JOIN LATERAL (SELECT c.was FROM (
              SELECT x.ctid, x.* FROM todo.changes x WHERE x.user_id = uid AND x.noun = 'project' AND x.id >= u.id AND x.id <= u.id
          ORDER BY x.id OFFSET 0
            ) c WHERE c.seq = undone AND c.was ? 'behind' ORDER BY c.ordinal LIMIT 1) left_place ON true
          ORDER BY (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C"), t.id
      LOOP
        SELECT * INTO thing FROM todo.projects t WHERE t.user_id = uid AND t.id = moved.id;
        own_key := (coalesce(thing.position, to_hex(2147483648 + 0)) COLLATE "C");
        actual := todo.project_before(uid, thing);
        wanted := CASE WHEN moved.stood AND (moved.behind IS NULL OR EXISTS (
          SELECT FROM (SELECT * FROM todo.projects x WHERE x.user_id = uid AND x.id = moved.behind OFFSET 0) t WHERE coalesce(t.parent_id, '00000000-0000-0000-0000-000000000000'::uuid) = coalesce(thing.parent_id, '00000000-0000-0000-0000-000000000000'::uuid)
        )) THEN moved.behind ELSE actual END;
        -- Where nothing of that has another place since, its key is right: beside it is what the operation has moved, too.
        IF wanted IS DISTINCT FROM actual AND NOT (
          wanted = ANY (settled) IS TRUE OR actual = ANY (settled) IS TRUE
          OR todo.project_displaced(uid, wanted, undone) OR todo.project_displaced(uid, actual, undone)
        ) THEN
          wanted := actual;
        END IF;
        CONTINUE WHEN wanted IS NOT DISTINCT FROM actual AND NOT EXISTS (
          SELECT FROM todo.projects t WHERE t.user_id = uid AND coalesce(t.parent_id, '00000000-0000-0000-0000-000000000000'::uuid) = coalesce(thing.parent_id, '00000000-0000-0000-0000-000000000000'::uuid) AND (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") = own_key AND t.id <> thing.id
        );
        SELECT * INTO places FROM todo.project_keys(
          uid, ARRAY[thing.id], coalesce(thing.parent_id, '00000000-0000-0000-0000-000000000000'::uuid), CASE WHEN wanted IS NULL THEN 'first' ELSE 'after' END, wanted, counter, ordinal
        );
        ordinal := places.ordinal;
        settled := settled || thing.id;
        UPDATE todo.projects t SET position = places.keys[1] WHERE t.user_id = uid AND t.id = thing.id;
        UPDATE todo.changes c SET now = c.now || jsonb_build_object('position', places.keys[1])
          WHERE c.user_id = uid AND c.ctid = ANY (ARRAY(
            SELECT n.ctid FROM (SELECT x.ctid, x.* FROM todo.changes x WHERE x.user_id = uid AND x.noun = 'project' AND x.id >= thing.id AND x.id <= thing.id
          ORDER BY x.id OFFSET 0) n WHERE n.seq = counter.seq AND n.now IS NOT NULL
          ));
      END LOOP;
      RETURN ordinal;
    END $function$;

CREATE OR REPLACE FUNCTION todo.project_undo(uid uuid, undone bigint, first integer, last integer, counter todo.counters, moment timestamp with time zone, place integer, excluded jsonb, OUT done integer, OUT taken integer, OUT obstacles jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
DECLARE
  u record;
  hindrances jsonb[] := '{}';
BEGIN
  done := 0;
  taken := 0;
  FOR u IN
    WITH seen AS (
      SELECT c.ordinal, c.id, c.was, c.now, t.old, CASE
          WHEN excluded ? c.id::text THEN excluded ->> c.id::text
          -- It took the thing away; where nothing is left of it, the thing was deleted for good.
          WHEN c.now IS NULL THEN CASE WHEN c.was IS NULL THEN 'gone' WHEN t.id IS NOT NULL THEN 'taken' END
          WHEN t.id IS NULL THEN 'gone'
          WHEN (c.was IS NULL OR c.was ? 'name') AND t.name IS DISTINCT FROM left_then.name
            OR (c.was IS NULL OR c.was ? 'description') AND t.description IS DISTINCT FROM left_then.description
            OR (c.was IS NULL OR c.was ? 'parent_id') AND t.parent_id IS DISTINCT FROM left_then.parent_id
            OR (c.was IS NULL OR c.was ? 'position') AND t.position IS DISTINCT FROM left_then.position AND todo.project_moved(uid, c.id, undone)
            OR (c.was IS NULL OR c.was ? 'color') AND t.color IS DISTINCT FROM left_then.color
            OR (c.was IS NULL OR c.was ? 'archived_at') AND t.archived_at IS DISTINCT FROM left_then.archived_at
            OR (c.was IS NULL OR c.was ? 'created_at') AND t.created_at IS DISTINCT FROM left_then.created_at THEN 'changed'
        END AS reason
        FROM todo.changes c LEFT JOIN LATERAL (
          SELECT x AS old, x.* FROM todo.projects x WHERE x.user_id = uid AND x.id = c.id OFFSET 0
        ) t ON true,
          jsonb_populate_record(NULL::todo.projects, c.now) left_then
        WHERE c.user_id = uid AND c.seq = undone AND c.ordinal BETWEEN last AND first
          AND (c.was IS NULL OR c.now IS NULL OR c.was ? 'version')
    ), judged AS (
      SELECT s.*, row_number() OVER (PARTITION BY s.reason IS NULL ORDER BY s.ordinal DESC)::integer AS nth FROM seen s
    )
    SELECT j.id, made, j.was IS NULL AS takes, j.now IS NULL AS inserts,
        coalesce(j.reason, CASE WHEN j.now IS NULL AND counter.projects + j.nth > 1000 THEN 'limit' END,
          CASE WHEN j.was IS NOT NULL THEN CASE coalesce(
            CASE WHEN j.was ? 'parent_id' AND made.parent_id IS NOT NULL
              THEN todo.project_obstacle(uid, made.parent_id, (SELECT o.at FROM todo.operations o WHERE o.user_id = uid AND o.seq = undone)) END,
            todo.project_misfit(uid, j.id, made.parent_id, made.name_key)
          ) WHEN 'reference' THEN 'project_gone' WHEN 'archived' THEN 'project_archived' WHEN 'name' THEN 'taken'
            WHEN 'depth' THEN 'limit' WHEN 'cycle' THEN 'cycle' END ELSE CASE WHEN EXISTS (
            SELECT FROM todo.tasks x WHERE x.user_id = uid AND x.project_id = j.id AND x.trashed_at IS NULL
          ) OR EXISTS (SELECT FROM todo.projects x WHERE x.user_id = uid AND x.parent_id = j.id) THEN 'referred' END END) AS reason,
        CASE WHEN j.was IS NULL THEN to_jsonb(j.old) WHEN j.now IS NOT NULL THEN
          (SELECT jsonb_object_agg(m.member, o.thing -> m.member) FROM jsonb_object_keys(j.was) m(member), to_jsonb(j.old) o(thing))
          || CASE WHEN j.was ? 'behind' THEN jsonb_build_object('behind', todo.project_before(uid, j.old)) ELSE '{}' END
        END AS was
      FROM judged j, jsonb_populate_record(j.old, j.was || jsonb_build_object(
        'version', coalesce((j.old).version, (j.was ->> 'version')::integer) + 1, 'updated_at', moment, 'seq', counter.seq
      )) made
      ORDER BY j.ordinal DESC
  LOOP
    IF u.reason IS NOT NULL THEN
      hindrances := hindrances || jsonb_build_object('noun', 'project', 'id', u.id, 'reason', u.reason);
      CONTINUE;
    END IF;
    DECLARE
      made todo.projects := u.made;
    BEGIN
      IF u.takes THEN
        DELETE FROM todo.projects t WHERE t.user_id = uid AND t.id = u.id;
        taken := taken + 1;
      ELSIF u.inserts THEN
        INSERT INTO todo.projects SELECT made.*;
        taken := taken - 1;
      ELSE
        UPDATE todo.projects t SET name = made.name, description = made.description, parent_id = made.parent_id, position = made.position, color = made.color, archived_at = made.archived_at, created_at = made.created_at, updated_at = made.updated_at, version = made.version, name_key = made.name_key, seq = counter.seq
          WHERE t.user_id = uid AND t.id = u.id;
      END IF;
      INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
        VALUES (uid, counter.seq, place + done, 'project', u.id, u.was, CASE WHEN NOT u.takes THEN to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] END);
      done := done + 1;
    END;
  END LOOP;
  obstacles := to_jsonb(hindrances);
END $function$;

CREATE OR REPLACE FUNCTION todo.project_update(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
BEGIN
  me := todo.enter(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      IF verdict = 'replayed' THEN
      result := result || jsonb_build_object('thing', coalesce(
        (SELECT c.now FROM todo.operations o JOIN todo.changes c
          ON c.user_id = uid AND c.seq = o.seq AND c.noun = 'project' AND c.id = (result ->> 'id')::uuid
          WHERE o.user_id = uid AND o.id = (result ->> 'operation')::uuid ORDER BY c.ordinal DESC LIMIT 1),
        (SELECT to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] FROM todo.projects t WHERE t.user_id = uid AND t.id = (result ->> 'id')::uuid)
      ));
      END IF;
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3))
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
  <<work>>
  DECLARE
    body jsonb := op -> 'body';
    old todo.projects;
    made todo.projects;
    was jsonb := '{}';
    places record;
  BEGIN
    SELECT * INTO old FROM todo.projects t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
    IF NOT FOUND THEN
      verdict := 'absent';
      EXIT work;
    END IF;
    IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
      verdict := 'changed';
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      EXIT work;
    END IF;
    made := old;
    IF body ?| '{name,description,parentId,color}' THEN
      IF body ? 'name' THEN
        made.name := body ->> 'name';
        IF made.name IS DISTINCT FROM old.name THEN
          was := was || jsonb_build_object('name', old.name);
        END IF;
      END IF;
      IF body ? 'description' THEN
        made.description := body ->> 'description';
        IF made.description IS DISTINCT FROM old.description THEN
          was := was || jsonb_build_object('description', old.description);
        END IF;
      END IF;
      IF body ? 'parentId' THEN
        made.parent_id := (body ->> 'parentId')::uuid;
        IF made.parent_id IS DISTINCT FROM old.parent_id THEN
          was := was || jsonb_build_object('parent_id', old.parent_id);
        END IF;
      END IF;
      IF body ? 'color' THEN
        made.color := body ->> 'color';
        IF made.color IS DISTINCT FROM old.color THEN
          was := was || jsonb_build_object('color', old.color);
        END IF;
      END IF;
    END IF;
    IF body ? 'archived' THEN
      made.archived_at := CASE WHEN (body ->> 'archived')::boolean THEN
        coalesce(old.archived_at, (op ->> 'setAt')::timestamptz(3), moment) END;
      IF made.archived_at IS DISTINCT FROM old.archived_at THEN
        was := was || jsonb_build_object('archived_at', old.archived_at);
      END IF;
    END IF;
    IF body ? 'nameKey' THEN
      made.name_key := body ->> 'nameKey';
      IF made.name_key IS DISTINCT FROM old.name_key THEN
        was := was || jsonb_build_object('name_key', old.name_key);
      END IF;
    END IF;
    IF was <> '{}' THEN
      IF was ? 'parent_id' OR was ? 'name_key' THEN
        verdict := coalesce(
          CASE WHEN was ? 'parent_id' AND made.parent_id IS NOT NULL THEN todo.project_obstacle(uid, made.parent_id) END,
          todo.project_misfit(uid, old.id, made.parent_id, made.name_key)
        );
        IF verdict IS NOT NULL THEN
          result := jsonb_build_object('path', jsonb_build_array('parentId'));
          EXIT work;
        END IF;
      END IF;
      IF was ? 'parent_id' THEN
        was := was || jsonb_build_object('position', old.position, 'behind', todo.project_behind(uid, old, counter.seq, ordinal));
        SELECT * INTO places FROM todo.project_keys(uid, ARRAY[old.id], coalesce(made.parent_id, '00000000-0000-0000-0000-000000000000'::uuid), 'last', NULL, counter, ordinal);
        ordinal := places.ordinal;
        made.position := places.keys[1];
      END IF;
      made.version := old.version + 1;
      made.updated_at := moment;
      IF was - '{archived_at}'::text[] = '{}' THEN
        UPDATE todo.projects t SET archived_at = made.archived_at, updated_at = made.updated_at, version = made.version, seq = counter.seq
          WHERE t.user_id = uid AND t.id = old.id;
      ELSE
        UPDATE todo.projects t SET name = made.name, description = made.description, parent_id = made.parent_id, color = made.color, archived_at = made.archived_at, name_key = made.name_key, position = made.position, updated_at = made.updated_at, version = made.version, seq = counter.seq
          WHERE t.user_id = uid AND t.id = old.id;
      END IF;
      result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
        VALUES (uid, counter.seq, ordinal, 'project', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
      ordinal := ordinal + 1;
    ELSE
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
    END IF;
  END;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, 'project.update', moment, sid, me.is_token, me.name, NULL);
    IF random() * 1024 < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, jsonb_strip_nulls(jsonb_build_object('operation', result -> 'operation', 'id', result -> 'thing' -> 'id')));
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.projects_below(uid uuid, project uuid)
 RETURNS TABLE(id uuid, depth integer)
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
      WITH RECURSIVE below AS (
        SELECT project AS id, 0 AS depth
        UNION ALL
        SELECT p.id, b.depth + 1 FROM below b JOIN todo.projects p ON p.user_id = uid AND p.parent_id = b.id
          WHERE b.depth < 16
      )
      SELECT b.id, b.depth FROM below b
    $function$;

CREATE OR REPLACE FUNCTION todo.recall(uid uuid, wanted_key text, wanted_fingerprint bytea, OUT verdict text, OUT answer jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    DECLARE
      kept todo.idempotency_keys;
    BEGIN
      IF NOT pg_try_advisory_xact_lock(hashtextextended(uid::text || wanted_key, 0)) THEN
        verdict := 'in_flight';
        RETURN;
      END IF;
      SELECT * INTO kept FROM todo.idempotency_keys k
        WHERE k.user_id = uid AND k.key = wanted_key AND k.created_at >= clock_timestamp() - interval '24 hours';
      IF NOT FOUND THEN
        verdict := 'new';
      ELSIF kept.fingerprint = wanted_fingerprint THEN
        verdict := 'replayed';
        answer := kept.answer;
      ELSE
        verdict := 'reused';
      END IF;
    END $function$;

CREATE OR REPLACE FUNCTION todo.record_excess(uid uuid, moment timestamp with time zone, most_changes bigint, most_bytes bigint)
 RETURNS bigint
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    DECLARE
      upto bigint;
      many bigint;
      bytes bigint;
    BEGIN
      PERFORM set_config('app.user_id', uid::text, true);
      upto := coalesce(
        (SELECT o.seq - 1 FROM todo.operations o WHERE o.user_id = uid AND o.at >= moment - interval '90 days' ORDER BY o.seq LIMIT 1),
        (SELECT o.seq FROM todo.operations o WHERE o.user_id = uid ORDER BY o.seq DESC LIMIT 1),
        0
      );
      SELECT count(*), sum(coalesce(pg_column_size(c.was), 0) + coalesce(pg_column_size(c.now), 0)) INTO many, bytes
        FROM todo.changes c WHERE c.user_id = uid AND c.seq > upto;
      IF many > most_changes OR bytes > most_bytes THEN
        upto := (
          SELECT ranked.seq FROM (
            SELECT c.seq, row_number() OVER newest AS place, sum(coalesce(pg_column_size(c.was), 0) + coalesce(pg_column_size(c.now), 0)) OVER newest AS bytes
              FROM todo.changes c WHERE c.user_id = uid
              WINDOW newest AS (ORDER BY c.seq DESC, c.ordinal DESC ROWS UNBOUNDED PRECEDING)
          ) ranked WHERE ranked.place > most_changes OR ranked.bytes > most_bytes ORDER BY ranked.seq DESC LIMIT 1
        );
      END IF;
      RETURN upto;
    END $function$;

CREATE OR REPLACE FUNCTION todo.redeem_script_token(secret_hash bytea)
 RETURNS SETOF todo.script_tokens
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    DECLARE
      found auth.script_token_secrets;
    BEGIN
      SELECT * INTO found FROM auth.script_token_secrets s WHERE s.hash = secret_hash;
      IF found.user_id IS NULL THEN
        RETURN;
      END IF;
      PERFORM set_config('app.user_id', found.user_id::text, true);
      RETURN QUERY UPDATE todo.script_tokens t SET last_used_at = clock_timestamp()
        WHERE t.user_id = found.user_id AND t.id = found.token_id AND t.expires_at > clock_timestamp()
        RETURNING t.*;
    END $function$;

CREATE OR REPLACE FUNCTION todo.rekey(uid uuid, things jsonb)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    BEGIN
      PERFORM set_config('app.user_id', uid::text, true);
      PERFORM FROM todo.counters c WHERE c.user_id = uid FOR UPDATE SKIP LOCKED;
      IF NOT FOUND THEN
        RETURN false;
      END IF;
      UPDATE todo.tasks t SET start_key = x.start_key, due_key = x.due_key
        FROM jsonb_to_recordset(things) x(id uuid, start jsonb, due jsonb, start_key text, due_key text)
        WHERE t.user_id = uid AND t.id = x.id AND t.start IS NOT DISTINCT FROM x.start AND t.due IS NOT DISTINCT FROM x.due;
      RETURN true;
    END $function$;

CREATE OR REPLACE FUNCTION todo.rekeyed(uid uuid, noted timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    BEGIN
      PERFORM set_config('app.user_id', uid::text, true);
      DELETE FROM todo.agenda a WHERE a.user_id = uid AND a.kind = 'zones' AND a.at = noted;
    END $function$;

CREATE OR REPLACE FUNCTION todo.remember(uid uuid, new_key text, new_fingerprint bytea, new_answer jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    BEGIN
      INSERT INTO todo.idempotency_keys (user_id, key, fingerprint, answer, created_at)
        VALUES (uid, new_key, new_fingerprint, new_answer, clock_timestamp())
        ON CONFLICT (user_id, key) DO UPDATE
          SET fingerprint = excluded.fingerprint, answer = excluded.answer, created_at = excluded.created_at;
      IF random() < 1.0 / 128 THEN
        PERFORM todo.trim_idempotency_keys(uid);
      END IF;
    END $function$;

CREATE OR REPLACE FUNCTION todo.session_end(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
BEGIN
  PERFORM todo.authenticate(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  DELETE FROM auth."session" s WHERE s."userId" = uid AND s."id" = (op ->> 'id')::uuid;
  IF NOT FOUND THEN
    verdict := 'absent';
  END IF;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, '{}');
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.session_end_others(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  ended integer;
BEGIN
  PERFORM todo.authenticate(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  DELETE FROM auth."session" s WHERE s."userId" = uid AND s."id" <> sid;
  GET DIAGNOSTICS ended = ROW_COUNT;
  result := jsonb_build_object('count', ended);
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, result);
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.set_place(uid uuid)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
    BEGIN
      RETURN (SELECT c.place FROM todo.counters c WHERE c.user_id = uid);
    END $function$;

CREATE OR REPLACE FUNCTION todo.settings_undo(uid uuid, undone bigint, first integer, last integer, counter todo.counters, moment timestamp with time zone, place integer, excluded jsonb, OUT done integer, OUT taken integer, OUT obstacles jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
DECLARE
  u record;
  hindrances jsonb[] := '{}';
BEGIN
  done := 0;
  taken := 0;
  FOR u IN
    WITH seen AS (
      SELECT c.ordinal, c.id, c.was, c.now, t.old, CASE
          WHEN excluded ? c.id::text THEN excluded ->> c.id::text
          -- It took the thing away; where nothing is left of it, the thing was deleted for good.
          WHEN c.now IS NULL THEN CASE WHEN c.was IS NULL THEN 'gone' WHEN t.id IS NOT NULL THEN 'taken' END
          WHEN t.id IS NULL THEN 'gone'
          WHEN (c.was IS NULL OR c.was ? 'time_zone') AND t.time_zone IS DISTINCT FROM left_then.time_zone
            OR (c.was IS NULL OR c.was ? 'week_start') AND t.week_start IS DISTINCT FROM left_then.week_start
            OR (c.was IS NULL OR c.was ? 'date_order') AND t.date_order IS DISTINCT FROM left_then.date_order
            OR (c.was IS NULL OR c.was ? 'day_ends_at') AND t.day_ends_at IS DISTINCT FROM left_then.day_ends_at
            OR (c.was IS NULL OR c.was ? 'new_tasks') AND t.new_tasks IS DISTINCT FROM left_then.new_tasks
            OR (c.was IS NULL OR c.was ? 'language') AND t.language IS DISTINCT FROM left_then.language THEN 'changed'
        END AS reason
        FROM todo.changes c LEFT JOIN LATERAL (
          SELECT x AS old, x.* FROM todo.settings x WHERE x.user_id = uid AND x.id = c.id OFFSET 0
        ) t ON true,
          jsonb_populate_record(NULL::todo.settings, c.now) left_then
        WHERE c.user_id = uid AND c.seq = undone AND c.ordinal BETWEEN last AND first
          AND (c.was IS NULL OR c.now IS NULL OR c.was ? 'version')
    ), judged AS (
      SELECT s.*, row_number() OVER (PARTITION BY s.reason IS NULL ORDER BY s.ordinal DESC)::integer AS nth FROM seen s
    )
    SELECT j.id, made, j.was IS NULL AS takes, j.now IS NULL AS inserts,
        coalesce(j.reason, CASE WHEN false THEN 'limit' END) AS reason,
        CASE WHEN j.was IS NULL THEN to_jsonb(j.old) WHEN j.now IS NOT NULL THEN
          (SELECT jsonb_object_agg(m.member, o.thing -> m.member) FROM jsonb_object_keys(j.was) m(member), to_jsonb(j.old) o(thing))
        END AS was
      FROM judged j, jsonb_populate_record(j.old, j.was || jsonb_build_object(
        'version', coalesce((j.old).version, (j.was ->> 'version')::integer) + 1, 'updated_at', moment, 'seq', counter.seq
      )) made
      ORDER BY j.ordinal DESC
  LOOP
    IF u.reason IS NOT NULL THEN
      hindrances := hindrances || jsonb_build_object('noun', 'settings', 'id', u.id, 'reason', u.reason);
      CONTINUE;
    END IF;
    DECLARE
      made todo.settings := u.made;
    BEGIN
      IF u.takes THEN
        DELETE FROM todo.settings t WHERE t.user_id = uid AND t.id = u.id;
        taken := taken + 1;
      ELSIF u.inserts THEN
        INSERT INTO todo.settings SELECT made.*;
        taken := taken - 1;
      ELSE
        UPDATE todo.settings t SET time_zone = made.time_zone, week_start = made.week_start, date_order = made.date_order, day_ends_at = made.day_ends_at, new_tasks = made.new_tasks, language = made.language, updated_at = made.updated_at, version = made.version, seq = counter.seq
          WHERE t.user_id = uid AND t.id = u.id;
      END IF;
      INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
        VALUES (uid, counter.seq, place + done, 'settings', u.id, u.was, CASE WHEN NOT u.takes THEN to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] END);
      done := done + 1;
    END;
  END LOOP;
  obstacles := to_jsonb(hindrances);
END $function$;

CREATE OR REPLACE FUNCTION todo.settings_update(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
BEGIN
  me := todo.enter(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      IF verdict = 'replayed' THEN
      result := result || jsonb_build_object('thing', coalesce(
        (SELECT c.now FROM todo.operations o JOIN todo.changes c
          ON c.user_id = uid AND c.seq = o.seq AND c.noun = 'settings' AND c.id = (result ->> 'id')::uuid
          WHERE o.user_id = uid AND o.id = (result ->> 'operation')::uuid ORDER BY c.ordinal DESC LIMIT 1),
        (SELECT to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] FROM todo.settings t WHERE t.user_id = uid AND t.id = (result ->> 'id')::uuid)
      ));
      END IF;
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3))
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
  <<work>>
  DECLARE
    body jsonb := op -> 'body';
    old todo.settings;
    made todo.settings;
    was jsonb := '{}';
  BEGIN
    INSERT INTO todo.settings (user_id, id, updated_at) VALUES (uid, uid, moment) ON CONFLICT DO NOTHING;
    SELECT * INTO old FROM todo.settings t WHERE t.user_id = uid;
    IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
      verdict := 'changed';
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      EXIT work;
    END IF;
    made := old;
    IF body ? 'timeZone' THEN
      made.time_zone := body ->> 'timeZone';
      IF made.time_zone IS DISTINCT FROM old.time_zone THEN
        was := was || jsonb_build_object('time_zone', old.time_zone);
      END IF;
    END IF;
    IF body ? 'weekStart' THEN
      made.week_start := body ->> 'weekStart';
      IF made.week_start IS DISTINCT FROM old.week_start THEN
        was := was || jsonb_build_object('week_start', old.week_start);
      END IF;
    END IF;
    IF body ? 'dateOrder' THEN
      made.date_order := body ->> 'dateOrder';
      IF made.date_order IS DISTINCT FROM old.date_order THEN
        was := was || jsonb_build_object('date_order', old.date_order);
      END IF;
    END IF;
    IF body ? 'dayEndsAt' THEN
      made.day_ends_at := body ->> 'dayEndsAt';
      IF made.day_ends_at IS DISTINCT FROM old.day_ends_at THEN
        was := was || jsonb_build_object('day_ends_at', old.day_ends_at);
      END IF;
    END IF;
    IF body ? 'newTasks' THEN
      made.new_tasks := body ->> 'newTasks';
      IF made.new_tasks IS DISTINCT FROM old.new_tasks THEN
        was := was || jsonb_build_object('new_tasks', old.new_tasks);
      END IF;
    END IF;
    IF body ? 'language' THEN
      made.language := body ->> 'language';
      IF made.language IS DISTINCT FROM old.language THEN
        was := was || jsonb_build_object('language', old.language);
      END IF;
    END IF;
    IF was <> '{}' THEN
      made.version := old.version + 1;
      made.updated_at := moment;
      UPDATE todo.settings t SET time_zone = made.time_zone, week_start = made.week_start, date_order = made.date_order, day_ends_at = made.day_ends_at, new_tasks = made.new_tasks, language = made.language, updated_at = made.updated_at, version = made.version, seq = counter.seq
        WHERE t.user_id = uid AND t.id = old.id;
      result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
        VALUES (uid, counter.seq, ordinal, 'settings', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
      ordinal := ordinal + 1;
    ELSE
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
    END IF;
  END;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, 'settings.update', moment, sid, me.is_token, me.name, NULL);
    IF random() * 1024 < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, jsonb_strip_nulls(jsonb_build_object('operation', result -> 'operation', 'id', result -> 'thing' -> 'id')));
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.spelled_tags(uid uuid, given jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
    BEGIN
      IF given IS NULL OR jsonb_typeof(given) <> 'object' OR given = '{}' THEN
        RETURN NULL;
      END IF;
      RETURN given || coalesce((SELECT jsonb_object_agg(t.name_key, t.name) FROM todo.tags t
        WHERE t.user_id = uid AND t.name_key = ANY (ARRAY(SELECT k COLLATE "C" FROM jsonb_object_keys(given) k))), '{}');
    END $function$;

CREATE OR REPLACE FUNCTION todo.sweep_record(uid uuid, upto bigint, moment timestamp with time zone, most integer)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    DECLARE
      last bigint;
    BEGIN
      PERFORM set_config('app.user_id', uid::text, true);
      PERFORM FROM todo.counters c WHERE c.user_id = uid FOR UPDATE SKIP LOCKED;
      IF NOT FOUND THEN
        RETURN false;
      END IF;
      last := (SELECT c.seq FROM todo.changes c WHERE c.user_id = uid AND c.seq <= upto
        ORDER BY c.seq, c.ordinal OFFSET most - 1 LIMIT 1);
      last := coalesce(last, upto);
      DELETE FROM todo.changes c WHERE c.user_id = uid AND c.seq <= last;
      DELETE FROM todo.operations o WHERE o.user_id = uid AND o.seq <= last;
      IF FOUND THEN
        UPDATE todo.counters c SET swept = last WHERE c.user_id = uid;
      END IF;
      IF last < upto THEN
        RETURN true;
      END IF;
      -- Once a day is often enough.
      UPDATE todo.agenda a SET at = greatest(moment + interval '1 day', interval '90 days' + coalesce(
          (SELECT o.at FROM todo.operations o WHERE o.user_id = uid ORDER BY o.seq LIMIT 1), moment
        )) WHERE a.user_id = uid AND a.kind = 'record';
      RETURN false;
    END $function$;

CREATE OR REPLACE FUNCTION todo.sweep_trash(uid uuid, moment timestamp with time zone, operation uuid, most integer)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    DECLARE
      counter todo.counters;
      things uuid[];
      next timestamptz;
    BEGIN
      PERFORM set_config('app.user_id', uid::text, true);
      PERFORM FROM todo.counters c WHERE c.user_id = uid FOR UPDATE SKIP LOCKED;
      IF NOT FOUND THEN
        RETURN false;
      END IF;
      things := ARRAY(
        SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.trashed_at <= moment - interval '30 days'
          ORDER BY t.trashed_at, t.number LIMIT most
      );
      IF todo.task_forget(uid, things, 10000) THEN
        RETURN true;
      END IF;
      IF cardinality(things) > 0 THEN
        UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, moment)
          WHERE c.user_id = uid RETURNING * INTO counter;
        PERFORM todo.task_erase(uid, things, counter.seq, 0);
        INSERT INTO todo.operations (user_id, seq, id, kind, at)
          VALUES (uid, counter.seq, operation, 'trash.expire', counter.last_at);
      END IF;
      next := (SELECT min(t.trashed_at) + interval '30 days' FROM todo.tasks t WHERE t.user_id = uid AND t.trashed_at IS NOT NULL);
      IF next IS NULL THEN
        DELETE FROM todo.agenda a WHERE a.user_id = uid AND a.kind = 'trash';
      ELSE
        UPDATE todo.agenda a SET at = next WHERE a.user_id = uid AND a.kind = 'trash';
      END IF;
      RETURN coalesce(next <= moment, false);
    END $function$;

CREATE OR REPLACE FUNCTION todo.tag_remove(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
BEGIN
  me := todo.enter(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3))
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
  <<work>>
  DECLARE
    old todo.tags;
    first integer := ordinal;
    held integer;
  BEGIN
    SELECT * INTO old FROM todo.tags t WHERE t.user_id = uid AND t.name_key = (op ->> 'nameKey') COLLATE "C";
    IF NOT FOUND THEN
      verdict := 'absent';
      EXIT work;
    END IF;
    IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
      verdict := 'changed';
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      EXIT work;
    END IF;
    held := (SELECT count(*) FROM todo.task_tags x WHERE x.user_id = uid AND x.name_key = old.name_key);
    verdict := CASE WHEN ordinal + held + 1 > 10000 THEN 'limit' WHEN held + 1 > (op ->> 'most')::integer THEN 'long' END;
    IF verdict IS NOT NULL THEN
      EXIT work;
    END IF;
    ordinal := first + held;
    DELETE FROM todo.tags t WHERE t.user_id = uid AND t.id = old.id;
    UPDATE todo.counters c SET tags = c.tags - 1 WHERE c.user_id = uid;
    INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
      VALUES (uid, counter.seq, ordinal, 'tag', old.id, to_jsonb(old), NULL);
    ordinal := ordinal + 1;

    DECLARE
      one todo.tasks;
      changed todo.tasks;
    BEGIN
      FOR one IN
        SELECT * FROM (
          SELECT l.* FROM todo.task_tags x, LATERAL (
            SELECT * FROM todo.tasks y WHERE y.user_id = uid AND y.number >= x.number AND y.number <= x.number AND y.trashed_at IS NULL
              ORDER BY y.number OFFSET 0
          ) l WHERE x.user_id = uid AND x.name_key = old.name_key
          UNION ALL
          SELECT d.* FROM todo.tasks d WHERE d.user_id = uid AND d.trashed_at IS NOT NULL
        ) t WHERE t.tags ? old.name_key ORDER BY t.number
      LOOP
        UPDATE todo.tasks t SET tags = nullif(t.tags - old.name_key, '{}'), updated_at = moment, version = t.version + 1, seq = counter.seq
          WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
        INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
          uid, counter.seq, first, 'task', one.id,
          jsonb_build_object('tags', one.tags, 'version', one.version, 'updated_at', one.updated_at),
          to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
        );
        first := first + 1;
      END LOOP;
    END;
    result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
  END;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, 'tag.remove', moment, sid, me.is_token, me.name, NULL);
    IF random() * 1024 < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, jsonb_strip_nulls(jsonb_build_object('operation', result -> 'operation', 'id', result -> 'thing' -> 'id')));
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.tag_undo(uid uuid, undone bigint, first integer, last integer, counter todo.counters, moment timestamp with time zone, place integer, excluded jsonb, OUT done integer, OUT taken integer, OUT obstacles jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
DECLARE
  u record;
  hindrances jsonb[] := '{}';
BEGIN
  done := 0;
  taken := 0;
  FOR u IN
    WITH seen AS (
      SELECT c.ordinal, c.id, c.was, c.now, t.old, CASE
          WHEN excluded ? c.id::text THEN excluded ->> c.id::text
          -- It took the thing away; where nothing is left of it, the thing was deleted for good.
          WHEN c.now IS NULL THEN CASE WHEN c.was IS NULL THEN 'gone' WHEN t.id IS NOT NULL THEN 'taken' END
          WHEN t.id IS NULL THEN 'gone'
          WHEN (c.was IS NULL OR c.was ? 'name') AND t.name IS DISTINCT FROM left_then.name
            OR (c.was IS NULL OR c.was ? 'color') AND t.color IS DISTINCT FROM left_then.color
            OR (c.was IS NULL OR c.was ? 'created_at') AND t.created_at IS DISTINCT FROM left_then.created_at THEN 'changed'
        END AS reason
        FROM todo.changes c LEFT JOIN LATERAL (
          SELECT x AS old, x.* FROM todo.tags x WHERE x.user_id = uid AND x.id = c.id OFFSET 0
        ) t ON true,
          jsonb_populate_record(NULL::todo.tags, c.now) left_then
        WHERE c.user_id = uid AND c.seq = undone AND c.ordinal BETWEEN last AND first
          AND (c.was IS NULL OR c.now IS NULL OR c.was ? 'version')
    ), judged AS (
      SELECT s.*, row_number() OVER (PARTITION BY s.reason IS NULL ORDER BY s.ordinal DESC)::integer AS nth FROM seen s
    )
    SELECT j.id, made, j.was IS NULL AS takes, j.now IS NULL AS inserts,
        coalesce(j.reason, CASE WHEN j.now IS NULL AND counter.tags + j.nth > 5000 THEN 'limit' END,
          CASE WHEN j.was IS NOT NULL THEN CASE WHEN EXISTS (
            SELECT FROM todo.tags x WHERE x.user_id = uid AND x.name_key = made.name_key AND x.id <> j.id AND (x.color IS NOT NULL
              OR (x.name <> made.name AND EXISTS (SELECT FROM todo.task_tags y WHERE y.user_id = uid AND y.name_key = x.name_key))
              OR EXISTS (
                SELECT FROM todo.changes g JOIN todo.operations o ON o.user_id = uid AND o.seq = g.seq
                  WHERE g.user_id = uid AND g.noun = 'tag' AND g.id = x.id AND o.kind <> 'undo' AND o.undone_by IS NULL
              ))
          ) THEN 'taken' END ELSE NULL END) AS reason,
        CASE WHEN j.was IS NULL THEN to_jsonb(j.old) WHEN j.now IS NOT NULL THEN
          (SELECT jsonb_object_agg(m.member, o.thing -> m.member) FROM jsonb_object_keys(j.was) m(member), to_jsonb(j.old) o(thing))
        END AS was
      FROM judged j, jsonb_populate_record(j.old, j.was || jsonb_build_object(
        'version', coalesce((j.old).version, (j.was ->> 'version')::integer) + 1, 'updated_at', moment, 'seq', counter.seq
      )) made
      ORDER BY j.ordinal DESC
  LOOP
    IF u.reason IS NOT NULL THEN
      hindrances := hindrances || jsonb_build_object('noun', 'tag', 'id', u.id, 'reason', u.reason);
      CONTINUE;
    END IF;
    DECLARE
      made todo.tags := u.made;
    BEGIN
      IF NOT u.takes THEN
        DELETE FROM todo.tags x WHERE x.user_id = uid AND x.name_key = made.name_key AND x.id <> u.id;
        IF FOUND THEN
          taken := taken + 1;
        END IF;
      END IF;
      IF u.takes THEN
        DELETE FROM todo.tags t WHERE t.user_id = uid AND t.id = u.id;
        taken := taken + 1;
      ELSIF u.inserts THEN
        INSERT INTO todo.tags SELECT made.*;
        taken := taken - 1;
      ELSE
        UPDATE todo.tags t SET name = made.name, color = made.color, created_at = made.created_at, updated_at = made.updated_at, version = made.version, name_key = made.name_key, seq = counter.seq
          WHERE t.user_id = uid AND t.id = u.id;
      END IF;
      INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
        VALUES (uid, counter.seq, place + done, 'tag', u.id, u.was, CASE WHEN NOT u.takes THEN to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] END);
      done := done + 1;
    END;
  END LOOP;
  obstacles := to_jsonb(hindrances);
END $function$;

CREATE OR REPLACE FUNCTION todo.tag_update(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
BEGIN
  me := todo.enter(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      IF verdict = 'replayed' THEN
      result := result || jsonb_build_object('thing', coalesce(
        (SELECT c.now FROM todo.operations o JOIN todo.changes c
          ON c.user_id = uid AND c.seq = o.seq AND c.noun = 'tag' AND c.id = (result ->> 'id')::uuid
          WHERE o.user_id = uid AND o.id = (result ->> 'operation')::uuid ORDER BY c.ordinal DESC LIMIT 1),
        (SELECT to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] FROM todo.tags t WHERE t.user_id = uid AND t.id = (result ->> 'id')::uuid)
      ));
      END IF;
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3))
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
  <<work>>
  DECLARE
    body jsonb := op -> 'body';
    old todo.tags;
    made todo.tags;
    other todo.tags;
    was jsonb := '{}';
    first integer := ordinal;
    held integer := 0;
  BEGIN
    SELECT * INTO old FROM todo.tags t WHERE t.user_id = uid AND t.name_key = (op ->> 'nameKey') COLLATE "C";
    IF NOT FOUND THEN
      verdict := 'absent';
      EXIT work;
    END IF;
    IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
      verdict := 'changed';
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      EXIT work;
    END IF;
    made := old;
    IF body ? 'color' THEN
      made.color := body ->> 'color';
      IF made.color IS DISTINCT FROM old.color THEN
        was := was || jsonb_build_object('color', old.color);
      END IF;
    END IF;
    IF body ? 'name' AND (body ->> 'name') <> old.name THEN
      made.name := body ->> 'name';
      made.name_key := body ->> 'nameKey';
      was := was || jsonb_build_object('name', old.name, 'name_key', old.name_key);
      SELECT * INTO other FROM todo.tags t WHERE t.user_id = uid AND t.name_key = made.name_key AND t.id <> old.id;
      IF other.id IS NOT NULL AND op -> 'merge' IS DISTINCT FROM 'true' THEN
        verdict := 'name';
        EXIT work;
      END IF;
    held := (SELECT count(*) FROM todo.task_tags x WHERE x.user_id = uid AND x.name_key = old.name_key);
    verdict := CASE WHEN ordinal + held + 1 > 10000 THEN 'limit' WHEN held + 1 > (op ->> 'most')::integer THEN 'long' END;
    IF verdict IS NOT NULL THEN
      EXIT work;
    END IF;
    END IF;
    IF was = '{}' THEN
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      EXIT work;
    END IF;
    ordinal := first + held;
    IF other.id IS NOT NULL THEN
      DELETE FROM todo.tags t WHERE t.user_id = uid AND t.id = old.id;
    UPDATE todo.counters c SET tags = c.tags - 1 WHERE c.user_id = uid;
    INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
      VALUES (uid, counter.seq, ordinal, 'tag', old.id, to_jsonb(old), NULL);
    ordinal := ordinal + 1;
      DECLARE
        one todo.tasks;
        changed todo.tasks;
      BEGIN
        FOR one IN
          SELECT * FROM (
            SELECT l.* FROM todo.task_tags x, LATERAL (
              SELECT * FROM todo.tasks y WHERE y.user_id = uid AND y.number >= x.number AND y.number <= x.number AND y.trashed_at IS NULL
                ORDER BY y.number OFFSET 0
            ) l WHERE x.user_id = uid AND x.name_key = old.name_key
            UNION ALL
            SELECT d.* FROM todo.tasks d WHERE d.user_id = uid AND d.trashed_at IS NOT NULL
          ) t WHERE t.tags ? old.name_key ORDER BY t.number
        LOOP
          UPDATE todo.tasks t SET tags = (t.tags - old.name_key) || jsonb_build_object(other.name_key, other.name), updated_at = moment, version = t.version + 1, seq = counter.seq
            WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
            uid, counter.seq, first, 'task', one.id,
            jsonb_build_object('tags', one.tags, 'version', one.version, 'updated_at', one.updated_at),
            to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
          );
          first := first + 1;
        END LOOP;
      END;
      result := jsonb_build_object('thing', to_jsonb(other) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
    ELSE
      made.version := old.version + 1;
      made.updated_at := moment;
      UPDATE todo.tags t SET name = made.name, name_key = made.name_key, color = made.color, updated_at = made.updated_at, version = made.version, seq = counter.seq
        WHERE t.user_id = uid AND t.id = old.id;
      result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
        VALUES (uid, counter.seq, ordinal, 'tag', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
      ordinal := ordinal + 1;
      IF was ? 'name' THEN
        DECLARE
          one todo.tasks;
          changed todo.tasks;
        BEGIN
          FOR one IN
            SELECT * FROM (
              SELECT l.* FROM todo.task_tags x, LATERAL (
                SELECT * FROM todo.tasks y WHERE y.user_id = uid AND y.number >= x.number AND y.number <= x.number AND y.trashed_at IS NULL
                  ORDER BY y.number OFFSET 0
              ) l WHERE x.user_id = uid AND x.name_key = old.name_key
              UNION ALL
              SELECT d.* FROM todo.tasks d WHERE d.user_id = uid AND d.trashed_at IS NOT NULL
            ) t WHERE t.tags ? old.name_key ORDER BY t.number
          LOOP
            UPDATE todo.tasks t SET tags = (t.tags - old.name_key) || jsonb_build_object(made.name_key, made.name), updated_at = moment, version = t.version + 1, seq = counter.seq
              WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
              uid, counter.seq, first, 'task', one.id,
              jsonb_build_object('tags', one.tags, 'version', one.version, 'updated_at', one.updated_at),
              to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
            );
            first := first + 1;
          END LOOP;
        END;
      END IF;
    END IF;
  END;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, 'tag.update', moment, sid, me.is_token, me.name, NULL);
    IF random() * 1024 < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, jsonb_strip_nulls(jsonb_build_object('operation', result -> 'operation', 'id', result -> 'thing' -> 'id')));
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.tags_exceed(uid uuid, given jsonb)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
    DECLARE
      more integer;
    BEGIN
      IF given IS NULL OR jsonb_typeof(given) <> 'object' OR given = '{}' THEN
        RETURN false;
      END IF;
      more := (SELECT count(*) FROM jsonb_object_keys(given)) - (SELECT count(*) FROM todo.tags t
        WHERE t.user_id = uid AND t.name_key = ANY (ARRAY(SELECT k COLLATE "C" FROM jsonb_object_keys(given) k)));
      RETURN more > 0 AND more + todo.count_tags(uid) > 5000;
    END $function$;

CREATE OR REPLACE FUNCTION todo.task_before(uid uuid, thing todo.tasks)
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
    BEGIN
      RETURN (SELECT n.id FROM (
        SELECT n.id, n.key FROM (SELECT (coalesce(thing.position, to_hex(2147483648 + thing.number)) COLLATE "C") AS key, (('x' || left((coalesce(thing.position, to_hex(2147483648 + thing.number)) COLLATE "C"), 8))::bit(32)::bigint - 2147483648)::integer AS nth, thing.id AS id OFFSET 0) upper, LATERAL (
          SELECT e.id, e.key FROM (
            (SELECT t.id, (coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C") AS key FROM todo.tasks t
              WHERE t.user_id = uid AND (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = (CASE WHEN thing.parent_id IS NOT NULL THEN thing.parent_id WHEN thing.project_id IS NOT NULL THEN thing.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) AND t.number > 0 AND t.position IS NOT NULL AND t.position <= upper.key AND ((coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C"), t.id) < (upper.key, upper.id) AND coalesce(t.trashed_at, 'infinity') = 'infinity'
              ORDER BY t.position DESC, t.number DESC LIMIT 1)
            UNION ALL
            (SELECT t.id, (coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C") AS key FROM todo.tasks t
              WHERE t.user_id = uid AND (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = (CASE WHEN thing.parent_id IS NOT NULL THEN thing.parent_id WHEN thing.project_id IS NOT NULL THEN thing.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) AND t.number > 0 AND t.position IS NULL AND t.number <= upper.nth AND ((coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C"), t.id) < (upper.key, upper.id) AND coalesce(t.trashed_at, 'infinity') = 'infinity'
              ORDER BY t.position DESC, t.number DESC LIMIT 1)
          ) e ORDER BY e.key DESC, e.id DESC LIMIT 1
        ) n
      ) n);
    END $function$;

CREATE OR REPLACE FUNCTION todo.task_behind(uid uuid, thing todo.tasks, place bigint, ordinal integer)
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
    DECLARE
      last record;
      gone todo.tasks;
    BEGIN
      SELECT c.id, c.was INTO last FROM todo.changes c
        WHERE c.user_id = uid AND c.seq = place AND c.ordinal = task_behind.ordinal - 1;
      IF NOT coalesce(last.was ? 'behind', false) THEN
        RETURN todo.task_before(uid, thing);
      END IF;
      SELECT * INTO gone FROM todo.tasks t WHERE t.user_id = uid AND t.id = last.id;
      gone := jsonb_populate_record(gone, last.was);
      IF (CASE WHEN gone.parent_id IS NOT NULL THEN gone.parent_id WHEN gone.project_id IS NOT NULL THEN gone.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) <> (CASE WHEN thing.parent_id IS NOT NULL THEN thing.parent_id WHEN thing.project_id IS NOT NULL THEN thing.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) OR ((coalesce(gone.position, to_hex(2147483648 + gone.number)) COLLATE "C"), gone.id) > ((coalesce(thing.position, to_hex(2147483648 + thing.number)) COLLATE "C"), thing.id) THEN
        RETURN todo.task_before(uid, thing);
      END IF;
      RETURN coalesce((SELECT n.id FROM (
        SELECT n.id, n.key FROM (SELECT (coalesce(thing.position, to_hex(2147483648 + thing.number)) COLLATE "C") AS key, (('x' || left((coalesce(thing.position, to_hex(2147483648 + thing.number)) COLLATE "C"), 8))::bit(32)::bigint - 2147483648)::integer AS nth, thing.id AS id OFFSET 0) upper, LATERAL (SELECT (coalesce(gone.position, to_hex(2147483648 + gone.number)) COLLATE "C") AS key, (('x' || left((coalesce(gone.position, to_hex(2147483648 + gone.number)) COLLATE "C"), 8))::bit(32)::bigint - 2147483648)::integer AS nth, gone.id AS id OFFSET 0) lower, LATERAL (
          SELECT e.id, e.key FROM (
            (SELECT t.id, (coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C") AS key FROM todo.tasks t
              WHERE t.user_id = uid AND (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = (CASE WHEN thing.parent_id IS NOT NULL THEN thing.parent_id WHEN thing.project_id IS NOT NULL THEN thing.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) AND t.number > 0 AND t.position IS NOT NULL AND t.position <= upper.key AND ((coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C"), t.id) < (upper.key, upper.id) AND t.position >= lower.key AND ((coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C"), t.id) > (lower.key, lower.id) AND coalesce(t.trashed_at, 'infinity') = 'infinity'
              ORDER BY t.position DESC, t.number DESC LIMIT 1)
            UNION ALL
            (SELECT t.id, (coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C") AS key FROM todo.tasks t
              WHERE t.user_id = uid AND (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = (CASE WHEN thing.parent_id IS NOT NULL THEN thing.parent_id WHEN thing.project_id IS NOT NULL THEN thing.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) AND t.number > 0 AND t.position IS NULL AND t.number <= upper.nth AND ((coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C"), t.id) < (upper.key, upper.id) AND t.number >= lower.nth AND ((coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C"), t.id) > (lower.key, lower.id) AND coalesce(t.trashed_at, 'infinity') = 'infinity'
              ORDER BY t.position DESC, t.number DESC LIMIT 1)
          ) e ORDER BY e.key DESC, e.id DESC LIMIT 1
        ) n
      ) n), (last.was ->> 'behind')::uuid);
    END $function$;

CREATE OR REPLACE FUNCTION todo.task_breaches(uid uuid, place bigint)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
    DECLARE
      gone uuid[];
      waited uuid[] := '{}';
    BEGIN
      gone := ARRAY(SELECT DISTINCT c.id FROM todo.changes c
        WHERE c.user_id = uid AND c.seq = place AND c.noun = 'task' AND c.now IS NULL);
      IF gone <> '{}' THEN
        -- Of all that are waited for, at once.
        waited := ARRAY(SELECT DISTINCT w.id FROM todo.tasks o, unnest(o.blocked_by) w(id)
          WHERE o.user_id = uid AND o.blocked_by IS NOT NULL AND (w.id IN (SELECT unnest(gone))) IS TRUE);
      END IF;
      RETURN (SELECT coalesce(jsonb_agg(jsonb_build_object('noun', 'task', 'id', b.id, 'reason', b.reason)), '[]') FROM (
        SELECT u.id, CASE
            WHEN t.id IS NULL AND u.id = ANY (waited) OR EXISTS (
              SELECT FROM todo.tasks o WHERE o.user_id = uid AND o.parent_id >= u.id AND o.parent_id <= u.id AND o.trashed_at IS NULL AND (t.id IS NULL OR t.trashed_at IS NOT NULL OR t.project_id IS DISTINCT FROM o.project_id)
          ORDER BY o.parent_id OFFSET 0
            ) THEN 'referred'
            WHEN t.trashed_at IS NULL AND t.parent_id IS NOT NULL AND ((
              SELECT o.trashed_at IS NULL AND o.project_id IS NOT DISTINCT FROM t.project_id
                FROM todo.tasks o WHERE o.user_id = uid AND o.id = t.parent_id
            ) IS NOT TRUE OR todo.task_depth(uid, t.parent_id) + todo.task_height(uid, t.id, NULL) > 8) THEN 'parent'
            WHEN t.parent_id IS NOT NULL OR t.blocked_by IS NOT NULL THEN
              (SELECT l.verdict FROM todo.task_links(uid, t.id, t.parent_id, t.blocked_by, t.parent_id, t.blocked_by) l)
          END AS reason
          FROM (SELECT DISTINCT c.id FROM todo.changes c WHERE c.user_id = uid AND c.seq = place AND c.noun = 'task'
            AND (c.was IS NULL OR c.now IS NULL OR c.was ?| '{parent_id,project_id,blocked_by,trashed_at}')) u
            LEFT JOIN LATERAL (SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0) t ON true
      ) b WHERE b.reason IS NOT NULL);
    END $function$;

CREATE OR REPLACE FUNCTION todo.task_complete(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
BEGIN
  me := todo.enter(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      IF verdict = 'replayed' THEN
      result := result || jsonb_build_object('thing', coalesce(
        (SELECT c.now FROM todo.operations o JOIN todo.changes c
          ON c.user_id = uid AND c.seq = o.seq AND c.noun = 'task' AND c.id = (result ->> 'id')::uuid
          WHERE o.user_id = uid AND o.id = (result ->> 'operation')::uuid ORDER BY c.ordinal DESC LIMIT 1),
        (SELECT to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] FROM todo.tasks t WHERE t.user_id = uid AND t.id = (result ->> 'id')::uuid)
      ));
      IF result #> '{thing,due}' <> 'null' OR result #> '{thing,start}' <> 'null' THEN
        result := jsonb_set(result, '{thing,place}', coalesce(
          CASE WHEN counter.user_id IS NULL THEN todo.set_place(uid) ELSE counter.place END, 'null'
        ));
      END IF;
      IF counter.nested IS NOT FALSE OR result #> '{thing,blocked_by}' <> 'null' THEN
        IF result #> '{thing,id}' IS NOT NULL THEN
          result := result || jsonb_build_object('thing',
            result -> 'thing' || coalesce(todo.task_derived(uid, (result #>> '{thing,id}')::uuid), '{}'));
        END IF;
      END IF;
      IF result #> '{thing,project_id}' <> 'null' AND NOT result -> 'thing' ? 'archived' THEN
        result := jsonb_set(result, '{thing,archived}', to_jsonb(
          todo.project_obstacle(uid, (result #>> '{thing,project_id}')::uuid) IS NOT DISTINCT FROM 'archived'
        ));
      END IF;
      END IF;
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3))
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
  <<work>>
  DECLARE
    body jsonb := op -> 'body';
    old todo.tasks;
    made todo.tasks;
    was jsonb := '{}';
    project uuid;
    places record;
    together uuid[] := '{}';
    again uuid[] := '{}';
    waiting uuid[] := '{}';
    moved uuid[] := '{}';
  BEGIN
    SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
    IF NOT FOUND OR old.trashed_at IS NOT NULL THEN
      verdict := 'absent';
      EXIT work;
    END IF;
    IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
      verdict := 'changed';
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      EXIT work;
    END IF;
    -- Of another date than the task is now nothing happens.
    IF op ? 'occurrence' AND op ->> 'occurrence' IS DISTINCT FROM old.occurrence THEN
      body := '{}';
    ELSIF (CASE
      WHEN op ? 'basis' THEN op -> 'basis' <> jsonb_build_object('start', old.start, 'due', old.due, 'repeat', old.repeat,
            'occurrence', old.occurrence, 'series', old.series, 'completion', old.completion,
            'completed', old.completed_at IS NOT NULL)
      ELSE body ?| '{start,due,repeat}' OR op ? 'skip'
        OR ((body ->> 'completed')::boolean AND old.repeat IS NOT NULL AND old.completed_at IS NULL)
    END) THEN
      verdict := 'stale';
      result := jsonb_build_object('thing', to_jsonb(old));
      result := jsonb_set(result, '{thing,place}', coalesce(
          CASE WHEN counter.user_id IS NULL THEN todo.set_place(uid) ELSE counter.place END, 'null'
        ));
      EXIT work;
    END IF;
    IF body ->> 'parentId' IS NOT NULL THEN
      project := (SELECT t.project_id FROM todo.tasks t WHERE t.user_id = uid AND t.id = (body ->> 'parentId')::uuid);
      IF body ? 'projectId' AND (body ->> 'projectId')::uuid IS DISTINCT FROM project THEN
        verdict := 'reference';
        result := '{"path": ["parentId"]}';
        EXIT work;
      END IF;
      body := body || jsonb_build_object('projectId', project);
    ELSIF body ? 'projectId' AND old.parent_id IS NOT NULL
      AND (body ->> 'projectId')::uuid IS DISTINCT FROM old.project_id
    THEN
      -- It leaves what it is below, which stays where it is.
      body := body || '{"parentId": null}';
    END IF;
    made := old;
    IF body ?| '{title,description,projectId,parentId,priority,tags,start,due,repeat,blockedBy,externalId,extra}' THEN
      IF body ? 'title' THEN
        made.title := body ->> 'title';
        IF made.title IS DISTINCT FROM old.title THEN
          was := was || jsonb_build_object('title', old.title);
        END IF;
      END IF;
      IF body ? 'description' THEN
        made.description := body ->> 'description';
        IF made.description IS DISTINCT FROM old.description THEN
          was := was || jsonb_build_object('description', old.description);
        END IF;
      END IF;
      IF body ? 'projectId' THEN
        made.project_id := (body ->> 'projectId')::uuid;
        IF made.project_id IS DISTINCT FROM old.project_id THEN
          was := was || jsonb_build_object('project_id', old.project_id);
        END IF;
      END IF;
      IF body ? 'parentId' THEN
        made.parent_id := (body ->> 'parentId')::uuid;
        IF made.parent_id IS DISTINCT FROM old.parent_id THEN
          was := was || jsonb_build_object('parent_id', old.parent_id);
        END IF;
      END IF;
      IF body ? 'priority' THEN
        made.priority := body ->> 'priority';
        IF made.priority IS DISTINCT FROM old.priority THEN
          was := was || jsonb_build_object('priority', old.priority);
        END IF;
      END IF;
      IF body ? 'tags' THEN
        made.tags := CASE WHEN body ? 'tags' THEN todo.spelled_tags(uid, body -> 'tags') END;
        IF made.tags IS DISTINCT FROM old.tags THEN
          was := was || jsonb_build_object('tags', old.tags);
        END IF;
      END IF;
      IF body ? 'start' THEN
        made.start := nullif(body -> 'start', 'null');
        IF made.start IS DISTINCT FROM old.start THEN
          was := was || jsonb_build_object('start', old.start);
        END IF;
      END IF;
      IF body ? 'due' THEN
        made.due := nullif(body -> 'due', 'null');
        IF made.due IS DISTINCT FROM old.due THEN
          was := was || jsonb_build_object('due', old.due);
        END IF;
      END IF;
      IF body ? 'repeat' THEN
        made.repeat := nullif(body -> 'repeat', 'null');
        IF made.repeat IS DISTINCT FROM old.repeat THEN
          was := was || jsonb_build_object('repeat', old.repeat);
        END IF;
      END IF;
      IF body ? 'blockedBy' THEN
        made.blocked_by := todo.uuids(body -> 'blockedBy');
        IF made.blocked_by IS DISTINCT FROM old.blocked_by THEN
          was := was || jsonb_build_object('blocked_by', old.blocked_by);
        END IF;
      END IF;
      IF body ? 'externalId' THEN
        made.external_id := body ->> 'externalId';
        IF made.external_id IS DISTINCT FROM old.external_id THEN
          was := was || jsonb_build_object('external_id', old.external_id);
        END IF;
      END IF;
      IF body ? 'extra' THEN
        made.extra := CASE WHEN body ? 'extra' THEN CASE WHEN jsonb_typeof(body -> 'extra') = 'object' THEN nullif(jsonb_strip_nulls(coalesce(old.extra, '{}') || (body -> 'extra')), '{}') END END;
        IF made.extra IS DISTINCT FROM old.extra THEN
          was := was || jsonb_build_object('extra', old.extra);
        END IF;
      END IF;
    END IF;
    IF body ? 'completed' THEN
      made.completed_at := CASE WHEN (body ->> 'completed')::boolean THEN
        coalesce(old.completed_at, (op ->> 'setAt')::timestamptz(3), moment) END;
      IF made.completed_at IS DISTINCT FROM old.completed_at THEN
        was := was || jsonb_build_object('completed_at', old.completed_at);
      END IF;
    END IF;
    IF op ? 'basis' THEN
      IF body ? 'occurrence' THEN
        made.occurrence := body ->> 'occurrence';
        IF made.occurrence IS DISTINCT FROM old.occurrence THEN
          was := was || jsonb_build_object('occurrence', old.occurrence);
        END IF;
      END IF;
      IF body ? 'startKey' THEN
        made.start_key := body ->> 'startKey';
        IF made.start_key IS DISTINCT FROM old.start_key THEN
          was := was || jsonb_build_object('start_key', old.start_key);
        END IF;
      END IF;
      IF body ? 'dueKey' THEN
        made.due_key := body ->> 'dueKey';
        IF made.due_key IS DISTINCT FROM old.due_key THEN
          was := was || jsonb_build_object('due_key', old.due_key);
        END IF;
      END IF;
      IF body ? 'series' THEN
        made.series := nullif(body -> 'series', 'null');
        IF made.series IS DISTINCT FROM old.series THEN
          was := was || jsonb_build_object('series', old.series);
        END IF;
      END IF;
      IF body ? 'completion' THEN
        made.completion := nullif(body -> 'completion', 'null');
        IF made.completion IS DISTINCT FROM old.completion THEN
          was := was || jsonb_build_object('completion', old.completion);
        END IF;
      END IF;
    END IF;
    IF was <> '{}' THEN
      IF made.project_id IS NOT NULL THEN
        verdict := todo.project_obstacle(uid, made.project_id);
        IF verdict IS NOT NULL THEN
          result := jsonb_build_object('path', jsonb_build_array('projectId'));
          EXIT work;
        END IF;
      END IF;
      IF was ? 'parent_id' OR was ? 'blocked_by' THEN
        SELECT l.verdict, l.more INTO verdict, result FROM todo.task_links(uid, old.id, made.parent_id, made.blocked_by, old.parent_id, old.blocked_by) l;
        IF verdict IS NOT NULL THEN
          EXIT work;
        END IF;
      END IF;
      IF was ? 'completion' OR made.completed_at IS NOT NULL AND old.completed_at IS NULL THEN
        IF NOT op ? 'skip' AND (counter.nested OR made.blocked_by IS NOT NULL) THEN
          SELECT l.verdict, l.more, l.together INTO verdict, result, together FROM todo.task_obstacle(uid, made.id, made.blocked_by, op ->> 'children', (op ->> 'force')::boolean) l;
          IF verdict IS NOT NULL THEN
            EXIT work;
          END IF;
        END IF;
        IF made.completed_at IS NULL THEN
          together := '{}';
          IF counter.nested THEN
            again := ARRAY(
              SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.completed_at IS NOT NULL AND t.id = ANY (ARRAY(
                    WITH RECURSIVE below AS (
                      SELECT t.id FROM unnest(ARRAY[old.id]) b(id), LATERAL (
                        SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL AND t.repeat IS NULL
                        ORDER BY t.parent_id OFFSET 0
                      ) t
                      UNION
                      SELECT t.id FROM below b, LATERAL (
                        SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL AND t.repeat IS NULL
                        ORDER BY t.parent_id OFFSET 0
                      ) t
                    )
                    SELECT b.id FROM below b
                  ))
            );
          END IF;
          IF NOT op ? 'skip' THEN
            waiting := ARRAY(
              SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.blocked_by IS NOT NULL AND old.id = ANY (t.blocked_by)
                ORDER BY t.number
            );
          END IF;
        END IF;
      END IF;
      IF was ? 'project_id' AND counter.nested THEN
        moved := ARRAY(
              WITH RECURSIVE below AS (
                SELECT t.id FROM unnest(ARRAY[old.id]) b(id), LATERAL (
                  SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL
                  ORDER BY t.parent_id OFFSET 0
                ) t
                UNION
                SELECT t.id FROM below b, LATERAL (
                  SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL
                  ORDER BY t.parent_id OFFSET 0
                ) t
              )
              SELECT b.id FROM below b
            );
      END IF;
      IF counter.nested OR was ? 'completion' THEN
        IF ordinal + 1 + cardinality(together || again || waiting || moved) > 10000 THEN
          verdict := 'many';
          EXIT work;
        ELSIF 1 + cardinality(together || again || waiting || moved) > (op ->> 'most')::integer THEN
          verdict := 'long';
          EXIT work;
        END IF;
      END IF;
      IF was ? 'parent_id' OR was ? 'project_id' THEN
        was := was || jsonb_build_object('position', old.position, 'behind', todo.task_behind(uid, old, counter.seq, ordinal));
        SELECT * INTO places FROM todo.task_keys(uid, ARRAY[old.id], (CASE WHEN made.parent_id IS NOT NULL THEN made.parent_id WHEN made.project_id IS NOT NULL THEN made.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END), 'last', NULL, counter, ordinal);
        ordinal := places.ordinal;
        made.position := places.keys[1];
      END IF;
      IF was ? 'tags' THEN
        IF (CASE WHEN ordinal = 0 THEN counter.tags ELSE todo.count_tags(uid) END) > 4950
          AND todo.tags_exceed(uid, body -> 'tags') THEN
          verdict := 'tags';
          EXIT work;
        END IF;
      END IF;
      IF was ? 'external_id' AND made.external_id IS NOT NULL THEN
        result := (SELECT jsonb_build_object('id', t.id) FROM todo.tasks t WHERE t.user_id = uid AND t.external_id >= made.external_id AND t.external_id <= made.external_id ORDER BY t.external_id LIMIT 1);
        IF result IS NOT NULL THEN
          verdict := 'external_id';
          EXIT work;
        END IF;
      END IF;
      IF was ? 'extra' AND made.extra IS NOT NULL THEN
        verdict := (
          SELECT CASE WHEN count(*) > 50 THEN 'extra_of_task'
              WHEN sum(octet_length(e.key) + octet_length(e.value)) > 16384 THEN 'extra_bytes' END
            FROM jsonb_each_text(made.extra) e
        );
        IF verdict IS NOT NULL THEN
          EXIT work;
        END IF;
      END IF;
      IF was ? 'tags' THEN
        PERFORM todo.use_tags(uid, body -> 'tags', moment);
      END IF;
      made.version := old.version + 1;
      made.updated_at := moment;
      IF was - '{completed_at}'::text[] = '{}' THEN
        UPDATE todo.tasks t SET completed_at = made.completed_at, updated_at = made.updated_at, version = made.version, seq = counter.seq
          WHERE t.user_id = uid AND t.id = old.id;
      ELSE
        UPDATE todo.tasks t SET title = made.title, description = made.description, project_id = made.project_id, parent_id = made.parent_id, priority = made.priority, tags = made.tags, start = made.start, due = made.due, repeat = made.repeat, blocked_by = made.blocked_by, external_id = made.external_id, extra = made.extra, completed_at = made.completed_at, occurrence = made.occurrence, start_key = made.start_key, due_key = made.due_key, series = made.series, completion = made.completion, position = made.position, updated_at = made.updated_at, version = made.version, seq = counter.seq
          WHERE t.user_id = uid AND t.id = old.id;
      END IF;
      result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
        VALUES (uid, counter.seq, ordinal, 'task', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
      ordinal := ordinal + 1;
      IF was ? 'completion' THEN
        INSERT INTO todo.completions (user_id, task_id, nth, occurrence, completed_at, skipped)
          SELECT uid, made.id, c.* FROM jsonb_to_record(made.completion) AS c(nth integer, occurrence text, "completedAt" timestamptz(3), skipped boolean)
          ON CONFLICT (user_id, task_id, nth) DO UPDATE
              SET occurrence = excluded.occurrence, completed_at = excluded.completed_at, skipped = excluded.skipped;
      END IF;
      IF together <> '{}' THEN
        DECLARE
        one todo.tasks;
        changed todo.tasks;
      BEGIN
        FOR one IN
          SELECT t.* FROM unnest(together) u(id), LATERAL (
            SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
          ) t
          ORDER BY t.number
        LOOP
          UPDATE todo.tasks t SET completed_at = made.completed_at, updated_at = moment, version = t.version + 1, seq = counter.seq
            WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
            uid, counter.seq, ordinal, 'task', one.id,
            jsonb_build_object('completed_at', one.completed_at, 'version', one.version, 'updated_at', one.updated_at),
            to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
          );
          ordinal := ordinal + 1;
        END LOOP;
      END;
      END IF;
      IF again <> '{}' THEN
        DECLARE
        one todo.tasks;
        changed todo.tasks;
      BEGIN
        FOR one IN
          SELECT t.* FROM unnest(again) u(id), LATERAL (
            SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
          ) t
          ORDER BY t.number
        LOOP
          UPDATE todo.tasks t SET completed_at = NULL, updated_at = moment, version = t.version + 1, seq = counter.seq
            WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
            uid, counter.seq, ordinal, 'task', one.id,
            jsonb_build_object('completed_at', one.completed_at, 'version', one.version, 'updated_at', one.updated_at),
            to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
          );
          ordinal := ordinal + 1;
        END LOOP;
      END;
      END IF;
      IF waiting <> '{}' THEN
        DECLARE
        one todo.tasks;
        changed todo.tasks;
      BEGIN
        FOR one IN
          SELECT t.* FROM unnest(waiting) u(id), LATERAL (
            SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
          ) t
          ORDER BY t.number
        LOOP
          UPDATE todo.tasks t SET blocked_by = nullif(array_remove(t.blocked_by, made.id), '{}'), updated_at = moment, version = t.version + 1, seq = counter.seq
            WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
            uid, counter.seq, ordinal, 'task', one.id,
            jsonb_build_object('blocked_by', one.blocked_by, 'version', one.version, 'updated_at', one.updated_at),
            to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
          );
          ordinal := ordinal + 1;
        END LOOP;
      END;
      END IF;
      IF moved <> '{}' THEN
        DECLARE
        one todo.tasks;
        changed todo.tasks;
      BEGIN
        FOR one IN
          SELECT t.* FROM unnest(moved) u(id), LATERAL (
            SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
          ) t
          ORDER BY t.number
        LOOP
          UPDATE todo.tasks t SET project_id = made.project_id, updated_at = moment, version = t.version + 1, seq = counter.seq
            WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
            uid, counter.seq, ordinal, 'task', one.id,
            jsonb_build_object('project_id', one.project_id, 'version', one.version, 'updated_at', one.updated_at),
            to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
          );
          ordinal := ordinal + 1;
        END LOOP;
      END;
      END IF;
      IF made.parent_id IS NOT NULL AND (was ?| '{parent_id,completed_at}' OR was ? 'repeat' AND made.repeat IS NULL) THEN
        IF NOT counter.nested THEN
          counter.nested := true;
          UPDATE todo.counters c SET nested = true WHERE c.user_id = uid;
        END IF;
        UPDATE todo.tasks t SET is_parent = true WHERE t.user_id = uid AND t.id = made.parent_id AND t.is_parent IS NOT TRUE;
        IF made.completed_at IS NULL THEN
          ordinal := todo.task_open_above(uid, made.parent_id, counter, moment, ordinal);
        END IF;
      END IF;
      IF made.project_id IS NOT NULL THEN
        result := jsonb_set(result, '{thing,archived}', 'false');
      END IF;
    ELSE
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
    END IF;
  END;
  IF result #> '{thing,due}' <> 'null' OR result #> '{thing,start}' <> 'null' THEN
    result := jsonb_set(result, '{thing,place}', coalesce(
      CASE WHEN counter.user_id IS NULL THEN todo.set_place(uid) ELSE counter.place END, 'null'
    ));
  END IF;
  IF counter.nested IS NOT FALSE OR result #> '{thing,blocked_by}' <> 'null' THEN
    IF result #> '{thing,id}' IS NOT NULL THEN
      result := result || jsonb_build_object('thing',
        result -> 'thing' || coalesce(todo.task_derived(uid, (result #>> '{thing,id}')::uuid), '{}'));
    END IF;
  END IF;
  IF result #> '{thing,project_id}' <> 'null' AND NOT result -> 'thing' ? 'archived' THEN
    result := jsonb_set(result, '{thing,archived}', to_jsonb(
      todo.project_obstacle(uid, (result #>> '{thing,project_id}')::uuid) IS NOT DISTINCT FROM 'archived'
    ));
  END IF;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, 'task.complete', moment, sid, me.is_token, me.name, NULL);
    IF random() * 1024 < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, jsonb_strip_nulls(jsonb_build_object('operation', result -> 'operation', 'id', result -> 'thing' -> 'id')));
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.task_create(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
BEGIN
  me := todo.enter(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      IF verdict = 'replayed' THEN
      result := result || jsonb_build_object('thing', coalesce(
        (SELECT c.now FROM todo.operations o JOIN todo.changes c
          ON c.user_id = uid AND c.seq = o.seq AND c.noun = 'task' AND c.id = (result ->> 'id')::uuid
          WHERE o.user_id = uid AND o.id = (result ->> 'operation')::uuid ORDER BY c.ordinal DESC LIMIT 1),
        (SELECT to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] FROM todo.tasks t WHERE t.user_id = uid AND t.id = (result ->> 'id')::uuid)
      ));
      IF result #> '{thing,due}' <> 'null' OR result #> '{thing,start}' <> 'null' THEN
        result := jsonb_set(result, '{thing,place}', coalesce(
          CASE WHEN counter.user_id IS NULL THEN todo.set_place(uid) ELSE counter.place END, 'null'
        ));
      END IF;
      IF counter.nested IS NOT FALSE OR result #> '{thing,blocked_by}' <> 'null' THEN
        IF result #> '{thing,id}' IS NOT NULL THEN
          result := result || jsonb_build_object('thing',
            result -> 'thing' || coalesce(todo.task_derived(uid, (result #>> '{thing,id}')::uuid), '{}'));
        END IF;
      END IF;
      IF result #> '{thing,project_id}' <> 'null' AND NOT result -> 'thing' ? 'archived' THEN
        result := jsonb_set(result, '{thing,archived}', to_jsonb(
          todo.project_obstacle(uid, (result #>> '{thing,project_id}')::uuid) IS NOT DISTINCT FROM 'archived'
        ));
      END IF;
      END IF;
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3)), last_number = c.last_number + 1, tasks = c.tasks + 1
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
  <<work>>
  DECLARE
    body jsonb := op -> 'body';
    made todo.tasks;
    project uuid;
    anchor uuid;
    places record;
  BEGIN
    -- Whoever makes a thing may choose its id, and so may find it made.
    IF op ? 'creation' THEN
      SELECT * INTO made FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
      IF made.creation = decode(op ->> 'creation', 'hex') AND made.trashed_at IS NULL THEN
        result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      ELSIF made.id IS NOT NULL OR EXISTS (
        SELECT FROM todo.changes c WHERE c.user_id = uid AND c.noun = 'task' AND c.id = (op ->> 'id')::uuid
      ) THEN
        verdict := 'taken';
      END IF;
    END IF;
    IF result IS NULL AND verdict IS NULL AND counter.tasks > 100000 THEN
      verdict := 'limit';
    END IF;
    IF result IS NOT NULL OR verdict IS NOT NULL THEN
      EXIT work;
    END IF;
    IF body ? 'parentId' OR body ? 'blockedBy' THEN
      SELECT l.verdict, l.more INTO verdict, result FROM todo.task_links(uid, (op ->> 'id')::uuid, (body ->> 'parentId')::uuid, todo.uuids(body -> 'blockedBy'), NULL, NULL) l;
      IF verdict IS NOT NULL THEN
        EXIT work;
      END IF;
      IF body ->> 'parentId' IS NOT NULL THEN
        project := (SELECT t.project_id FROM todo.tasks t WHERE t.user_id = uid AND t.id = (body ->> 'parentId')::uuid);
        IF body ? 'projectId' AND (body ->> 'projectId')::uuid IS DISTINCT FROM project THEN
          verdict := 'reference';
          result := '{"path": ["parentId"]}';
          EXIT work;
        END IF;
        body := body || jsonb_build_object('projectId', project);
      END IF;
    END IF;
    IF counter.new_first THEN
      made.parent_id := (body ->> 'parentId')::uuid;
      made.project_id := (body ->> 'projectId')::uuid;
      anchor := CASE WHEN ordinal > 0 THEN (
          SELECT c.id FROM todo.changes c JOIN todo.tasks t ON t.user_id = uid AND t.id = c.id
            WHERE c.user_id = uid AND c.seq = counter.seq AND c.noun = 'task' AND c.was IS NULL AND (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = (CASE WHEN made.parent_id IS NOT NULL THEN made.parent_id WHEN made.project_id IS NOT NULL THEN made.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END)
            ORDER BY c.ordinal DESC LIMIT 1
        ) END;
      SELECT * INTO places FROM todo.task_keys(
        uid, ARRAY[(op ->> 'id')::uuid], (CASE WHEN made.parent_id IS NOT NULL THEN made.parent_id WHEN made.project_id IS NOT NULL THEN made.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END), CASE WHEN anchor IS NULL THEN 'first' ELSE 'after' END, anchor, counter, ordinal
      );
      ordinal := places.ordinal;
      body := body || jsonb_build_object('position', places.keys[1]);
    END IF;
    IF body ->> 'projectId' IS NOT NULL THEN
      verdict := todo.project_obstacle(uid, (body ->> 'projectId')::uuid);
      IF verdict IS NOT NULL THEN
        result := jsonb_build_object('path', jsonb_build_array('projectId'));
        EXIT work;
      END IF;
    END IF;
    IF body ? 'tags' THEN
      IF (CASE WHEN ordinal = 0 THEN counter.tags ELSE todo.count_tags(uid) END) > 4950
        AND todo.tags_exceed(uid, body -> 'tags') THEN
        verdict := 'tags';
        EXIT work;
      END IF;
    END IF;
    IF body ->> 'externalId' IS NOT NULL THEN
      result := (SELECT jsonb_build_object('id', t.id) FROM todo.tasks t WHERE t.user_id = uid AND t.external_id >= (body ->> 'externalId') AND t.external_id <= (body ->> 'externalId') ORDER BY t.external_id LIMIT 1);
      IF result IS NOT NULL THEN
        verdict := 'external_id';
        EXIT work;
      END IF;
    END IF;
    INSERT INTO todo.tasks (user_id, id, number, title, description, project_id, parent_id, position, priority, tags, start, due, repeat, occurrence, blocked_by, external_id, extra, start_key, due_key, series, completion, title_folded, description_folded, completed_at, created_at, updated_at, version, seq, creation)
      VALUES (uid, (op ->> 'id')::uuid, counter.last_number, body ->> 'title', body ->> 'description', (body ->> 'projectId')::uuid, (body ->> 'parentId')::uuid, body ->> 'position', body ->> 'priority', CASE WHEN body ? 'tags' THEN todo.use_tags(uid, body -> 'tags', moment) END, nullif(body -> 'start', 'null'), nullif(body -> 'due', 'null'), nullif(body -> 'repeat', 'null'), body ->> 'occurrence', todo.uuids(body -> 'blockedBy'), body ->> 'externalId', CASE WHEN body ? 'extra' THEN CASE WHEN jsonb_typeof(body -> 'extra') = 'object' THEN nullif(jsonb_strip_nulls(coalesce(NULL::jsonb, '{}') || (body -> 'extra')), '{}') END END, body ->> 'startKey', body ->> 'dueKey', nullif(body -> 'series', 'null'), nullif(body -> 'completion', 'null'), CASE WHEN octet_length((body ->> 'title')) = char_length((body ->> 'title')) THEN lower((body ->> 'title') COLLATE "C") ELSE todo.folded((body ->> 'title')) END, CASE WHEN octet_length((body ->> 'description')) = char_length((body ->> 'description')) THEN lower((body ->> 'description') COLLATE "C") ELSE todo.folded((body ->> 'description')) END, (op ->> 'setAt')::timestamptz(3), coalesce((op ->> 'createdAt')::timestamptz(3), moment), moment, 1, counter.seq, decode(op ->> 'creation', 'hex'))
      RETURNING * INTO made;
    result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
    INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
      VALUES (uid, counter.seq, ordinal, 'task', made.id, NULL, result -> 'thing');
    ordinal := ordinal + 1;
    IF made.parent_id IS NOT NULL THEN
      IF NOT counter.nested THEN
        counter.nested := true;
        UPDATE todo.counters c SET nested = true WHERE c.user_id = uid;
      END IF;
      UPDATE todo.tasks t SET is_parent = true WHERE t.user_id = uid AND t.id = made.parent_id AND t.is_parent IS NOT TRUE;
      IF NOT op ? 'imported' THEN
        ordinal := todo.task_open_above(uid, made.parent_id, counter, moment, ordinal);
      END IF;
    END IF;
    IF made.project_id IS NOT NULL THEN
      result := jsonb_set(result, '{thing,archived}', 'false');
    END IF;
    IF made.tags IS NOT NULL THEN
      INSERT INTO todo.task_tags (user_id, name_key, number)
        SELECT uid, k, made.number FROM jsonb_object_keys(made.tags) k;
    END IF;
  END;
  IF ordinal = 0 THEN
    UPDATE todo.counters c SET last_number = c.last_number - 1, tasks = c.tasks - 1 WHERE c.user_id = uid;
  END IF;
  IF result #> '{thing,due}' <> 'null' OR result #> '{thing,start}' <> 'null' THEN
    result := jsonb_set(result, '{thing,place}', coalesce(
      CASE WHEN counter.user_id IS NULL THEN todo.set_place(uid) ELSE counter.place END, 'null'
    ));
  END IF;
  IF counter.nested IS NOT FALSE OR result #> '{thing,blocked_by}' <> 'null' THEN
    IF result #> '{thing,id}' IS NOT NULL THEN
      result := result || jsonb_build_object('thing',
        result -> 'thing' || coalesce(todo.task_derived(uid, (result #>> '{thing,id}')::uuid), '{}'));
    END IF;
  END IF;
  IF result #> '{thing,project_id}' <> 'null' AND NOT result -> 'thing' ? 'archived' THEN
    result := jsonb_set(result, '{thing,archived}', to_jsonb(
      todo.project_obstacle(uid, (result #>> '{thing,project_id}')::uuid) IS NOT DISTINCT FROM 'archived'
    ));
  END IF;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, 'task.create', moment, sid, me.is_token, me.name, NULL);
    IF random() * 1024 < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, jsonb_strip_nulls(jsonb_build_object('operation', result -> 'operation', 'id', result -> 'thing' -> 'id')));
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.task_depth(uid uuid, task uuid)
 RETURNS integer
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
    DECLARE
      depth integer := 0;
    BEGIN
      WHILE task IS NOT NULL AND depth < 2 * 8 LOOP
        depth := depth + 1;
        task := (SELECT t.parent_id FROM todo.tasks t WHERE t.user_id = uid AND t.id = task);
      END LOOP;
      RETURN depth;
    END $function$;

CREATE OR REPLACE FUNCTION todo.task_derived(uid uuid, task uuid)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
    BEGIN
      RETURN (SELECT jsonb_build_object(
          'open_children', CASE WHEN t.is_parent THEN todo.open_children(uid, t.id) ELSE 0 END,
          'blocked', t.blocked_by IS NOT NULL AND todo.is_blocked(uid, t.blocked_by)
        ) FROM todo.tasks t WHERE t.user_id = uid AND t.id = task);
    END $function$;

CREATE OR REPLACE FUNCTION todo.task_differs(uid uuid, task uuid, since bigint, members text[])
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
    BEGIN
      RETURN EXISTS (
        SELECT FROM (SELECT x.ctid, x.* FROM todo.changes x WHERE x.user_id = uid AND x.noun = 'task' AND x.id >= task AND x.id <= task
          ORDER BY x.id OFFSET 0) c, LATERAL (
          SELECT * FROM todo.operations o WHERE o.user_id = uid AND o.seq = c.seq OFFSET 0
        ) o WHERE c.seq > since AND (c.was IS NULL OR c.was ?| members) AND o.undone_by IS NULL
          AND (o.undoes IS NULL OR o.undoes < since)
      );
    END $function$;

CREATE OR REPLACE FUNCTION todo.task_displaced(uid uuid, thing uuid, since bigint)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
    BEGIN
      RETURN EXISTS (
        SELECT FROM (SELECT x.ctid, x.* FROM todo.changes x WHERE x.user_id = uid AND x.noun = 'task' AND x.id >= thing AND x.id <= thing
          ORDER BY x.id OFFSET 0) c WHERE c.seq >= since AND c.was ? 'position' AND NOT c.was ? 'version'
      ) OR EXISTS (
        SELECT FROM (SELECT x.ctid, x.* FROM todo.changes x WHERE x.user_id = uid AND x.noun = 'task' AND x.id >= thing AND x.id <= thing
          ORDER BY x.id OFFSET 0) c, LATERAL (
          SELECT * FROM todo.operations o WHERE o.user_id = uid AND o.seq = c.seq OFFSET 0
        ) o WHERE c.seq > since AND (c.was IS NULL OR c.was ? 'position' AND c.was ? 'version') AND o.kind <> 'undo' AND o.undone_by IS NULL
      );
    END $function$;

CREATE OR REPLACE FUNCTION todo.task_erase(uid uuid, things uuid[], seq_now bigint, first integer)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    DECLARE
      thing uuid;
    BEGIN
      -- One by one: no plan goes through the whole list for each.
      FOREACH thing IN ARRAY things LOOP
        DELETE FROM todo.completions p WHERE p.user_id = uid AND p.task_id = thing;
        DELETE FROM todo.tasks t WHERE t.user_id = uid AND t.id = thing;
      END LOOP;
      UPDATE todo.counters c SET tasks = c.tasks - cardinality(things) WHERE c.user_id = uid;
      INSERT INTO todo.changes (user_id, seq, ordinal, noun, id)
        SELECT uid, seq_now, first + gone.place - 1, 'task', gone.id FROM unnest(things) WITH ORDINALITY gone(id, place);
      RETURN first + cardinality(things);
    END $function$;

CREATE OR REPLACE FUNCTION todo.task_forget(uid uuid, things uuid[], most integer)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    DECLARE
      many integer;
    BEGIN
      UPDATE todo.changes c SET was = NULL, now = NULL WHERE c.user_id = uid AND c.ctid = ANY (ARRAY(
        SELECT n.ctid FROM unnest(things) u(id), LATERAL (
          SELECT x.ctid, x.* FROM todo.changes x WHERE x.user_id = uid AND x.noun = 'task' AND x.id >= u.id AND x.id <= u.id
          ORDER BY x.id OFFSET 0
        ) n WHERE n.was IS NOT NULL OR n.now IS NOT NULL LIMIT most
      ));
      GET DIAGNOSTICS many = ROW_COUNT;
      RETURN many = most;
    END $function$;

CREATE OR REPLACE FUNCTION todo.task_height(uid uuid, task uuid, trashed timestamp with time zone)
 RETURNS integer
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
    DECLARE
      height integer := 0;
      level uuid[] := ARRAY[task];
    BEGIN
      WHILE level <> '{}' AND height < 2 * 8 LOOP
        height := height + 1;
        level := ARRAY(
          SELECT t.id FROM unnest(level) l(id), LATERAL (
            SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= l.id AND t.parent_id <= l.id AND t.trashed_at IS NOT DISTINCT FROM trashed
          ORDER BY t.parent_id OFFSET 0
          ) t
        );
      END LOOP;
      RETURN height;
    END $function$;

CREATE OR REPLACE FUNCTION todo.task_keys(uid uuid, moving uuid[], wanted uuid, side text, anchor uuid, counter todo.counters, INOUT ordinal integer, OUT keys text[])
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    DECLARE
      many constant integer := cardinality(moving);
      run integer := 32;
      mark record;
      low record;
      high record;
      below uuid[];
      above uuid[];
      given jsonb;
    BEGIN
      IF anchor IS NOT NULL THEN
        SELECT t.id, (coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C") AS key INTO mark FROM todo.tasks t WHERE t.user_id = uid AND t.id = anchor;
      END IF;
      CASE side
        WHEN 'after' THEN
          low := mark;
          SELECT n.id, n.key FROM (SELECT mark.key AS key, (('x' || left(mark.key, 8))::bit(32)::bigint - 2147483648)::integer AS nth, mark.id AS id OFFSET 0) lower, LATERAL (
            SELECT e.id, e.key FROM (
              (SELECT t.id, (coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C") AS key FROM todo.tasks t
                WHERE t.user_id = uid AND (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = wanted AND t.number > 0 AND t.position IS NOT NULL AND t.position >= lower.key AND ((coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C"), t.id) > (lower.key, lower.id) AND t.id <> ALL (moving)
                ORDER BY t.position, t.number LIMIT 1)
              UNION ALL
              (SELECT t.id, (coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C") AS key FROM todo.tasks t
                WHERE t.user_id = uid AND (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = wanted AND t.number > 0 AND t.position IS NULL AND t.number >= lower.nth AND ((coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C"), t.id) > (lower.key, lower.id) AND t.id <> ALL (moving)
                ORDER BY t.position, t.number LIMIT 1)
            ) e ORDER BY e.key, e.id LIMIT 1
          ) n INTO high;
        WHEN 'before' THEN
          high := mark;
          SELECT n.id, n.key FROM (SELECT mark.key AS key, (('x' || left(mark.key, 8))::bit(32)::bigint - 2147483648)::integer AS nth, mark.id AS id OFFSET 0) upper, LATERAL (
            SELECT e.id, e.key FROM (
              (SELECT t.id, (coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C") AS key FROM todo.tasks t
                WHERE t.user_id = uid AND (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = wanted AND t.number > 0 AND t.position IS NOT NULL AND t.position <= upper.key AND ((coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C"), t.id) < (upper.key, upper.id) AND t.id <> ALL (moving)
                ORDER BY t.position DESC, t.number DESC LIMIT 1)
              UNION ALL
              (SELECT t.id, (coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C") AS key FROM todo.tasks t
                WHERE t.user_id = uid AND (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = wanted AND t.number > 0 AND t.position IS NULL AND t.number <= upper.nth AND ((coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C"), t.id) < (upper.key, upper.id) AND t.id <> ALL (moving)
                ORDER BY t.position DESC, t.number DESC LIMIT 1)
            ) e ORDER BY e.key DESC, e.id DESC LIMIT 1
          ) n INTO low;
        WHEN 'first' THEN
          SELECT NULL::uuid AS id, NULL::text AS key INTO low;
          SELECT n.id, n.key FROM (
            SELECT e.id, e.key FROM (
              (SELECT t.id, (coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C") AS key FROM todo.tasks t
                WHERE t.user_id = uid AND (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = wanted AND t.number > 0 AND t.position IS NOT NULL AND t.id <> ALL (moving)
                ORDER BY t.position, t.number LIMIT 1)
              UNION ALL
              (SELECT t.id, (coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C") AS key FROM todo.tasks t
                WHERE t.user_id = uid AND (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = wanted AND t.number > 0 AND t.position IS NULL AND t.id <> ALL (moving)
                ORDER BY t.position, t.number LIMIT 1)
            ) e ORDER BY e.key, e.id LIMIT 1
          ) n INTO high;
        ELSE
          SELECT n.id, n.key FROM (
            SELECT e.id, e.key FROM (
              (SELECT t.id, (coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C") AS key FROM todo.tasks t
                WHERE t.user_id = uid AND (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = wanted AND t.number > 0 AND t.position IS NOT NULL AND t.id <> ALL (moving)
                ORDER BY t.position DESC, t.number DESC LIMIT 1)
              UNION ALL
              (SELECT t.id, (coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C") AS key FROM todo.tasks t
                WHERE t.user_id = uid AND (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = wanted AND t.number > 0 AND t.position IS NULL AND t.id <> ALL (moving)
                ORDER BY t.position DESC, t.number DESC LIMIT 1)
            ) e ORDER BY e.key DESC, e.id DESC LIMIT 1
          ) n INTO low;
          SELECT NULL::uuid AS id, NULL::text AS key INTO high;
      END CASE;
      keys := todo.keys_between(low.key, high.key, many, counter.last_number);
      IF (SELECT max(length(k)) <= 24 FROM unnest(keys) k) THEN
        RETURN;
      END IF;
      LOOP
        below := CASE WHEN low.id IS NULL THEN '{}' ELSE low.id || ARRAY(SELECT b.id FROM (
          SELECT n.id, n.key FROM (SELECT low.key AS key, (('x' || left(low.key, 8))::bit(32)::bigint - 2147483648)::integer AS nth, low.id AS id OFFSET 0) upper, LATERAL (
            SELECT e.id, e.key FROM (
              (SELECT t.id, (coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C") AS key FROM todo.tasks t
                WHERE t.user_id = uid AND (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = wanted AND t.number > 0 AND t.position IS NOT NULL AND t.position <= upper.key AND ((coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C"), t.id) < (upper.key, upper.id) AND t.id <> ALL (moving)
                ORDER BY t.position DESC, t.number DESC LIMIT (run / 2 - 1))
              UNION ALL
              (SELECT t.id, (coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C") AS key FROM todo.tasks t
                WHERE t.user_id = uid AND (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = wanted AND t.number > 0 AND t.position IS NULL AND t.number <= upper.nth AND ((coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C"), t.id) < (upper.key, upper.id) AND t.id <> ALL (moving)
                ORDER BY t.position DESC, t.number DESC LIMIT (run / 2 - 1))
            ) e ORDER BY e.key DESC, e.id DESC LIMIT (run / 2 - 1)
          ) n
        ) b) END;
        above := CASE WHEN high.id IS NULL THEN '{}' ELSE high.id || ARRAY(SELECT a.id FROM (
          SELECT n.id, n.key FROM (SELECT high.key AS key, (('x' || left(high.key, 8))::bit(32)::bigint - 2147483648)::integer AS nth, high.id AS id OFFSET 0) lower, LATERAL (
            SELECT e.id, e.key FROM (
              (SELECT t.id, (coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C") AS key FROM todo.tasks t
                WHERE t.user_id = uid AND (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = wanted AND t.number > 0 AND t.position IS NOT NULL AND t.position >= lower.key AND ((coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C"), t.id) > (lower.key, lower.id) AND t.id <> ALL (moving)
                ORDER BY t.position, t.number LIMIT (run / 2 - 1))
              UNION ALL
              (SELECT t.id, (coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C") AS key FROM todo.tasks t
                WHERE t.user_id = uid AND (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = wanted AND t.number > 0 AND t.position IS NULL AND t.number >= lower.nth AND ((coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C"), t.id) > (lower.key, lower.id) AND t.id <> ALL (moving)
                ORDER BY t.position, t.number LIMIT (run / 2 - 1))
            ) e ORDER BY e.key, e.id LIMIT (run / 2 - 1)
          ) n
        ) a) END;
        keys := todo.keys_between(
          (SELECT e.key FROM todo.tasks l, LATERAL (
            SELECT n.id, n.key FROM (SELECT (coalesce(l.position, to_hex(2147483648 + l.number)) COLLATE "C") AS key, (('x' || left((coalesce(l.position, to_hex(2147483648 + l.number)) COLLATE "C"), 8))::bit(32)::bigint - 2147483648)::integer AS nth, l.id AS id OFFSET 0) upper, LATERAL (
              SELECT e.id, e.key FROM (
                (SELECT t.id, (coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C") AS key FROM todo.tasks t
                  WHERE t.user_id = uid AND (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = wanted AND t.number > 0 AND t.position IS NOT NULL AND t.position <= upper.key AND ((coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C"), t.id) < (upper.key, upper.id) AND t.id <> ALL (moving)
                  ORDER BY t.position DESC, t.number DESC LIMIT 1)
                UNION ALL
                (SELECT t.id, (coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C") AS key FROM todo.tasks t
                  WHERE t.user_id = uid AND (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = wanted AND t.number > 0 AND t.position IS NULL AND t.number <= upper.nth AND ((coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C"), t.id) < (upper.key, upper.id) AND t.id <> ALL (moving)
                  ORDER BY t.position DESC, t.number DESC LIMIT 1)
              ) e ORDER BY e.key DESC, e.id DESC LIMIT 1
            ) n
          ) e WHERE l.user_id = uid AND l.id = below[cardinality(below)]),
          (SELECT e.key FROM todo.tasks l, LATERAL (
            SELECT n.id, n.key FROM (SELECT (coalesce(l.position, to_hex(2147483648 + l.number)) COLLATE "C") AS key, (('x' || left((coalesce(l.position, to_hex(2147483648 + l.number)) COLLATE "C"), 8))::bit(32)::bigint - 2147483648)::integer AS nth, l.id AS id OFFSET 0) lower, LATERAL (
              SELECT e.id, e.key FROM (
                (SELECT t.id, (coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C") AS key FROM todo.tasks t
                  WHERE t.user_id = uid AND (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = wanted AND t.number > 0 AND t.position IS NOT NULL AND t.position >= lower.key AND ((coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C"), t.id) > (lower.key, lower.id) AND t.id <> ALL (moving)
                  ORDER BY t.position, t.number LIMIT 1)
                UNION ALL
                (SELECT t.id, (coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C") AS key FROM todo.tasks t
                  WHERE t.user_id = uid AND (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = wanted AND t.number > 0 AND t.position IS NULL AND t.number >= lower.nth AND ((coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C"), t.id) > (lower.key, lower.id) AND t.id <> ALL (moving)
                  ORDER BY t.position, t.number LIMIT 1)
              ) e ORDER BY e.key, e.id LIMIT 1
            ) n
          ) e WHERE l.user_id = uid AND l.id = above[cardinality(above)]),
          cardinality(below) + many + cardinality(above), counter.last_number
        );
        EXIT WHEN (SELECT max(length(k)) <= 16 FROM unnest(keys) k)
          OR cardinality(below) < run / 2 AND cardinality(above) < run / 2;
        run := run * 2;
      END LOOP;
      given := jsonb_object((below || above)::text[], ARRAY(
        SELECT keys[CASE WHEN n <= cardinality(below) THEN cardinality(below) + 1 - n ELSE many + n END]
          FROM generate_series(1, cardinality(below || above)) n ORDER BY n
      ));
      DECLARE
        one todo.tasks;
        changed todo.tasks;
      BEGIN
        FOR one IN
          SELECT t.* FROM unnest(below || above) u(id), LATERAL (
            SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
          ) t
        LOOP
          UPDATE todo.tasks t SET position = given ->> t.id::text, seq = counter.seq
            WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
            uid, counter.seq, ordinal, 'task', one.id,
            jsonb_build_object('position', one.position),
            to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
          );
          ordinal := ordinal + 1;
        END LOOP;
      END;
      keys := keys[cardinality(below) + 1:cardinality(below) + many];
    END $function$;

CREATE OR REPLACE FUNCTION todo.task_last(uid uuid, wanted uuid)
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
    BEGIN
      RETURN (SELECT n.id FROM (
        SELECT n.id, n.key FROM (
          SELECT e.id, e.key FROM (
            (SELECT t.id, (coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C") AS key FROM todo.tasks t
              WHERE t.user_id = uid AND (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = wanted AND t.number > 0 AND t.position IS NOT NULL AND coalesce(t.trashed_at, 'infinity') = 'infinity'
              ORDER BY t.position DESC, t.number DESC LIMIT 1)
            UNION ALL
            (SELECT t.id, (coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C") AS key FROM todo.tasks t
              WHERE t.user_id = uid AND (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = wanted AND t.number > 0 AND t.position IS NULL AND coalesce(t.trashed_at, 'infinity') = 'infinity'
              ORDER BY t.position DESC, t.number DESC LIMIT 1)
          ) e ORDER BY e.key DESC, e.id DESC LIMIT 1
        ) n
      ) n);
    END $function$;

CREATE OR REPLACE FUNCTION todo.task_links(uid uuid, task uuid, parent uuid, blockers uuid[], known_parent uuid, known_blockers uuid[], OUT verdict text, OUT more jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    DECLARE
      place bigint;
    BEGIN
      IF cardinality(blockers) > 100 THEN
        verdict := 'blockers';
        RETURN;
      END IF;
      IF parent IS DISTINCT FROM known_parent AND parent IS NOT NULL AND NOT (SELECT t.trashed_at IS NULL FROM todo.tasks t WHERE t.user_id = uid AND t.id = parent) IS TRUE THEN
        verdict := 'reference';
        more := '{"path": ["parentId"]}';
        RETURN;
      END IF;
      place := (SELECT w.place - 1 FROM unnest(blockers) WITH ORDINALITY w(id, place)
        WHERE w.id <> ALL (coalesce(known_blockers, '{}')) AND w.id <> task AND NOT (SELECT t.trashed_at IS NULL FROM todo.tasks t WHERE t.user_id = uid AND t.id = w.id) IS TRUE
        ORDER BY w.place LIMIT 1);
      IF place IS NOT NULL THEN
        verdict := 'reference';
        more := jsonb_build_object('path', jsonb_build_array('blockedBy', place));
        RETURN;
      END IF;
      IF task = parent OR (blockers IS NOT NULL OR EXISTS (
        SELECT FROM todo.tasks c WHERE c.user_id = uid AND c.parent_id >= task AND c.parent_id <= task
          ORDER BY c.parent_id OFFSET 0
      )) AND EXISTS (
        WITH RECURSIVE reached(id) AS (
          (SELECT b.id FROM unnest(blockers) b(id)
            UNION ALL (SELECT c.id FROM todo.tasks c WHERE c.user_id = uid AND c.parent_id >= task AND c.parent_id <= task
          ORDER BY c.parent_id OFFSET 0))
          UNION
          SELECT next.id FROM reached r, LATERAL (
            SELECT b.id FROM (
              SELECT x.blocked_by FROM todo.tasks x WHERE x.user_id = uid AND x.id = r.id OFFSET 0
            ) t, unnest(t.blocked_by) b(id)
            UNION ALL (SELECT c.id FROM todo.tasks c WHERE c.user_id = uid AND c.parent_id >= r.id AND c.parent_id <= r.id
          ORDER BY c.parent_id OFFSET 0)
          ) next
        )
        SELECT FROM reached r WHERE r.id = task OR r.id = parent
      ) THEN
        verdict := 'cycle';
        more := jsonb_build_object('path', jsonb_build_array(
          CASE WHEN parent IS DISTINCT FROM known_parent THEN 'parentId' ELSE 'blockedBy' END
        ));
        RETURN;
      END IF;
      IF parent IS DISTINCT FROM known_parent AND todo.task_depth(uid, parent) + todo.task_height(uid, task, NULL) > 8 THEN
        verdict := 'depth';
      END IF;
    END $function$;

CREATE OR REPLACE FUNCTION todo.task_move(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
BEGIN
  me := todo.enter(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3))
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
  <<work>>
  DECLARE
    body jsonb := op -> 'body';
    ids uuid[] := todo.uuids(body -> 'ids');
    side text := CASE WHEN body ? 'before' THEN 'before' WHEN body ? 'after' THEN 'after' ELSE coalesce(body ->> 'at', 'last') END;
    anchor todo.tasks;
    old todo.tasks;
    made todo.tasks;
    target todo.tasks;
    was jsonb;
    places record;
    previous uuid;
    stays boolean;
    place integer := 0;
    moved jsonb := '[]';
    inside uuid[] := '{}';
  BEGIN
    -- Who stands where: what is named has to be there.
    IF body ? 'before' OR body ? 'after' THEN
      SELECT * INTO anchor FROM todo.tasks t WHERE t.user_id = uid AND t.id = (body ->> side)::uuid;
      IF NOT FOUND OR anchor.trashed_at IS NOT NULL OR anchor.id = ANY (ids) THEN
        verdict := 'reference';
        result := jsonb_build_object('path', jsonb_build_array(side));
        EXIT work;
      END IF;
    END IF;
    place := (SELECT m.place - 1 FROM unnest(ids) WITH ORDINALITY m(id, place)
      WHERE (SELECT t.trashed_at IS NULL FROM todo.tasks t WHERE t.user_id = uid AND t.id = m.id) IS NOT TRUE
      ORDER BY m.place LIMIT 1);
    IF place IS NOT NULL THEN
      verdict := 'reference';
      result := jsonb_build_object('path', jsonb_build_array('ids', place));
      EXIT work;
    END IF;
    SELECT * INTO target FROM todo.tasks t WHERE t.user_id = uid AND t.id = ids[1];
    IF anchor.id IS NOT NULL THEN
      target.parent_id := anchor.parent_id;
      target.project_id := anchor.project_id;
    ELSIF body ->> 'parentId' IS NOT NULL THEN
      target.parent_id := (body ->> 'parentId')::uuid;
      target.project_id := (SELECT t.project_id FROM todo.tasks t WHERE t.user_id = uid AND t.id = target.parent_id);
      IF body ? 'projectId' AND (body ->> 'projectId')::uuid IS DISTINCT FROM target.project_id THEN
        verdict := 'reference';
        result := '{"path": ["parentId"]}';
        EXIT work;
      END IF;
    ELSIF body ? 'projectId' THEN
      target.parent_id := NULL;
      target.project_id := (body ->> 'projectId')::uuid;
    ELSIF body ? 'parentId' THEN
      target.parent_id := NULL;
    END IF;
    FOR old IN SELECT t.* FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
          SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
        ) t WHERE t.parent_id IS DISTINCT FROM target.parent_id ORDER BY m.place
    LOOP
      SELECT l.verdict, l.more INTO verdict, result
        FROM todo.task_links(uid, old.id, target.parent_id, old.blocked_by, old.parent_id, old.blocked_by) l;
      IF verdict IS NOT NULL THEN
        EXIT work;
      END IF;
    END LOOP;
    -- Whether all stand there already, one behind the other.
    stays := NOT EXISTS (SELECT FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
      SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
    ) t WHERE t.parent_id IS DISTINCT FROM target.parent_id OR t.project_id IS DISTINCT FROM target.project_id);
    IF stays THEN
      previous := CASE side
        WHEN 'after' THEN anchor.id
        WHEN 'before' THEN todo.task_before(uid, anchor)
        WHEN 'last' THEN todo.task_last(uid, (CASE WHEN target.parent_id IS NOT NULL THEN target.parent_id WHEN target.project_id IS NOT NULL THEN target.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END))
      END;
      IF side IN ('before', 'last') THEN
        stays := (previous = ids[cardinality(ids)]) IS TRUE;
        SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = ids[1];
        previous := todo.task_before(uid, old);
      END IF;
      FOR old IN SELECT t.* FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
      SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
    ) t WHERE stays ORDER BY m.place
      LOOP
        stays := stays AND todo.task_before(uid, old) IS NOT DISTINCT FROM previous;
        previous := old.id;
      END LOOP;
    END IF;
    IF stays THEN
      result := (SELECT jsonb_build_object('items', jsonb_agg(jsonb_build_object('id', t.id, 'number', t.number, 'project_id', t.project_id, 'parent_id', t.parent_id, 'position', t.position, 'version', t.version) ORDER BY m.place),
        'thing', (jsonb_agg(to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] ORDER BY m.place)) -> 0) FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
      SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
    ) t);
      EXIT work;
    END IF;
    made := target;
    IF made.project_id IS NOT NULL THEN
      verdict := todo.project_obstacle(uid, made.project_id);
      IF verdict IS NOT NULL THEN
        result := jsonb_build_object('path', jsonb_build_array('projectId'));
        EXIT work;
      END IF;
    END IF;
    IF counter.nested AND EXISTS (SELECT FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
          SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
        ) t WHERE t.project_id IS DISTINCT FROM target.project_id) THEN
      inside := ARRAY(SELECT b.id FROM unnest(ARRAY(
            WITH RECURSIVE below AS (
              SELECT t.id FROM unnest(ids) b(id), LATERAL (
                SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL
                ORDER BY t.parent_id OFFSET 0
              ) t
              UNION
              SELECT t.id FROM below b, LATERAL (
                SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL
                ORDER BY t.parent_id OFFSET 0
              ) t
            )
            SELECT b.id FROM below b
          )) b(id) JOIN todo.tasks t ON t.user_id = uid AND t.id = b.id
        WHERE b.id <> ALL (ids) AND t.project_id IS DISTINCT FROM target.project_id);
    END IF;
    IF ordinal + cardinality(ids || inside) > 10000 THEN
      verdict := 'many';
      EXIT work;
    ELSIF cardinality(ids || inside) > (op ->> 'most')::integer THEN
      verdict := 'long';
      EXIT work;
    END IF;
    SELECT * INTO places FROM todo.task_keys(uid, ids, (CASE WHEN target.parent_id IS NOT NULL THEN target.parent_id WHEN target.project_id IS NOT NULL THEN target.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END), side, anchor.id, counter, ordinal);
    ordinal := places.ordinal;
    -- What stood before each of them is of the time before all.
    moved := (SELECT jsonb_agg(jsonb_build_array(m.id, todo.task_before(uid, t)) ORDER BY m.place) FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
      SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
    ) t);
    FOR place IN 1 .. cardinality(ids) LOOP
      SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = ids[place];
      made := old;
      made.position := places.keys[place];
      was := jsonb_build_object('position', old.position, 'behind', moved -> (place - 1) -> 1);
      made.parent_id := target.parent_id;
      IF made.parent_id IS DISTINCT FROM old.parent_id THEN
        was := was || jsonb_build_object('parent_id', old.parent_id);
      END IF;
      made.project_id := target.project_id;
      IF made.project_id IS DISTINCT FROM old.project_id THEN
        was := was || jsonb_build_object('project_id', old.project_id);
      END IF;
      made.version := old.version + 1;
      made.updated_at := moment;
      UPDATE todo.tasks t SET position = made.position, parent_id = made.parent_id, project_id = made.project_id, updated_at = made.updated_at, version = made.version, seq = counter.seq
        WHERE t.user_id = uid AND t.id = old.id;
      result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
        VALUES (uid, counter.seq, ordinal, 'task', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
      ordinal := ordinal + 1;
      moved := jsonb_set(moved, ARRAY[(place - 1)::text], jsonb_build_object('id', made.id, 'number', made.number, 'project_id', made.project_id, 'parent_id', made.parent_id, 'position', made.position, 'version', made.version));
      IF made.parent_id IS NOT NULL THEN
        IF NOT counter.nested THEN
          counter.nested := true;
          UPDATE todo.counters c SET nested = true WHERE c.user_id = uid;
        END IF;
        UPDATE todo.tasks t SET is_parent = true WHERE t.user_id = uid AND t.id = made.parent_id AND t.is_parent IS NOT TRUE;
      END IF;
      IF made.completed_at IS NULL AND made.parent_id IS DISTINCT FROM old.parent_id THEN
        ordinal := todo.task_open_above(uid, made.parent_id, counter, moment, ordinal);
      END IF;
    END LOOP;
    IF inside <> '{}' THEN
      DECLARE
        one todo.tasks;
        changed todo.tasks;
      BEGIN
        FOR one IN
          SELECT t.* FROM unnest(inside) u(id), LATERAL (
            SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
          ) t
          ORDER BY t.number
        LOOP
          UPDATE todo.tasks t SET project_id = target.project_id, updated_at = moment, version = t.version + 1, seq = counter.seq
            WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
            uid, counter.seq, ordinal, 'task', one.id,
            jsonb_build_object('project_id', one.project_id, 'version', one.version, 'updated_at', one.updated_at),
            to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
          );
          ordinal := ordinal + 1;
        END LOOP;
      END;
    END IF;
    result := jsonb_build_object('items', moved, 'thing', (
      SELECT to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] FROM todo.tasks t WHERE t.user_id = uid AND t.id = ids[1]
    ));
  END;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, 'task.move', moment, sid, me.is_token, me.name, NULL);
    IF random() * 1024 < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, result - 'thing');
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.task_moved(uid uuid, thing uuid, since bigint)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
    BEGIN
      RETURN NOT EXISTS (
        SELECT FROM (SELECT x.ctid, x.* FROM todo.changes x WHERE x.user_id = uid AND x.noun = 'task' AND x.id >= thing AND x.id <= thing
          ORDER BY x.id OFFSET 0) c WHERE c.seq >= since AND c.was ? 'position' AND NOT c.was ? 'version'
      ) OR EXISTS (
        SELECT FROM (SELECT x.ctid, x.* FROM todo.changes x WHERE x.user_id = uid AND x.noun = 'task' AND x.id >= thing AND x.id <= thing
          ORDER BY x.id OFFSET 0) c, LATERAL (
          SELECT * FROM todo.operations o WHERE o.user_id = uid AND o.seq = c.seq OFFSET 0
        ) o WHERE c.seq > since AND c.was ? 'position' AND c.was ? 'version' AND o.kind <> 'undo' AND o.undone_by IS NULL
      );
    END $function$;

CREATE OR REPLACE FUNCTION todo.task_obstacle(uid uuid, task uuid, blockers uuid[], children text, force boolean, OUT verdict text, OUT more jsonb, OUT together uuid[])
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    DECLARE
      found uuid[];
    BEGIN
      together := '{}';
      IF children = 'complete' THEN
        together := ARRAY(SELECT t.id FROM (SELECT t.* FROM unnest(ARRAY(
            WITH RECURSIVE below AS (
              SELECT t.id FROM unnest(ARRAY[task]) b(id), LATERAL (
                SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL AND t.repeat IS NULL
                ORDER BY t.parent_id OFFSET 0
              ) t
              UNION
              SELECT t.id FROM below b, LATERAL (
                SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL AND t.repeat IS NULL
                ORDER BY t.parent_id OFFSET 0
              ) t
            )
            SELECT b.id FROM below b
          )) u(id), LATERAL (
        SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
      ) t) t WHERE t.completed_at IS NULL);
      ELSIF children IS NULL THEN
        found := ARRAY(SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= task AND t.parent_id <= task AND t.completed_at IS NULL AND t.trashed_at IS NULL AND t.repeat IS NULL
          ORDER BY t.parent_id OFFSET 0);
        verdict := CASE WHEN found <> '{}' THEN 'open_children' END;
      END IF;
      IF verdict IS NULL AND NOT coalesce(force, false) THEN
        found := ARRAY(
          SELECT b.id FROM (
            SELECT unnest(blockers) AS id
            UNION SELECT w.id FROM todo.tasks t, unnest(t.blocked_by) w(id) WHERE t.user_id = uid AND t.id = ANY (together)
          ) b WHERE (SELECT o.completed_at IS NULL AND o.trashed_at IS NULL FROM todo.tasks o WHERE o.user_id = uid AND o.id = b.id) AND b.id <> task AND b.id <> ALL (together)
        );
        verdict := CASE WHEN found <> '{}' THEN 'blocked' END;
      END IF;
      IF verdict IS NOT NULL THEN
        more := jsonb_build_object('count', cardinality(found), 'tasks', (
          SELECT jsonb_agg(named) FROM (SELECT t.id, t.number, t.title FROM todo.tasks t
            WHERE t.user_id = uid AND t.id = ANY (found) ORDER BY t.number LIMIT 100) named
        ));
      END IF;
    END $function$;

CREATE OR REPLACE FUNCTION todo.task_open_above(uid uuid, task uuid, counter todo.counters, moment timestamp with time zone, ordinal integer)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    DECLARE
      above uuid[] := '{}';
      next uuid := task;
      at record;
    BEGIN
      WHILE next IS NOT NULL LOOP
        SELECT t.parent_id, t.completed_at INTO at FROM todo.tasks t WHERE t.user_id = uid AND t.id = next;
        IF at.completed_at IS NOT NULL THEN
          above := above || next;
        END IF;
        next := at.parent_id;
      END LOOP;
      IF above <> '{}' THEN
        DECLARE
          one todo.tasks;
          changed todo.tasks;
        BEGIN
          FOR one IN
            SELECT t.* FROM unnest(above) u(id), LATERAL (
              SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
            ) t
            ORDER BY t.number
          LOOP
            UPDATE todo.tasks t SET completed_at = NULL, updated_at = moment, version = t.version + 1, seq = counter.seq
              WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
              uid, counter.seq, ordinal, 'task', one.id,
              jsonb_build_object('completed_at', one.completed_at, 'version', one.version, 'updated_at', one.updated_at),
              to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
            );
            ordinal := ordinal + 1;
          END LOOP;
        END;
      END IF;
      RETURN ordinal;
    END $function$;

CREATE OR REPLACE FUNCTION todo.task_open_undone(uid uuid, undone bigint, counter todo.counters, moment timestamp with time zone, ordinal integer)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    DECLARE
      thing record;
      looked uuid;
    BEGIN
      FOR thing IN
        SELECT t.id, t.parent_id, t.completed_at FROM (SELECT DISTINCT c.id FROM todo.changes c
          WHERE c.user_id = uid AND c.seq = counter.seq AND c.noun = 'task' AND c.now IS NOT NULL
            AND (c.was IS NULL OR c.was ?| '{parent_id,completed_at,trashed_at,repeat}')) u, LATERAL (
          SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
        ) t WHERE t.trashed_at IS NULL AND (CASE
          WHEN t.completed_at IS NOT NULL THEN t.is_parent ELSE t.parent_id IS NOT NULL AND t.repeat IS NULL END)
          ORDER BY t.parent_id, t.number
      LOOP
        IF thing.completed_at IS NOT NULL THEN
          CONTINUE WHEN NOT EXISTS (
            SELECT FROM (SELECT c.id FROM todo.tasks c WHERE c.user_id = uid AND c.parent_id >= thing.id AND c.parent_id <= thing.id AND c.completed_at IS NULL AND c.trashed_at IS NULL AND c.repeat IS NULL
          ORDER BY c.parent_id OFFSET 0) c
              WHERE todo.task_differs(uid, c.id, undone, '{parent_id,completed_at,trashed_at,repeat}')
          );
          ordinal := todo.task_open_above(uid, thing.id, counter, moment, ordinal);
        ELSIF thing.parent_id IS DISTINCT FROM looked THEN
          looked := thing.parent_id;
          CONTINUE WHEN (SELECT t.completed_at IS NULL FROM todo.tasks t WHERE t.user_id = uid AND t.id = looked)
            OR NOT todo.task_differs(uid, looked, undone, '{completed_at}');
          ordinal := todo.task_open_above(uid, looked, counter, moment, ordinal);
        END IF;
      END LOOP;
      RETURN ordinal;
    END $function$;

CREATE OR REPLACE FUNCTION todo.task_purge(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
BEGIN
  me := todo.enter(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3))
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
  <<work>>
  DECLARE
    old todo.tasks;
    things uuid[];
  BEGIN
    SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
    IF NOT FOUND THEN
      verdict := 'absent';
      EXIT work;
    END IF;
    IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
      verdict := 'changed';
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      EXIT work;
    END IF;
    things := ARRAY[old.id] || CASE WHEN counter.nested THEN ARRAY(
      WITH RECURSIVE below AS (
        SELECT t.id FROM unnest(ARRAY[old.id]) b(id), LATERAL (
          SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NOT DISTINCT FROM old.trashed_at
          ORDER BY t.parent_id OFFSET 0
        ) t
        UNION
        SELECT t.id FROM below b, LATERAL (
          SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NOT DISTINCT FROM old.trashed_at
          ORDER BY t.parent_id OFFSET 0
        ) t
      )
      SELECT b.id FROM below b
    ) ELSE '{}' END;
    IF cardinality(things) > 10000 THEN
      verdict := 'many';
      EXIT work;
    END IF;
    IF todo.task_forget(uid, things, coalesce((op ->> 'most')::integer, 10000)) THEN
      verdict := 'long';
      EXIT work;
    END IF;
    result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
    ordinal := todo.task_erase(uid, things, counter.seq, ordinal);
  END;
  IF result #> '{thing,due}' <> 'null' OR result #> '{thing,start}' <> 'null' THEN
    result := jsonb_set(result, '{thing,place}', coalesce(
      CASE WHEN counter.user_id IS NULL THEN todo.set_place(uid) ELSE counter.place END, 'null'
    ));
  END IF;
  IF counter.nested IS NOT FALSE OR result #> '{thing,blocked_by}' <> 'null' THEN
    IF result #> '{thing,id}' IS NOT NULL THEN
      result := result || jsonb_build_object('thing',
        result -> 'thing' || coalesce(todo.task_derived(uid, (result #>> '{thing,id}')::uuid), '{}'));
    END IF;
  END IF;
  IF result #> '{thing,project_id}' <> 'null' AND NOT result -> 'thing' ? 'archived' THEN
    result := jsonb_set(result, '{thing,archived}', to_jsonb(
      todo.project_obstacle(uid, (result #>> '{thing,project_id}')::uuid) IS NOT DISTINCT FROM 'archived'
    ));
  END IF;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, 'task.purge', moment, sid, me.is_token, me.name, NULL);
    IF random() * 1024 < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, jsonb_strip_nulls(jsonb_build_object('operation', result -> 'operation', 'id', result -> 'thing' -> 'id')));
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.task_put(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
BEGIN
  me := todo.enter(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      IF verdict = 'replayed' THEN
      result := result || jsonb_build_object('thing', coalesce(
        (SELECT c.now FROM todo.operations o JOIN todo.changes c
          ON c.user_id = uid AND c.seq = o.seq AND c.noun = 'task' AND c.id = (result ->> 'id')::uuid
          WHERE o.user_id = uid AND o.id = (result ->> 'operation')::uuid ORDER BY c.ordinal DESC LIMIT 1),
        (SELECT to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] FROM todo.tasks t WHERE t.user_id = uid AND t.id = (result ->> 'id')::uuid)
      ));
      IF result #> '{thing,due}' <> 'null' OR result #> '{thing,start}' <> 'null' THEN
        result := jsonb_set(result, '{thing,place}', coalesce(
          CASE WHEN counter.user_id IS NULL THEN todo.set_place(uid) ELSE counter.place END, 'null'
        ));
      END IF;
      IF counter.nested IS NOT FALSE OR result #> '{thing,blocked_by}' <> 'null' THEN
        IF result #> '{thing,id}' IS NOT NULL THEN
          result := result || jsonb_build_object('thing',
            result -> 'thing' || coalesce(todo.task_derived(uid, (result #>> '{thing,id}')::uuid), '{}'));
        END IF;
      END IF;
      IF result #> '{thing,project_id}' <> 'null' AND NOT result -> 'thing' ? 'archived' THEN
        result := jsonb_set(result, '{thing,archived}', to_jsonb(
          todo.project_obstacle(uid, (result #>> '{thing,project_id}')::uuid) IS NOT DISTINCT FROM 'archived'
        ));
      END IF;
      END IF;
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3))
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
  DECLARE
    op jsonb := task_put.op;
    held todo.tasks;
    created boolean;
  BEGIN
    SELECT * INTO held FROM todo.tasks t WHERE t.user_id = uid AND t.external_id >= (op ->> 'externalId') AND t.external_id <= (op ->> 'externalId') ORDER BY t.external_id LIMIT 1;
    created := held.id IS NULL;
    IF NOT created THEN
      op := op || jsonb_build_object('id', held.id);
      IF held.trashed_at IS NOT NULL THEN
        <<work>>
        DECLARE
          old todo.tasks;
          made todo.tasks;
          was jsonb;
          above record;
          together uuid[] := '{}';
        BEGIN
          SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
          IF NOT FOUND THEN
            verdict := 'absent';
            EXIT work;
          END IF;
          IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
            verdict := 'changed';
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            EXIT work;
          END IF;
          IF old.trashed_at IS NOT NULL THEN
            was := jsonb_build_object('trashed_at', old.trashed_at);
            made := old;
            made.trashed_at := NULL;
            IF counter.nested THEN
              together := ARRAY(
                    WITH RECURSIVE below AS (
                      SELECT t.id FROM unnest(ARRAY[old.id]) b(id), LATERAL (
                        SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at = old.trashed_at
                        ORDER BY t.parent_id OFFSET 0
                      ) t
                      UNION
                      SELECT t.id FROM below b, LATERAL (
                        SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at = old.trashed_at
                        ORDER BY t.parent_id OFFSET 0
                      ) t
                    )
                    SELECT b.id FROM below b
                  );
              IF ordinal + 1 + cardinality(together) > 10000 THEN
                verdict := 'many';
                EXIT work;
              ELSIF 1 + cardinality(together) > (op ->> 'most')::integer THEN
                verdict := 'long';
                EXIT work;
              END IF;
            END IF;
            IF old.parent_id IS NOT NULL THEN
              SELECT t.project_id, t.trashed_at IS NULL AS there INTO above FROM todo.tasks t
                WHERE t.user_id = uid AND t.id = old.parent_id;
              -- What stays behind in the trash, or is too deep by now, has it no more.
              IF NOT FOUND OR NOT above.there
                OR todo.task_depth(uid, old.parent_id) + todo.task_height(uid, old.id, old.trashed_at) > 8 THEN
                was := was || jsonb_build_object('parent_id', old.parent_id, 'position', old.position);
                made.parent_id := NULL;
                made.position := NULL;
              ELSIF above.project_id IS DISTINCT FROM old.project_id THEN
                was := was || jsonb_build_object('project_id', old.project_id);
                made.project_id := above.project_id;
              END IF;
            END IF;
            IF made.project_id IS NOT NULL THEN
              verdict := todo.project_obstacle(uid, made.project_id);
              -- What was in a project that is gone comes back into the Inbox.
              IF verdict = 'reference' THEN
                verdict := NULL;
                was := was || jsonb_build_object('project_id', old.project_id, 'position', old.position);
                made.project_id := NULL;
                made.position := NULL;
              END IF;
              IF verdict IS NOT NULL THEN
                result := jsonb_build_object('path', jsonb_build_array('projectId'));
                EXIT work;
              END IF;
            END IF;
            made.version := old.version + 1;
            made.updated_at := moment;
            UPDATE todo.tasks t SET trashed_at = made.trashed_at, parent_id = made.parent_id, project_id = made.project_id, position = made.position, updated_at = made.updated_at, version = made.version, seq = counter.seq
              WHERE t.user_id = uid AND t.id = old.id;
            result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
              VALUES (uid, counter.seq, ordinal, 'task', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
            ordinal := ordinal + 1;
            IF made.project_id IS DISTINCT FROM old.project_id THEN
              IF together <> '{}' THEN
                DECLARE
                one todo.tasks;
                changed todo.tasks;
              BEGIN
                FOR one IN
                  SELECT t.* FROM unnest(together) u(id), LATERAL (
                    SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
                  ) t
                  ORDER BY t.number
                LOOP
                  UPDATE todo.tasks t SET trashed_at = NULL, project_id = made.project_id, updated_at = moment, version = t.version + 1, seq = counter.seq
                    WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
                  INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                    uid, counter.seq, ordinal, 'task', one.id,
                    jsonb_build_object('trashed_at', one.trashed_at, 'project_id', one.project_id, 'version', one.version, 'updated_at', one.updated_at),
                    to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
                  );
                  ordinal := ordinal + 1;
                END LOOP;
              END;
              END IF;
            ELSE
              IF together <> '{}' THEN
                DECLARE
                one todo.tasks;
                changed todo.tasks;
              BEGIN
                FOR one IN
                  SELECT t.* FROM unnest(together) u(id), LATERAL (
                    SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
                  ) t
                  ORDER BY t.number
                LOOP
                  UPDATE todo.tasks t SET trashed_at = NULL, updated_at = moment, version = t.version + 1, seq = counter.seq
                    WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
                  INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                    uid, counter.seq, ordinal, 'task', one.id,
                    jsonb_build_object('trashed_at', one.trashed_at, 'version', one.version, 'updated_at', one.updated_at),
                    to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
                  );
                  ordinal := ordinal + 1;
                END LOOP;
              END;
              END IF;
            END IF;
            IF made.parent_id IS NOT NULL AND made.completed_at IS NULL THEN
              ordinal := todo.task_open_above(uid, made.parent_id, counter, moment, ordinal);
            END IF;
          ELSE
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
          END IF;
        END;
        op := op - 'versions';
      END IF;
    ELSIF op ? 'versions' THEN
      verdict := 'absent';
    ELSIF NOT op ? 'make' THEN
      verdict := 'unmade';
    ELSE
      op := op || jsonb_build_object('body', op -> 'make');
      counter.last_number := counter.last_number + 1;
      counter.tasks := counter.tasks + 1;
      <<work>>
      DECLARE
        body jsonb := op -> 'body';
        made todo.tasks;
        project uuid;
        anchor uuid;
        places record;
      BEGIN
        -- Whoever makes a thing may choose its id, and so may find it made.
        IF op ? 'creation' THEN
          SELECT * INTO made FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
          IF made.creation = decode(op ->> 'creation', 'hex') AND made.trashed_at IS NULL THEN
            result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
          ELSIF made.id IS NOT NULL OR EXISTS (
            SELECT FROM todo.changes c WHERE c.user_id = uid AND c.noun = 'task' AND c.id = (op ->> 'id')::uuid
          ) THEN
            verdict := 'taken';
          END IF;
        END IF;
        IF result IS NULL AND verdict IS NULL AND counter.tasks > 100000 THEN
          verdict := 'limit';
        END IF;
        IF result IS NOT NULL OR verdict IS NOT NULL THEN
          EXIT work;
        END IF;
        IF body ? 'parentId' OR body ? 'blockedBy' THEN
          SELECT l.verdict, l.more INTO verdict, result FROM todo.task_links(uid, (op ->> 'id')::uuid, (body ->> 'parentId')::uuid, todo.uuids(body -> 'blockedBy'), NULL, NULL) l;
          IF verdict IS NOT NULL THEN
            EXIT work;
          END IF;
          IF body ->> 'parentId' IS NOT NULL THEN
            project := (SELECT t.project_id FROM todo.tasks t WHERE t.user_id = uid AND t.id = (body ->> 'parentId')::uuid);
            IF body ? 'projectId' AND (body ->> 'projectId')::uuid IS DISTINCT FROM project THEN
              verdict := 'reference';
              result := '{"path": ["parentId"]}';
              EXIT work;
            END IF;
            body := body || jsonb_build_object('projectId', project);
          END IF;
        END IF;
        IF counter.new_first THEN
          made.parent_id := (body ->> 'parentId')::uuid;
          made.project_id := (body ->> 'projectId')::uuid;
          anchor := CASE WHEN ordinal > 0 THEN (
              SELECT c.id FROM todo.changes c JOIN todo.tasks t ON t.user_id = uid AND t.id = c.id
                WHERE c.user_id = uid AND c.seq = counter.seq AND c.noun = 'task' AND c.was IS NULL AND (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = (CASE WHEN made.parent_id IS NOT NULL THEN made.parent_id WHEN made.project_id IS NOT NULL THEN made.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END)
                ORDER BY c.ordinal DESC LIMIT 1
            ) END;
          SELECT * INTO places FROM todo.task_keys(
            uid, ARRAY[(op ->> 'id')::uuid], (CASE WHEN made.parent_id IS NOT NULL THEN made.parent_id WHEN made.project_id IS NOT NULL THEN made.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END), CASE WHEN anchor IS NULL THEN 'first' ELSE 'after' END, anchor, counter, ordinal
          );
          ordinal := places.ordinal;
          body := body || jsonb_build_object('position', places.keys[1]);
        END IF;
        IF body ->> 'projectId' IS NOT NULL THEN
          verdict := todo.project_obstacle(uid, (body ->> 'projectId')::uuid);
          IF verdict IS NOT NULL THEN
            result := jsonb_build_object('path', jsonb_build_array('projectId'));
            EXIT work;
          END IF;
        END IF;
        IF body ? 'tags' THEN
          IF (CASE WHEN ordinal = 0 THEN counter.tags ELSE todo.count_tags(uid) END) > 4950
            AND todo.tags_exceed(uid, body -> 'tags') THEN
            verdict := 'tags';
            EXIT work;
          END IF;
        END IF;
        IF body ->> 'externalId' IS NOT NULL THEN
          result := (SELECT jsonb_build_object('id', t.id) FROM todo.tasks t WHERE t.user_id = uid AND t.external_id >= (body ->> 'externalId') AND t.external_id <= (body ->> 'externalId') ORDER BY t.external_id LIMIT 1);
          IF result IS NOT NULL THEN
            verdict := 'external_id';
            EXIT work;
          END IF;
        END IF;
        INSERT INTO todo.tasks (user_id, id, number, title, description, project_id, parent_id, position, priority, tags, start, due, repeat, occurrence, blocked_by, external_id, extra, start_key, due_key, series, completion, title_folded, description_folded, completed_at, created_at, updated_at, version, seq, creation)
          VALUES (uid, (op ->> 'id')::uuid, counter.last_number, body ->> 'title', body ->> 'description', (body ->> 'projectId')::uuid, (body ->> 'parentId')::uuid, body ->> 'position', body ->> 'priority', CASE WHEN body ? 'tags' THEN todo.use_tags(uid, body -> 'tags', moment) END, nullif(body -> 'start', 'null'), nullif(body -> 'due', 'null'), nullif(body -> 'repeat', 'null'), body ->> 'occurrence', todo.uuids(body -> 'blockedBy'), body ->> 'externalId', CASE WHEN body ? 'extra' THEN CASE WHEN jsonb_typeof(body -> 'extra') = 'object' THEN nullif(jsonb_strip_nulls(coalesce(NULL::jsonb, '{}') || (body -> 'extra')), '{}') END END, body ->> 'startKey', body ->> 'dueKey', nullif(body -> 'series', 'null'), nullif(body -> 'completion', 'null'), CASE WHEN octet_length((body ->> 'title')) = char_length((body ->> 'title')) THEN lower((body ->> 'title') COLLATE "C") ELSE todo.folded((body ->> 'title')) END, CASE WHEN octet_length((body ->> 'description')) = char_length((body ->> 'description')) THEN lower((body ->> 'description') COLLATE "C") ELSE todo.folded((body ->> 'description')) END, (op ->> 'setAt')::timestamptz(3), coalesce((op ->> 'createdAt')::timestamptz(3), moment), moment, 1, counter.seq, decode(op ->> 'creation', 'hex'))
          RETURNING * INTO made;
        result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
        INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
          VALUES (uid, counter.seq, ordinal, 'task', made.id, NULL, result -> 'thing');
        ordinal := ordinal + 1;
        IF made.parent_id IS NOT NULL THEN
          IF NOT counter.nested THEN
            counter.nested := true;
            UPDATE todo.counters c SET nested = true WHERE c.user_id = uid;
          END IF;
          UPDATE todo.tasks t SET is_parent = true WHERE t.user_id = uid AND t.id = made.parent_id AND t.is_parent IS NOT TRUE;
          IF NOT op ? 'imported' THEN
            ordinal := todo.task_open_above(uid, made.parent_id, counter, moment, ordinal);
          END IF;
        END IF;
        IF made.project_id IS NOT NULL THEN
          result := jsonb_set(result, '{thing,archived}', 'false');
        END IF;
        IF made.tags IS NOT NULL THEN
          INSERT INTO todo.task_tags (user_id, name_key, number)
            SELECT uid, k, made.number FROM jsonb_object_keys(made.tags) k;
        END IF;
      END;
      IF verdict IS NULL THEN
        UPDATE todo.counters c SET last_number = counter.last_number, tasks = counter.tasks WHERE c.user_id = uid;
        op := op || jsonb_build_object('body', op -> 'afterwards');
      END IF;
    END IF;
    IF verdict IS NULL AND jsonb_typeof(op -> 'body') = 'object' THEN
      <<work>>
      DECLARE
        body jsonb := op -> 'body';
        old todo.tasks;
        made todo.tasks;
        was jsonb := '{}';
        project uuid;
        places record;
        together uuid[] := '{}';
        again uuid[] := '{}';
        waiting uuid[] := '{}';
        moved uuid[] := '{}';
      BEGIN
        SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
        IF NOT FOUND OR old.trashed_at IS NOT NULL THEN
          verdict := 'absent';
          EXIT work;
        END IF;
        IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
          verdict := 'changed';
          result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
          EXIT work;
        END IF;
        -- Of another date than the task is now nothing happens.
        IF op ? 'occurrence' AND op ->> 'occurrence' IS DISTINCT FROM old.occurrence THEN
          body := '{}';
        ELSIF (CASE
          WHEN op ? 'basis' THEN op -> 'basis' <> jsonb_build_object('start', old.start, 'due', old.due, 'repeat', old.repeat,
                'occurrence', old.occurrence, 'series', old.series, 'completion', old.completion,
                'completed', old.completed_at IS NOT NULL)
          ELSE body ?| '{start,due,repeat}' OR op ? 'skip'
            OR ((body ->> 'completed')::boolean AND old.repeat IS NOT NULL AND old.completed_at IS NULL)
        END) THEN
          verdict := 'stale';
          result := jsonb_build_object('thing', to_jsonb(old));
          result := jsonb_set(result, '{thing,place}', coalesce(
              CASE WHEN counter.user_id IS NULL THEN todo.set_place(uid) ELSE counter.place END, 'null'
            ));
          EXIT work;
        END IF;
        IF body ->> 'parentId' IS NOT NULL THEN
          project := (SELECT t.project_id FROM todo.tasks t WHERE t.user_id = uid AND t.id = (body ->> 'parentId')::uuid);
          IF body ? 'projectId' AND (body ->> 'projectId')::uuid IS DISTINCT FROM project THEN
            verdict := 'reference';
            result := '{"path": ["parentId"]}';
            EXIT work;
          END IF;
          body := body || jsonb_build_object('projectId', project);
        ELSIF body ? 'projectId' AND old.parent_id IS NOT NULL
          AND (body ->> 'projectId')::uuid IS DISTINCT FROM old.project_id
        THEN
          -- It leaves what it is below, which stays where it is.
          body := body || '{"parentId": null}';
        END IF;
        made := old;
        IF body ?| '{title,description,projectId,parentId,priority,tags,start,due,repeat,blockedBy,externalId,extra}' THEN
          IF body ? 'title' THEN
            made.title := body ->> 'title';
            IF made.title IS DISTINCT FROM old.title THEN
              was := was || jsonb_build_object('title', old.title);
            END IF;
          END IF;
          IF body ? 'description' THEN
            made.description := body ->> 'description';
            IF made.description IS DISTINCT FROM old.description THEN
              was := was || jsonb_build_object('description', old.description);
            END IF;
          END IF;
          IF body ? 'projectId' THEN
            made.project_id := (body ->> 'projectId')::uuid;
            IF made.project_id IS DISTINCT FROM old.project_id THEN
              was := was || jsonb_build_object('project_id', old.project_id);
            END IF;
          END IF;
          IF body ? 'parentId' THEN
            made.parent_id := (body ->> 'parentId')::uuid;
            IF made.parent_id IS DISTINCT FROM old.parent_id THEN
              was := was || jsonb_build_object('parent_id', old.parent_id);
            END IF;
          END IF;
          IF body ? 'priority' THEN
            made.priority := body ->> 'priority';
            IF made.priority IS DISTINCT FROM old.priority THEN
              was := was || jsonb_build_object('priority', old.priority);
            END IF;
          END IF;
          IF body ? 'tags' THEN
            made.tags := CASE WHEN body ? 'tags' THEN todo.spelled_tags(uid, body -> 'tags') END;
            IF made.tags IS DISTINCT FROM old.tags THEN
              was := was || jsonb_build_object('tags', old.tags);
            END IF;
          END IF;
          IF body ? 'start' THEN
            made.start := nullif(body -> 'start', 'null');
            IF made.start IS DISTINCT FROM old.start THEN
              was := was || jsonb_build_object('start', old.start);
            END IF;
          END IF;
          IF body ? 'due' THEN
            made.due := nullif(body -> 'due', 'null');
            IF made.due IS DISTINCT FROM old.due THEN
              was := was || jsonb_build_object('due', old.due);
            END IF;
          END IF;
          IF body ? 'repeat' THEN
            made.repeat := nullif(body -> 'repeat', 'null');
            IF made.repeat IS DISTINCT FROM old.repeat THEN
              was := was || jsonb_build_object('repeat', old.repeat);
            END IF;
          END IF;
          IF body ? 'blockedBy' THEN
            made.blocked_by := todo.uuids(body -> 'blockedBy');
            IF made.blocked_by IS DISTINCT FROM old.blocked_by THEN
              was := was || jsonb_build_object('blocked_by', old.blocked_by);
            END IF;
          END IF;
          IF body ? 'externalId' THEN
            made.external_id := body ->> 'externalId';
            IF made.external_id IS DISTINCT FROM old.external_id THEN
              was := was || jsonb_build_object('external_id', old.external_id);
            END IF;
          END IF;
          IF body ? 'extra' THEN
            made.extra := CASE WHEN body ? 'extra' THEN CASE WHEN jsonb_typeof(body -> 'extra') = 'object' THEN nullif(jsonb_strip_nulls(coalesce(old.extra, '{}') || (body -> 'extra')), '{}') END END;
            IF made.extra IS DISTINCT FROM old.extra THEN
              was := was || jsonb_build_object('extra', old.extra);
            END IF;
          END IF;
        END IF;
        IF body ? 'completed' THEN
          made.completed_at := CASE WHEN (body ->> 'completed')::boolean THEN
            coalesce(old.completed_at, (op ->> 'setAt')::timestamptz(3), moment) END;
          IF made.completed_at IS DISTINCT FROM old.completed_at THEN
            was := was || jsonb_build_object('completed_at', old.completed_at);
          END IF;
        END IF;
        IF op ? 'basis' THEN
          IF body ? 'occurrence' THEN
            made.occurrence := body ->> 'occurrence';
            IF made.occurrence IS DISTINCT FROM old.occurrence THEN
              was := was || jsonb_build_object('occurrence', old.occurrence);
            END IF;
          END IF;
          IF body ? 'startKey' THEN
            made.start_key := body ->> 'startKey';
            IF made.start_key IS DISTINCT FROM old.start_key THEN
              was := was || jsonb_build_object('start_key', old.start_key);
            END IF;
          END IF;
          IF body ? 'dueKey' THEN
            made.due_key := body ->> 'dueKey';
            IF made.due_key IS DISTINCT FROM old.due_key THEN
              was := was || jsonb_build_object('due_key', old.due_key);
            END IF;
          END IF;
          IF body ? 'series' THEN
            made.series := nullif(body -> 'series', 'null');
            IF made.series IS DISTINCT FROM old.series THEN
              was := was || jsonb_build_object('series', old.series);
            END IF;
          END IF;
          IF body ? 'completion' THEN
            made.completion := nullif(body -> 'completion', 'null');
            IF made.completion IS DISTINCT FROM old.completion THEN
              was := was || jsonb_build_object('completion', old.completion);
            END IF;
          END IF;
        END IF;
        IF was <> '{}' THEN
          IF made.project_id IS NOT NULL THEN
            verdict := todo.project_obstacle(uid, made.project_id);
            IF verdict IS NOT NULL THEN
              result := jsonb_build_object('path', jsonb_build_array('projectId'));
              EXIT work;
            END IF;
          END IF;
          IF was ? 'parent_id' OR was ? 'blocked_by' THEN
            SELECT l.verdict, l.more INTO verdict, result FROM todo.task_links(uid, old.id, made.parent_id, made.blocked_by, old.parent_id, old.blocked_by) l;
            IF verdict IS NOT NULL THEN
              EXIT work;
            END IF;
          END IF;
          IF was ? 'completion' OR made.completed_at IS NOT NULL AND old.completed_at IS NULL THEN
            IF NOT op ? 'skip' AND (counter.nested OR made.blocked_by IS NOT NULL) THEN
              SELECT l.verdict, l.more, l.together INTO verdict, result, together FROM todo.task_obstacle(uid, made.id, made.blocked_by, op ->> 'children', (op ->> 'force')::boolean) l;
              IF verdict IS NOT NULL THEN
                EXIT work;
              END IF;
            END IF;
            IF made.completed_at IS NULL THEN
              together := '{}';
              IF counter.nested THEN
                again := ARRAY(
                  SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.completed_at IS NOT NULL AND t.id = ANY (ARRAY(
                        WITH RECURSIVE below AS (
                          SELECT t.id FROM unnest(ARRAY[old.id]) b(id), LATERAL (
                            SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL AND t.repeat IS NULL
                            ORDER BY t.parent_id OFFSET 0
                          ) t
                          UNION
                          SELECT t.id FROM below b, LATERAL (
                            SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL AND t.repeat IS NULL
                            ORDER BY t.parent_id OFFSET 0
                          ) t
                        )
                        SELECT b.id FROM below b
                      ))
                );
              END IF;
              IF NOT op ? 'skip' THEN
                waiting := ARRAY(
                  SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.blocked_by IS NOT NULL AND old.id = ANY (t.blocked_by)
                    ORDER BY t.number
                );
              END IF;
            END IF;
          END IF;
          IF was ? 'project_id' AND counter.nested THEN
            moved := ARRAY(
                  WITH RECURSIVE below AS (
                    SELECT t.id FROM unnest(ARRAY[old.id]) b(id), LATERAL (
                      SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL
                      ORDER BY t.parent_id OFFSET 0
                    ) t
                    UNION
                    SELECT t.id FROM below b, LATERAL (
                      SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL
                      ORDER BY t.parent_id OFFSET 0
                    ) t
                  )
                  SELECT b.id FROM below b
                );
          END IF;
          IF counter.nested OR was ? 'completion' THEN
            IF ordinal + 1 + cardinality(together || again || waiting || moved) > 10000 THEN
              verdict := 'many';
              EXIT work;
            ELSIF 1 + cardinality(together || again || waiting || moved) > (op ->> 'most')::integer THEN
              verdict := 'long';
              EXIT work;
            END IF;
          END IF;
          IF was ? 'parent_id' OR was ? 'project_id' THEN
            was := was || jsonb_build_object('position', old.position, 'behind', todo.task_behind(uid, old, counter.seq, ordinal));
            SELECT * INTO places FROM todo.task_keys(uid, ARRAY[old.id], (CASE WHEN made.parent_id IS NOT NULL THEN made.parent_id WHEN made.project_id IS NOT NULL THEN made.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END), 'last', NULL, counter, ordinal);
            ordinal := places.ordinal;
            made.position := places.keys[1];
          END IF;
          IF was ? 'tags' THEN
            IF (CASE WHEN ordinal = 0 THEN counter.tags ELSE todo.count_tags(uid) END) > 4950
              AND todo.tags_exceed(uid, body -> 'tags') THEN
              verdict := 'tags';
              EXIT work;
            END IF;
          END IF;
          IF was ? 'external_id' AND made.external_id IS NOT NULL THEN
            result := (SELECT jsonb_build_object('id', t.id) FROM todo.tasks t WHERE t.user_id = uid AND t.external_id >= made.external_id AND t.external_id <= made.external_id ORDER BY t.external_id LIMIT 1);
            IF result IS NOT NULL THEN
              verdict := 'external_id';
              EXIT work;
            END IF;
          END IF;
          IF was ? 'extra' AND made.extra IS NOT NULL THEN
            verdict := (
              SELECT CASE WHEN count(*) > 50 THEN 'extra_of_task'
                  WHEN sum(octet_length(e.key) + octet_length(e.value)) > 16384 THEN 'extra_bytes' END
                FROM jsonb_each_text(made.extra) e
            );
            IF verdict IS NOT NULL THEN
              EXIT work;
            END IF;
          END IF;
          IF was ? 'tags' THEN
            PERFORM todo.use_tags(uid, body -> 'tags', moment);
          END IF;
          made.version := old.version + 1;
          made.updated_at := moment;
          IF was - '{completed_at}'::text[] = '{}' THEN
            UPDATE todo.tasks t SET completed_at = made.completed_at, updated_at = made.updated_at, version = made.version, seq = counter.seq
              WHERE t.user_id = uid AND t.id = old.id;
          ELSE
            UPDATE todo.tasks t SET title = made.title, description = made.description, project_id = made.project_id, parent_id = made.parent_id, priority = made.priority, tags = made.tags, start = made.start, due = made.due, repeat = made.repeat, blocked_by = made.blocked_by, external_id = made.external_id, extra = made.extra, completed_at = made.completed_at, occurrence = made.occurrence, start_key = made.start_key, due_key = made.due_key, series = made.series, completion = made.completion, position = made.position, updated_at = made.updated_at, version = made.version, seq = counter.seq
              WHERE t.user_id = uid AND t.id = old.id;
          END IF;
          result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
            VALUES (uid, counter.seq, ordinal, 'task', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
          ordinal := ordinal + 1;
          IF was ? 'completion' THEN
            INSERT INTO todo.completions (user_id, task_id, nth, occurrence, completed_at, skipped)
              SELECT uid, made.id, c.* FROM jsonb_to_record(made.completion) AS c(nth integer, occurrence text, "completedAt" timestamptz(3), skipped boolean)
              ON CONFLICT (user_id, task_id, nth) DO UPDATE
                  SET occurrence = excluded.occurrence, completed_at = excluded.completed_at, skipped = excluded.skipped;
          END IF;
          IF together <> '{}' THEN
            DECLARE
            one todo.tasks;
            changed todo.tasks;
          BEGIN
            FOR one IN
              SELECT t.* FROM unnest(together) u(id), LATERAL (
                SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
              ) t
              ORDER BY t.number
            LOOP
              UPDATE todo.tasks t SET completed_at = made.completed_at, updated_at = moment, version = t.version + 1, seq = counter.seq
                WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
              INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                uid, counter.seq, ordinal, 'task', one.id,
                jsonb_build_object('completed_at', one.completed_at, 'version', one.version, 'updated_at', one.updated_at),
                to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
              );
              ordinal := ordinal + 1;
            END LOOP;
          END;
          END IF;
          IF again <> '{}' THEN
            DECLARE
            one todo.tasks;
            changed todo.tasks;
          BEGIN
            FOR one IN
              SELECT t.* FROM unnest(again) u(id), LATERAL (
                SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
              ) t
              ORDER BY t.number
            LOOP
              UPDATE todo.tasks t SET completed_at = NULL, updated_at = moment, version = t.version + 1, seq = counter.seq
                WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
              INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                uid, counter.seq, ordinal, 'task', one.id,
                jsonb_build_object('completed_at', one.completed_at, 'version', one.version, 'updated_at', one.updated_at),
                to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
              );
              ordinal := ordinal + 1;
            END LOOP;
          END;
          END IF;
          IF waiting <> '{}' THEN
            DECLARE
            one todo.tasks;
            changed todo.tasks;
          BEGIN
            FOR one IN
              SELECT t.* FROM unnest(waiting) u(id), LATERAL (
                SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
              ) t
              ORDER BY t.number
            LOOP
              UPDATE todo.tasks t SET blocked_by = nullif(array_remove(t.blocked_by, made.id), '{}'), updated_at = moment, version = t.version + 1, seq = counter.seq
                WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
              INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                uid, counter.seq, ordinal, 'task', one.id,
                jsonb_build_object('blocked_by', one.blocked_by, 'version', one.version, 'updated_at', one.updated_at),
                to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
              );
              ordinal := ordinal + 1;
            END LOOP;
          END;
          END IF;
          IF moved <> '{}' THEN
            DECLARE
            one todo.tasks;
            changed todo.tasks;
          BEGIN
            FOR one IN
              SELECT t.* FROM unnest(moved) u(id), LATERAL (
                SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
              ) t
              ORDER BY t.number
            LOOP
              UPDATE todo.tasks t SET project_id = made.project_id, updated_at = moment, version = t.version + 1, seq = counter.seq
                WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
              INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                uid, counter.seq, ordinal, 'task', one.id,
                jsonb_build_object('project_id', one.project_id, 'version', one.version, 'updated_at', one.updated_at),
                to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
              );
              ordinal := ordinal + 1;
            END LOOP;
          END;
          END IF;
          IF made.parent_id IS NOT NULL AND (was ?| '{parent_id,completed_at}' OR was ? 'repeat' AND made.repeat IS NULL) THEN
            IF NOT counter.nested THEN
              counter.nested := true;
              UPDATE todo.counters c SET nested = true WHERE c.user_id = uid;
            END IF;
            UPDATE todo.tasks t SET is_parent = true WHERE t.user_id = uid AND t.id = made.parent_id AND t.is_parent IS NOT TRUE;
            IF made.completed_at IS NULL THEN
              ordinal := todo.task_open_above(uid, made.parent_id, counter, moment, ordinal);
            END IF;
          END IF;
          IF made.project_id IS NOT NULL THEN
            result := jsonb_set(result, '{thing,archived}', 'false');
          END IF;
        ELSE
          result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
        END IF;
      END;
    END IF;
    IF verdict IS NOT NULL THEN
      RAISE EXCEPTION 'refused' USING ERRCODE = 'TD001';
    END IF;
    result := result || jsonb_build_object('created', created);
  EXCEPTION WHEN SQLSTATE 'TD001' THEN
    ordinal := 0;
  END;
  IF result #> '{thing,due}' <> 'null' OR result #> '{thing,start}' <> 'null' THEN
    result := jsonb_set(result, '{thing,place}', coalesce(
      CASE WHEN counter.user_id IS NULL THEN todo.set_place(uid) ELSE counter.place END, 'null'
    ));
  END IF;
  IF counter.nested IS NOT FALSE OR result #> '{thing,blocked_by}' <> 'null' THEN
    IF result #> '{thing,id}' IS NOT NULL THEN
      result := result || jsonb_build_object('thing',
        result -> 'thing' || coalesce(todo.task_derived(uid, (result #>> '{thing,id}')::uuid), '{}'));
    END IF;
  END IF;
  IF result #> '{thing,project_id}' <> 'null' AND NOT result -> 'thing' ? 'archived' THEN
    result := jsonb_set(result, '{thing,archived}', to_jsonb(
      todo.project_obstacle(uid, (result #>> '{thing,project_id}')::uuid) IS NOT DISTINCT FROM 'archived'
    ));
  END IF;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, 'task.put', moment, sid, me.is_token, me.name, NULL);
    IF random() * 1024 < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, jsonb_strip_nulls(jsonb_build_object('operation', result -> 'operation', 'id', result -> 'thing' -> 'id')) || jsonb_build_object('created', result -> 'created'));
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.task_remove(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
BEGIN
  me := todo.enter(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3))
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
  <<work>>
  DECLARE
    old todo.tasks;
    made todo.tasks;
    was jsonb := '{"trashed_at": null}';
    together uuid[] := '{}';
  BEGIN
    SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
    IF NOT FOUND OR old.trashed_at IS NOT NULL THEN
      verdict := 'absent';
      EXIT work;
    END IF;
    IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
      verdict := 'changed';
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      EXIT work;
    END IF;
    made := old;
    made.trashed_at := moment;
    IF counter.nested THEN
      together := ARRAY(
            WITH RECURSIVE below AS (
              SELECT t.id FROM unnest(ARRAY[old.id]) b(id), LATERAL (
                SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL
                ORDER BY t.parent_id OFFSET 0
              ) t
              UNION
              SELECT t.id FROM below b, LATERAL (
                SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL
                ORDER BY t.parent_id OFFSET 0
              ) t
            )
            SELECT b.id FROM below b
          );
      IF ordinal + 1 + cardinality(together) > 10000 THEN
        verdict := 'many';
        EXIT work;
      ELSIF 1 + cardinality(together) > (op ->> 'most')::integer THEN
        verdict := 'long';
        EXIT work;
      END IF;
    END IF;
      made.version := old.version + 1;
      made.updated_at := moment;
      UPDATE todo.tasks t SET trashed_at = made.trashed_at, updated_at = made.updated_at, version = made.version, seq = counter.seq
        WHERE t.user_id = uid AND t.id = old.id;
      result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
        VALUES (uid, counter.seq, ordinal, 'task', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
      ordinal := ordinal + 1;
    IF together <> '{}' THEN
      DECLARE
      one todo.tasks;
      changed todo.tasks;
    BEGIN
      FOR one IN
        SELECT t.* FROM unnest(together) u(id), LATERAL (
          SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
        ) t
        ORDER BY t.number
      LOOP
        UPDATE todo.tasks t SET trashed_at = moment, updated_at = moment, version = t.version + 1, seq = counter.seq
          WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
        INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
          uid, counter.seq, ordinal, 'task', one.id,
          jsonb_build_object('trashed_at', one.trashed_at, 'version', one.version, 'updated_at', one.updated_at),
          to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
        );
        ordinal := ordinal + 1;
      END LOOP;
    END;
    END IF;
  END;
  IF result #> '{thing,due}' <> 'null' OR result #> '{thing,start}' <> 'null' THEN
    result := jsonb_set(result, '{thing,place}', coalesce(
      CASE WHEN counter.user_id IS NULL THEN todo.set_place(uid) ELSE counter.place END, 'null'
    ));
  END IF;
  IF counter.nested IS NOT FALSE OR result #> '{thing,blocked_by}' <> 'null' THEN
    IF result #> '{thing,id}' IS NOT NULL THEN
      result := result || jsonb_build_object('thing',
        result -> 'thing' || coalesce(todo.task_derived(uid, (result #>> '{thing,id}')::uuid), '{}'));
    END IF;
  END IF;
  IF result #> '{thing,project_id}' <> 'null' AND NOT result -> 'thing' ? 'archived' THEN
    result := jsonb_set(result, '{thing,archived}', to_jsonb(
      todo.project_obstacle(uid, (result #>> '{thing,project_id}')::uuid) IS NOT DISTINCT FROM 'archived'
    ));
  END IF;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, 'task.remove', moment, sid, me.is_token, me.name, NULL);
    IF random() * 1024 < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, jsonb_strip_nulls(jsonb_build_object('operation', result -> 'operation', 'id', result -> 'thing' -> 'id')));
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.task_remove_listed(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
BEGIN
  me := todo.enter(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3))
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
  <<work>>
  DECLARE
    many integer := jsonb_array_length(op -> 'things');
    along uuid[] := '{}';
  BEGIN
    IF many > 10000 THEN
      verdict := 'limit';
      EXIT work;
    END IF;
    -- Without statistics, which the embedded database never makes, the planner takes the user for one with hardly a task, and
    -- would go through the whole list for each.
    PERFORM set_config('enable_nestloop', 'off', true);
    -- No other write of the user's comes in between: each of these statements sees the same.
    IF many <> (
      SELECT count(*) FROM jsonb_array_elements(op -> 'things') seen JOIN todo.tasks t
        ON t.user_id = uid AND t.id = (seen ->> 0)::uuid AND t.version = (seen ->> 1)::integer AND t.trashed_at IS NULL
    ) THEN
      verdict := 'changed';
      EXIT work;
    END IF;
    IF counter.nested THEN
      along := ARRAY(
        SELECT u.id FROM unnest(ARRAY(
            WITH RECURSIVE below AS (
              SELECT t.id FROM unnest(ARRAY(SELECT (s ->> 0)::uuid FROM jsonb_array_elements(op -> 'things') s)) b(id), LATERAL (
                SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL
                ORDER BY t.parent_id OFFSET 0
              ) t
              UNION
              SELECT t.id FROM below b, LATERAL (
                SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL
                ORDER BY t.parent_id OFFSET 0
              ) t
            )
            SELECT b.id FROM below b
          )) u(id)
          WHERE NOT EXISTS (SELECT FROM jsonb_array_elements(op -> 'things') s WHERE (s ->> 0)::uuid = u.id)
      );
      IF many + cardinality(along) > 10000 THEN
        verdict := 'limit';
        EXIT work;
      END IF;
    END IF;
    WITH listed AS (
      SELECT t.id, t.version, t.updated_at, seen.place FROM jsonb_array_elements(op -> 'things') WITH ORDINALITY seen(thing, place)
        JOIN todo.tasks t ON t.user_id = uid AND t.id = (seen.thing ->> 0)::uuid
    ), removed AS (
      UPDATE todo.tasks t SET trashed_at = moment, updated_at = moment, version = listed.version + 1, seq = counter.seq
        FROM listed WHERE t.user_id = uid AND t.id = listed.id
        RETURNING t.id, listed.place, to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] AS now, jsonb_build_object(
          'trashed_at', NULL, 'version', listed.version, 'updated_at', listed.updated_at
        ) AS was
    )
    INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
      SELECT uid, counter.seq, removed.place - 1, 'task', removed.id, removed.was, removed.now FROM removed;
    ordinal := many;
    IF along <> '{}' THEN
      DECLARE
      one todo.tasks;
      changed todo.tasks;
    BEGIN
      FOR one IN
        SELECT t.* FROM unnest(along) u(id), LATERAL (
          SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
        ) t
        ORDER BY t.number
      LOOP
        UPDATE todo.tasks t SET trashed_at = moment, updated_at = moment, version = t.version + 1, seq = counter.seq
          WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
        INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
          uid, counter.seq, ordinal, 'task', one.id,
          jsonb_build_object('trashed_at', one.trashed_at, 'version', one.version, 'updated_at', one.updated_at),
          to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
        );
        ordinal := ordinal + 1;
      END LOOP;
    END;
    END IF;
    result := jsonb_build_object('count', ordinal);
  END;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, 'task.remove', moment, sid, me.is_token, me.name, NULL);
    IF random() * 1024 < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, result);
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.task_restore(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
BEGIN
  me := todo.enter(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      IF verdict = 'replayed' THEN
      result := result || jsonb_build_object('thing', coalesce(
        (SELECT c.now FROM todo.operations o JOIN todo.changes c
          ON c.user_id = uid AND c.seq = o.seq AND c.noun = 'task' AND c.id = (result ->> 'id')::uuid
          WHERE o.user_id = uid AND o.id = (result ->> 'operation')::uuid ORDER BY c.ordinal DESC LIMIT 1),
        (SELECT to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] FROM todo.tasks t WHERE t.user_id = uid AND t.id = (result ->> 'id')::uuid)
      ));
      IF result #> '{thing,due}' <> 'null' OR result #> '{thing,start}' <> 'null' THEN
        result := jsonb_set(result, '{thing,place}', coalesce(
          CASE WHEN counter.user_id IS NULL THEN todo.set_place(uid) ELSE counter.place END, 'null'
        ));
      END IF;
      IF counter.nested IS NOT FALSE OR result #> '{thing,blocked_by}' <> 'null' THEN
        IF result #> '{thing,id}' IS NOT NULL THEN
          result := result || jsonb_build_object('thing',
            result -> 'thing' || coalesce(todo.task_derived(uid, (result #>> '{thing,id}')::uuid), '{}'));
        END IF;
      END IF;
      IF result #> '{thing,project_id}' <> 'null' AND NOT result -> 'thing' ? 'archived' THEN
        result := jsonb_set(result, '{thing,archived}', to_jsonb(
          todo.project_obstacle(uid, (result #>> '{thing,project_id}')::uuid) IS NOT DISTINCT FROM 'archived'
        ));
      END IF;
      END IF;
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3))
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
  <<work>>
  DECLARE
    old todo.tasks;
    made todo.tasks;
    was jsonb;
    above record;
    together uuid[] := '{}';
  BEGIN
    SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
    IF NOT FOUND THEN
      verdict := 'absent';
      EXIT work;
    END IF;
    IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
      verdict := 'changed';
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      EXIT work;
    END IF;
    IF old.trashed_at IS NOT NULL THEN
      was := jsonb_build_object('trashed_at', old.trashed_at);
      made := old;
      made.trashed_at := NULL;
      IF counter.nested THEN
        together := ARRAY(
              WITH RECURSIVE below AS (
                SELECT t.id FROM unnest(ARRAY[old.id]) b(id), LATERAL (
                  SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at = old.trashed_at
                  ORDER BY t.parent_id OFFSET 0
                ) t
                UNION
                SELECT t.id FROM below b, LATERAL (
                  SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at = old.trashed_at
                  ORDER BY t.parent_id OFFSET 0
                ) t
              )
              SELECT b.id FROM below b
            );
        IF ordinal + 1 + cardinality(together) > 10000 THEN
          verdict := 'many';
          EXIT work;
        ELSIF 1 + cardinality(together) > (op ->> 'most')::integer THEN
          verdict := 'long';
          EXIT work;
        END IF;
      END IF;
      IF old.parent_id IS NOT NULL THEN
        SELECT t.project_id, t.trashed_at IS NULL AS there INTO above FROM todo.tasks t
          WHERE t.user_id = uid AND t.id = old.parent_id;
        -- What stays behind in the trash, or is too deep by now, has it no more.
        IF NOT FOUND OR NOT above.there
          OR todo.task_depth(uid, old.parent_id) + todo.task_height(uid, old.id, old.trashed_at) > 8 THEN
          was := was || jsonb_build_object('parent_id', old.parent_id, 'position', old.position);
          made.parent_id := NULL;
          made.position := NULL;
        ELSIF above.project_id IS DISTINCT FROM old.project_id THEN
          was := was || jsonb_build_object('project_id', old.project_id);
          made.project_id := above.project_id;
        END IF;
      END IF;
      IF made.project_id IS NOT NULL THEN
        verdict := todo.project_obstacle(uid, made.project_id);
        -- What was in a project that is gone comes back into the Inbox.
        IF verdict = 'reference' THEN
          verdict := NULL;
          was := was || jsonb_build_object('project_id', old.project_id, 'position', old.position);
          made.project_id := NULL;
          made.position := NULL;
        END IF;
        IF verdict IS NOT NULL THEN
          result := jsonb_build_object('path', jsonb_build_array('projectId'));
          EXIT work;
        END IF;
      END IF;
      made.version := old.version + 1;
      made.updated_at := moment;
      UPDATE todo.tasks t SET trashed_at = made.trashed_at, parent_id = made.parent_id, project_id = made.project_id, position = made.position, updated_at = made.updated_at, version = made.version, seq = counter.seq
        WHERE t.user_id = uid AND t.id = old.id;
      result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
        VALUES (uid, counter.seq, ordinal, 'task', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
      ordinal := ordinal + 1;
      IF made.project_id IS DISTINCT FROM old.project_id THEN
        IF together <> '{}' THEN
          DECLARE
          one todo.tasks;
          changed todo.tasks;
        BEGIN
          FOR one IN
            SELECT t.* FROM unnest(together) u(id), LATERAL (
              SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
            ) t
            ORDER BY t.number
          LOOP
            UPDATE todo.tasks t SET trashed_at = NULL, project_id = made.project_id, updated_at = moment, version = t.version + 1, seq = counter.seq
              WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
              uid, counter.seq, ordinal, 'task', one.id,
              jsonb_build_object('trashed_at', one.trashed_at, 'project_id', one.project_id, 'version', one.version, 'updated_at', one.updated_at),
              to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
            );
            ordinal := ordinal + 1;
          END LOOP;
        END;
        END IF;
      ELSE
        IF together <> '{}' THEN
          DECLARE
          one todo.tasks;
          changed todo.tasks;
        BEGIN
          FOR one IN
            SELECT t.* FROM unnest(together) u(id), LATERAL (
              SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
            ) t
            ORDER BY t.number
          LOOP
            UPDATE todo.tasks t SET trashed_at = NULL, updated_at = moment, version = t.version + 1, seq = counter.seq
              WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
              uid, counter.seq, ordinal, 'task', one.id,
              jsonb_build_object('trashed_at', one.trashed_at, 'version', one.version, 'updated_at', one.updated_at),
              to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
            );
            ordinal := ordinal + 1;
          END LOOP;
        END;
        END IF;
      END IF;
      IF made.parent_id IS NOT NULL AND made.completed_at IS NULL THEN
        ordinal := todo.task_open_above(uid, made.parent_id, counter, moment, ordinal);
      END IF;
    ELSE
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
    END IF;
  END;
  IF result #> '{thing,due}' <> 'null' OR result #> '{thing,start}' <> 'null' THEN
    result := jsonb_set(result, '{thing,place}', coalesce(
      CASE WHEN counter.user_id IS NULL THEN todo.set_place(uid) ELSE counter.place END, 'null'
    ));
  END IF;
  IF counter.nested IS NOT FALSE OR result #> '{thing,blocked_by}' <> 'null' THEN
    IF result #> '{thing,id}' IS NOT NULL THEN
      result := result || jsonb_build_object('thing',
        result -> 'thing' || coalesce(todo.task_derived(uid, (result #>> '{thing,id}')::uuid), '{}'));
    END IF;
  END IF;
  IF result #> '{thing,project_id}' <> 'null' AND NOT result -> 'thing' ? 'archived' THEN
    result := jsonb_set(result, '{thing,archived}', to_jsonb(
      todo.project_obstacle(uid, (result #>> '{thing,project_id}')::uuid) IS NOT DISTINCT FROM 'archived'
    ));
  END IF;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, 'task.restore', moment, sid, me.is_token, me.name, NULL);
    IF random() * 1024 < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, jsonb_strip_nulls(jsonb_build_object('operation', result -> 'operation', 'id', result -> 'thing' -> 'id')));
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.task_settle(uid uuid, undone bigint, counter todo.counters, ordinal integer)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    DECLARE
      moved record;
      thing todo.tasks;
      own_key text;
      own_number integer;
      actual uuid;
      wanted uuid;
      settled uuid[] := '{}';
      places record;
    BEGIN
      FOR moved IN
        SELECT t.id, left_place.was ? 'behind' AS stood, (left_place.was ->> 'behind')::uuid AS behind
          FROM (SELECT DISTINCT c.id FROM todo.changes c
            WHERE c.user_id = uid AND c.seq = counter.seq AND c.noun = 'task' AND c.now IS NOT NULL
              AND (c.was IS NULL OR c.was ? 'position')) u
          JOIN LATERAL (SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0) t ON true AND t.trashed_at IS NULL
          LEFT JOIN LATERAL (SELECT c.was FROM (
              SELECT x.ctid, x.* FROM todo.changes x WHERE x.user_id = uid AND x.noun = 'task' AND x.id >= u.id AND x.id <= u.id
          ORDER BY x.id OFFSET 0
            ) c WHERE c.seq = undone AND c.was ? 'behind' ORDER BY c.ordinal LIMIT 1) left_place ON true
          ORDER BY (coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C"), t.id
      LOOP
        SELECT * INTO thing FROM todo.tasks t WHERE t.user_id = uid AND t.id = moved.id;
        own_key := (coalesce(thing.position, to_hex(2147483648 + thing.number)) COLLATE "C");
        own_number := (('x' || left(own_key, 8))::bit(32)::bigint - 2147483648)::integer;
        actual := todo.task_before(uid, thing);
        wanted := CASE WHEN moved.stood AND (moved.behind IS NULL OR EXISTS (
          SELECT FROM (SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = moved.behind OFFSET 0) t WHERE (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = (CASE WHEN thing.parent_id IS NOT NULL THEN thing.parent_id WHEN thing.project_id IS NOT NULL THEN thing.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) AND t.number > 0 AND t.trashed_at IS NULL
        )) THEN moved.behind ELSE actual END;
        -- Where nothing of that has another place since, its key is right: beside it is what the operation has moved, too.
        IF wanted IS DISTINCT FROM actual AND NOT (
          wanted = ANY (settled) IS TRUE OR actual = ANY (settled) IS TRUE
          OR todo.task_displaced(uid, wanted, undone) OR todo.task_displaced(uid, actual, undone)
        ) THEN
          wanted := actual;
        END IF;
        CONTINUE WHEN wanted IS NOT DISTINCT FROM actual AND NOT EXISTS (
          SELECT FROM todo.tasks t WHERE t.user_id = uid AND (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = (CASE WHEN thing.parent_id IS NOT NULL THEN thing.parent_id WHEN thing.project_id IS NOT NULL THEN thing.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) AND t.number > 0 AND t.position = own_key AND t.id <> thing.id
        ) AND NOT EXISTS (
          SELECT FROM todo.tasks t WHERE t.user_id = uid AND (CASE WHEN t.parent_id IS NOT NULL THEN t.parent_id WHEN t.project_id IS NOT NULL THEN t.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) = (CASE WHEN thing.parent_id IS NOT NULL THEN thing.parent_id WHEN thing.project_id IS NOT NULL THEN thing.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END) AND t.number > 0 AND t.position IS NULL AND t.number = own_number AND (coalesce(t.position, to_hex(2147483648 + t.number)) COLLATE "C") = own_key AND t.id <> thing.id
        );
        SELECT * INTO places FROM todo.task_keys(
          uid, ARRAY[thing.id], (CASE WHEN thing.parent_id IS NOT NULL THEN thing.parent_id WHEN thing.project_id IS NOT NULL THEN thing.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END), CASE WHEN wanted IS NULL THEN 'first' ELSE 'after' END, wanted, counter, ordinal
        );
        ordinal := places.ordinal;
        settled := settled || thing.id;
        UPDATE todo.tasks t SET position = places.keys[1] WHERE t.user_id = uid AND t.id = thing.id;
        UPDATE todo.changes c SET now = c.now || jsonb_build_object('position', places.keys[1])
          WHERE c.user_id = uid AND c.ctid = ANY (ARRAY(
            SELECT n.ctid FROM (SELECT x.ctid, x.* FROM todo.changes x WHERE x.user_id = uid AND x.noun = 'task' AND x.id >= thing.id AND x.id <= thing.id
          ORDER BY x.id OFFSET 0) n WHERE n.seq = counter.seq AND n.now IS NOT NULL
          ));
      END LOOP;
      RETURN ordinal;
    END $function$;

CREATE OR REPLACE FUNCTION todo.task_skip(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
BEGIN
  me := todo.enter(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      IF verdict = 'replayed' THEN
      result := result || jsonb_build_object('thing', coalesce(
        (SELECT c.now FROM todo.operations o JOIN todo.changes c
          ON c.user_id = uid AND c.seq = o.seq AND c.noun = 'task' AND c.id = (result ->> 'id')::uuid
          WHERE o.user_id = uid AND o.id = (result ->> 'operation')::uuid ORDER BY c.ordinal DESC LIMIT 1),
        (SELECT to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] FROM todo.tasks t WHERE t.user_id = uid AND t.id = (result ->> 'id')::uuid)
      ));
      IF result #> '{thing,due}' <> 'null' OR result #> '{thing,start}' <> 'null' THEN
        result := jsonb_set(result, '{thing,place}', coalesce(
          CASE WHEN counter.user_id IS NULL THEN todo.set_place(uid) ELSE counter.place END, 'null'
        ));
      END IF;
      IF counter.nested IS NOT FALSE OR result #> '{thing,blocked_by}' <> 'null' THEN
        IF result #> '{thing,id}' IS NOT NULL THEN
          result := result || jsonb_build_object('thing',
            result -> 'thing' || coalesce(todo.task_derived(uid, (result #>> '{thing,id}')::uuid), '{}'));
        END IF;
      END IF;
      IF result #> '{thing,project_id}' <> 'null' AND NOT result -> 'thing' ? 'archived' THEN
        result := jsonb_set(result, '{thing,archived}', to_jsonb(
          todo.project_obstacle(uid, (result #>> '{thing,project_id}')::uuid) IS NOT DISTINCT FROM 'archived'
        ));
      END IF;
      END IF;
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3))
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
  <<work>>
  DECLARE
    body jsonb := op -> 'body';
    old todo.tasks;
    made todo.tasks;
    was jsonb := '{}';
    project uuid;
    places record;
    together uuid[] := '{}';
    again uuid[] := '{}';
    waiting uuid[] := '{}';
    moved uuid[] := '{}';
  BEGIN
    SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
    IF NOT FOUND OR old.trashed_at IS NOT NULL THEN
      verdict := 'absent';
      EXIT work;
    END IF;
    IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
      verdict := 'changed';
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      EXIT work;
    END IF;
    -- Of another date than the task is now nothing happens.
    IF op ? 'occurrence' AND op ->> 'occurrence' IS DISTINCT FROM old.occurrence THEN
      body := '{}';
    ELSIF (CASE
      WHEN op ? 'basis' THEN op -> 'basis' <> jsonb_build_object('start', old.start, 'due', old.due, 'repeat', old.repeat,
            'occurrence', old.occurrence, 'series', old.series, 'completion', old.completion,
            'completed', old.completed_at IS NOT NULL)
      ELSE body ?| '{start,due,repeat}' OR op ? 'skip'
        OR ((body ->> 'completed')::boolean AND old.repeat IS NOT NULL AND old.completed_at IS NULL)
    END) THEN
      verdict := 'stale';
      result := jsonb_build_object('thing', to_jsonb(old));
      result := jsonb_set(result, '{thing,place}', coalesce(
          CASE WHEN counter.user_id IS NULL THEN todo.set_place(uid) ELSE counter.place END, 'null'
        ));
      EXIT work;
    END IF;
    IF body ->> 'parentId' IS NOT NULL THEN
      project := (SELECT t.project_id FROM todo.tasks t WHERE t.user_id = uid AND t.id = (body ->> 'parentId')::uuid);
      IF body ? 'projectId' AND (body ->> 'projectId')::uuid IS DISTINCT FROM project THEN
        verdict := 'reference';
        result := '{"path": ["parentId"]}';
        EXIT work;
      END IF;
      body := body || jsonb_build_object('projectId', project);
    ELSIF body ? 'projectId' AND old.parent_id IS NOT NULL
      AND (body ->> 'projectId')::uuid IS DISTINCT FROM old.project_id
    THEN
      -- It leaves what it is below, which stays where it is.
      body := body || '{"parentId": null}';
    END IF;
    made := old;
    IF body ?| '{title,description,projectId,parentId,priority,tags,start,due,repeat,blockedBy,externalId,extra}' THEN
      IF body ? 'title' THEN
        made.title := body ->> 'title';
        IF made.title IS DISTINCT FROM old.title THEN
          was := was || jsonb_build_object('title', old.title);
        END IF;
      END IF;
      IF body ? 'description' THEN
        made.description := body ->> 'description';
        IF made.description IS DISTINCT FROM old.description THEN
          was := was || jsonb_build_object('description', old.description);
        END IF;
      END IF;
      IF body ? 'projectId' THEN
        made.project_id := (body ->> 'projectId')::uuid;
        IF made.project_id IS DISTINCT FROM old.project_id THEN
          was := was || jsonb_build_object('project_id', old.project_id);
        END IF;
      END IF;
      IF body ? 'parentId' THEN
        made.parent_id := (body ->> 'parentId')::uuid;
        IF made.parent_id IS DISTINCT FROM old.parent_id THEN
          was := was || jsonb_build_object('parent_id', old.parent_id);
        END IF;
      END IF;
      IF body ? 'priority' THEN
        made.priority := body ->> 'priority';
        IF made.priority IS DISTINCT FROM old.priority THEN
          was := was || jsonb_build_object('priority', old.priority);
        END IF;
      END IF;
      IF body ? 'tags' THEN
        made.tags := CASE WHEN body ? 'tags' THEN todo.spelled_tags(uid, body -> 'tags') END;
        IF made.tags IS DISTINCT FROM old.tags THEN
          was := was || jsonb_build_object('tags', old.tags);
        END IF;
      END IF;
      IF body ? 'start' THEN
        made.start := nullif(body -> 'start', 'null');
        IF made.start IS DISTINCT FROM old.start THEN
          was := was || jsonb_build_object('start', old.start);
        END IF;
      END IF;
      IF body ? 'due' THEN
        made.due := nullif(body -> 'due', 'null');
        IF made.due IS DISTINCT FROM old.due THEN
          was := was || jsonb_build_object('due', old.due);
        END IF;
      END IF;
      IF body ? 'repeat' THEN
        made.repeat := nullif(body -> 'repeat', 'null');
        IF made.repeat IS DISTINCT FROM old.repeat THEN
          was := was || jsonb_build_object('repeat', old.repeat);
        END IF;
      END IF;
      IF body ? 'blockedBy' THEN
        made.blocked_by := todo.uuids(body -> 'blockedBy');
        IF made.blocked_by IS DISTINCT FROM old.blocked_by THEN
          was := was || jsonb_build_object('blocked_by', old.blocked_by);
        END IF;
      END IF;
      IF body ? 'externalId' THEN
        made.external_id := body ->> 'externalId';
        IF made.external_id IS DISTINCT FROM old.external_id THEN
          was := was || jsonb_build_object('external_id', old.external_id);
        END IF;
      END IF;
      IF body ? 'extra' THEN
        made.extra := CASE WHEN body ? 'extra' THEN CASE WHEN jsonb_typeof(body -> 'extra') = 'object' THEN nullif(jsonb_strip_nulls(coalesce(old.extra, '{}') || (body -> 'extra')), '{}') END END;
        IF made.extra IS DISTINCT FROM old.extra THEN
          was := was || jsonb_build_object('extra', old.extra);
        END IF;
      END IF;
    END IF;
    IF body ? 'completed' THEN
      made.completed_at := CASE WHEN (body ->> 'completed')::boolean THEN
        coalesce(old.completed_at, (op ->> 'setAt')::timestamptz(3), moment) END;
      IF made.completed_at IS DISTINCT FROM old.completed_at THEN
        was := was || jsonb_build_object('completed_at', old.completed_at);
      END IF;
    END IF;
    IF op ? 'basis' THEN
      IF body ? 'occurrence' THEN
        made.occurrence := body ->> 'occurrence';
        IF made.occurrence IS DISTINCT FROM old.occurrence THEN
          was := was || jsonb_build_object('occurrence', old.occurrence);
        END IF;
      END IF;
      IF body ? 'startKey' THEN
        made.start_key := body ->> 'startKey';
        IF made.start_key IS DISTINCT FROM old.start_key THEN
          was := was || jsonb_build_object('start_key', old.start_key);
        END IF;
      END IF;
      IF body ? 'dueKey' THEN
        made.due_key := body ->> 'dueKey';
        IF made.due_key IS DISTINCT FROM old.due_key THEN
          was := was || jsonb_build_object('due_key', old.due_key);
        END IF;
      END IF;
      IF body ? 'series' THEN
        made.series := nullif(body -> 'series', 'null');
        IF made.series IS DISTINCT FROM old.series THEN
          was := was || jsonb_build_object('series', old.series);
        END IF;
      END IF;
      IF body ? 'completion' THEN
        made.completion := nullif(body -> 'completion', 'null');
        IF made.completion IS DISTINCT FROM old.completion THEN
          was := was || jsonb_build_object('completion', old.completion);
        END IF;
      END IF;
    END IF;
    IF was <> '{}' THEN
      IF made.project_id IS NOT NULL THEN
        verdict := todo.project_obstacle(uid, made.project_id);
        IF verdict IS NOT NULL THEN
          result := jsonb_build_object('path', jsonb_build_array('projectId'));
          EXIT work;
        END IF;
      END IF;
      IF was ? 'parent_id' OR was ? 'blocked_by' THEN
        SELECT l.verdict, l.more INTO verdict, result FROM todo.task_links(uid, old.id, made.parent_id, made.blocked_by, old.parent_id, old.blocked_by) l;
        IF verdict IS NOT NULL THEN
          EXIT work;
        END IF;
      END IF;
      IF was ? 'completion' OR made.completed_at IS NOT NULL AND old.completed_at IS NULL THEN
        IF NOT op ? 'skip' AND (counter.nested OR made.blocked_by IS NOT NULL) THEN
          SELECT l.verdict, l.more, l.together INTO verdict, result, together FROM todo.task_obstacle(uid, made.id, made.blocked_by, op ->> 'children', (op ->> 'force')::boolean) l;
          IF verdict IS NOT NULL THEN
            EXIT work;
          END IF;
        END IF;
        IF made.completed_at IS NULL THEN
          together := '{}';
          IF counter.nested THEN
            again := ARRAY(
              SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.completed_at IS NOT NULL AND t.id = ANY (ARRAY(
                    WITH RECURSIVE below AS (
                      SELECT t.id FROM unnest(ARRAY[old.id]) b(id), LATERAL (
                        SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL AND t.repeat IS NULL
                        ORDER BY t.parent_id OFFSET 0
                      ) t
                      UNION
                      SELECT t.id FROM below b, LATERAL (
                        SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL AND t.repeat IS NULL
                        ORDER BY t.parent_id OFFSET 0
                      ) t
                    )
                    SELECT b.id FROM below b
                  ))
            );
          END IF;
          IF NOT op ? 'skip' THEN
            waiting := ARRAY(
              SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.blocked_by IS NOT NULL AND old.id = ANY (t.blocked_by)
                ORDER BY t.number
            );
          END IF;
        END IF;
      END IF;
      IF was ? 'project_id' AND counter.nested THEN
        moved := ARRAY(
              WITH RECURSIVE below AS (
                SELECT t.id FROM unnest(ARRAY[old.id]) b(id), LATERAL (
                  SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL
                  ORDER BY t.parent_id OFFSET 0
                ) t
                UNION
                SELECT t.id FROM below b, LATERAL (
                  SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL
                  ORDER BY t.parent_id OFFSET 0
                ) t
              )
              SELECT b.id FROM below b
            );
      END IF;
      IF counter.nested OR was ? 'completion' THEN
        IF ordinal + 1 + cardinality(together || again || waiting || moved) > 10000 THEN
          verdict := 'many';
          EXIT work;
        ELSIF 1 + cardinality(together || again || waiting || moved) > (op ->> 'most')::integer THEN
          verdict := 'long';
          EXIT work;
        END IF;
      END IF;
      IF was ? 'parent_id' OR was ? 'project_id' THEN
        was := was || jsonb_build_object('position', old.position, 'behind', todo.task_behind(uid, old, counter.seq, ordinal));
        SELECT * INTO places FROM todo.task_keys(uid, ARRAY[old.id], (CASE WHEN made.parent_id IS NOT NULL THEN made.parent_id WHEN made.project_id IS NOT NULL THEN made.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END), 'last', NULL, counter, ordinal);
        ordinal := places.ordinal;
        made.position := places.keys[1];
      END IF;
      IF was ? 'tags' THEN
        IF (CASE WHEN ordinal = 0 THEN counter.tags ELSE todo.count_tags(uid) END) > 4950
          AND todo.tags_exceed(uid, body -> 'tags') THEN
          verdict := 'tags';
          EXIT work;
        END IF;
      END IF;
      IF was ? 'external_id' AND made.external_id IS NOT NULL THEN
        result := (SELECT jsonb_build_object('id', t.id) FROM todo.tasks t WHERE t.user_id = uid AND t.external_id >= made.external_id AND t.external_id <= made.external_id ORDER BY t.external_id LIMIT 1);
        IF result IS NOT NULL THEN
          verdict := 'external_id';
          EXIT work;
        END IF;
      END IF;
      IF was ? 'extra' AND made.extra IS NOT NULL THEN
        verdict := (
          SELECT CASE WHEN count(*) > 50 THEN 'extra_of_task'
              WHEN sum(octet_length(e.key) + octet_length(e.value)) > 16384 THEN 'extra_bytes' END
            FROM jsonb_each_text(made.extra) e
        );
        IF verdict IS NOT NULL THEN
          EXIT work;
        END IF;
      END IF;
      IF was ? 'tags' THEN
        PERFORM todo.use_tags(uid, body -> 'tags', moment);
      END IF;
      made.version := old.version + 1;
      made.updated_at := moment;
      IF was - '{completed_at}'::text[] = '{}' THEN
        UPDATE todo.tasks t SET completed_at = made.completed_at, updated_at = made.updated_at, version = made.version, seq = counter.seq
          WHERE t.user_id = uid AND t.id = old.id;
      ELSE
        UPDATE todo.tasks t SET title = made.title, description = made.description, project_id = made.project_id, parent_id = made.parent_id, priority = made.priority, tags = made.tags, start = made.start, due = made.due, repeat = made.repeat, blocked_by = made.blocked_by, external_id = made.external_id, extra = made.extra, completed_at = made.completed_at, occurrence = made.occurrence, start_key = made.start_key, due_key = made.due_key, series = made.series, completion = made.completion, position = made.position, updated_at = made.updated_at, version = made.version, seq = counter.seq
          WHERE t.user_id = uid AND t.id = old.id;
      END IF;
      result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
        VALUES (uid, counter.seq, ordinal, 'task', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
      ordinal := ordinal + 1;
      IF was ? 'completion' THEN
        INSERT INTO todo.completions (user_id, task_id, nth, occurrence, completed_at, skipped)
          SELECT uid, made.id, c.* FROM jsonb_to_record(made.completion) AS c(nth integer, occurrence text, "completedAt" timestamptz(3), skipped boolean)
          ON CONFLICT (user_id, task_id, nth) DO UPDATE
              SET occurrence = excluded.occurrence, completed_at = excluded.completed_at, skipped = excluded.skipped;
      END IF;
      IF together <> '{}' THEN
        DECLARE
        one todo.tasks;
        changed todo.tasks;
      BEGIN
        FOR one IN
          SELECT t.* FROM unnest(together) u(id), LATERAL (
            SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
          ) t
          ORDER BY t.number
        LOOP
          UPDATE todo.tasks t SET completed_at = made.completed_at, updated_at = moment, version = t.version + 1, seq = counter.seq
            WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
            uid, counter.seq, ordinal, 'task', one.id,
            jsonb_build_object('completed_at', one.completed_at, 'version', one.version, 'updated_at', one.updated_at),
            to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
          );
          ordinal := ordinal + 1;
        END LOOP;
      END;
      END IF;
      IF again <> '{}' THEN
        DECLARE
        one todo.tasks;
        changed todo.tasks;
      BEGIN
        FOR one IN
          SELECT t.* FROM unnest(again) u(id), LATERAL (
            SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
          ) t
          ORDER BY t.number
        LOOP
          UPDATE todo.tasks t SET completed_at = NULL, updated_at = moment, version = t.version + 1, seq = counter.seq
            WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
            uid, counter.seq, ordinal, 'task', one.id,
            jsonb_build_object('completed_at', one.completed_at, 'version', one.version, 'updated_at', one.updated_at),
            to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
          );
          ordinal := ordinal + 1;
        END LOOP;
      END;
      END IF;
      IF waiting <> '{}' THEN
        DECLARE
        one todo.tasks;
        changed todo.tasks;
      BEGIN
        FOR one IN
          SELECT t.* FROM unnest(waiting) u(id), LATERAL (
            SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
          ) t
          ORDER BY t.number
        LOOP
          UPDATE todo.tasks t SET blocked_by = nullif(array_remove(t.blocked_by, made.id), '{}'), updated_at = moment, version = t.version + 1, seq = counter.seq
            WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
            uid, counter.seq, ordinal, 'task', one.id,
            jsonb_build_object('blocked_by', one.blocked_by, 'version', one.version, 'updated_at', one.updated_at),
            to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
          );
          ordinal := ordinal + 1;
        END LOOP;
      END;
      END IF;
      IF moved <> '{}' THEN
        DECLARE
        one todo.tasks;
        changed todo.tasks;
      BEGIN
        FOR one IN
          SELECT t.* FROM unnest(moved) u(id), LATERAL (
            SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
          ) t
          ORDER BY t.number
        LOOP
          UPDATE todo.tasks t SET project_id = made.project_id, updated_at = moment, version = t.version + 1, seq = counter.seq
            WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
            uid, counter.seq, ordinal, 'task', one.id,
            jsonb_build_object('project_id', one.project_id, 'version', one.version, 'updated_at', one.updated_at),
            to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
          );
          ordinal := ordinal + 1;
        END LOOP;
      END;
      END IF;
      IF made.parent_id IS NOT NULL AND (was ?| '{parent_id,completed_at}' OR was ? 'repeat' AND made.repeat IS NULL) THEN
        IF NOT counter.nested THEN
          counter.nested := true;
          UPDATE todo.counters c SET nested = true WHERE c.user_id = uid;
        END IF;
        UPDATE todo.tasks t SET is_parent = true WHERE t.user_id = uid AND t.id = made.parent_id AND t.is_parent IS NOT TRUE;
        IF made.completed_at IS NULL THEN
          ordinal := todo.task_open_above(uid, made.parent_id, counter, moment, ordinal);
        END IF;
      END IF;
      IF made.project_id IS NOT NULL THEN
        result := jsonb_set(result, '{thing,archived}', 'false');
      END IF;
    ELSE
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
    END IF;
  END;
  IF result #> '{thing,due}' <> 'null' OR result #> '{thing,start}' <> 'null' THEN
    result := jsonb_set(result, '{thing,place}', coalesce(
      CASE WHEN counter.user_id IS NULL THEN todo.set_place(uid) ELSE counter.place END, 'null'
    ));
  END IF;
  IF counter.nested IS NOT FALSE OR result #> '{thing,blocked_by}' <> 'null' THEN
    IF result #> '{thing,id}' IS NOT NULL THEN
      result := result || jsonb_build_object('thing',
        result -> 'thing' || coalesce(todo.task_derived(uid, (result #>> '{thing,id}')::uuid), '{}'));
    END IF;
  END IF;
  IF result #> '{thing,project_id}' <> 'null' AND NOT result -> 'thing' ? 'archived' THEN
    result := jsonb_set(result, '{thing,archived}', to_jsonb(
      todo.project_obstacle(uid, (result #>> '{thing,project_id}')::uuid) IS NOT DISTINCT FROM 'archived'
    ));
  END IF;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, 'task.skip', moment, sid, me.is_token, me.name, NULL);
    IF random() * 1024 < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, jsonb_strip_nulls(jsonb_build_object('operation', result -> 'operation', 'id', result -> 'thing' -> 'id')));
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.task_tag(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
BEGIN
  me := todo.enter(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      IF verdict = 'replayed' THEN
      result := result || jsonb_build_object('thing', coalesce(
        (SELECT c.now FROM todo.operations o JOIN todo.changes c
          ON c.user_id = uid AND c.seq = o.seq AND c.noun = 'task' AND c.id = (result ->> 'id')::uuid
          WHERE o.user_id = uid AND o.id = (result ->> 'operation')::uuid ORDER BY c.ordinal DESC LIMIT 1),
        (SELECT to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] FROM todo.tasks t WHERE t.user_id = uid AND t.id = (result ->> 'id')::uuid)
      ));
      IF result #> '{thing,due}' <> 'null' OR result #> '{thing,start}' <> 'null' THEN
        result := jsonb_set(result, '{thing,place}', coalesce(
          CASE WHEN counter.user_id IS NULL THEN todo.set_place(uid) ELSE counter.place END, 'null'
        ));
      END IF;
      IF counter.nested IS NOT FALSE OR result #> '{thing,blocked_by}' <> 'null' THEN
        IF result #> '{thing,id}' IS NOT NULL THEN
          result := result || jsonb_build_object('thing',
            result -> 'thing' || coalesce(todo.task_derived(uid, (result #>> '{thing,id}')::uuid), '{}'));
        END IF;
      END IF;
      IF result #> '{thing,project_id}' <> 'null' AND NOT result -> 'thing' ? 'archived' THEN
        result := jsonb_set(result, '{thing,archived}', to_jsonb(
          todo.project_obstacle(uid, (result #>> '{thing,project_id}')::uuid) IS NOT DISTINCT FROM 'archived'
        ));
      END IF;
      END IF;
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3))
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
  <<work>>
  DECLARE
    old todo.tasks;
    made todo.tasks;
    was jsonb := '{}';
  BEGIN
    SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
    IF NOT FOUND OR old.trashed_at IS NOT NULL THEN
      verdict := 'absent';
      EXIT work;
    END IF;
    IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
      verdict := 'changed';
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      EXIT work;
    END IF;
    made := old;
    IF op ? 'add' THEN
      made.tags := todo.spelled_tags(uid, op -> 'add') || coalesce(old.tags, '{}');
    ELSE
      made.tags := nullif(old.tags - (op ->> 'remove'), '{}');
    END IF;
    IF made.tags IS NOT DISTINCT FROM old.tags THEN
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      EXIT work;
    END IF;
    IF made.project_id IS NOT NULL THEN
      verdict := todo.project_obstacle(uid, made.project_id);
      IF verdict IS NOT NULL THEN
        result := jsonb_build_object('path', jsonb_build_array('projectId'));
        EXIT work;
      END IF;
    END IF;
    IF verdict IS NULL AND op ? 'add' THEN
      verdict := CASE
        WHEN (SELECT count(*) FROM jsonb_object_keys(made.tags)) > 50 THEN 'tags_of_task'
        WHEN todo.tags_exceed(uid, op -> 'add') THEN 'tags'
      END;
    END IF;
    IF verdict IS NOT NULL THEN
      EXIT work;
    END IF;
    PERFORM todo.use_tags(uid, op -> 'add', moment);
    was := jsonb_build_object('tags', old.tags);
      made.version := old.version + 1;
      made.updated_at := moment;
      UPDATE todo.tasks t SET tags = made.tags, updated_at = made.updated_at, version = made.version, seq = counter.seq
        WHERE t.user_id = uid AND t.id = old.id;
      result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
        VALUES (uid, counter.seq, ordinal, 'task', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
      ordinal := ordinal + 1;
  END;
  IF result #> '{thing,due}' <> 'null' OR result #> '{thing,start}' <> 'null' THEN
    result := jsonb_set(result, '{thing,place}', coalesce(
      CASE WHEN counter.user_id IS NULL THEN todo.set_place(uid) ELSE counter.place END, 'null'
    ));
  END IF;
  IF counter.nested IS NOT FALSE OR result #> '{thing,blocked_by}' <> 'null' THEN
    IF result #> '{thing,id}' IS NOT NULL THEN
      result := result || jsonb_build_object('thing',
        result -> 'thing' || coalesce(todo.task_derived(uid, (result #>> '{thing,id}')::uuid), '{}'));
    END IF;
  END IF;
  IF result #> '{thing,project_id}' <> 'null' AND NOT result -> 'thing' ? 'archived' THEN
    result := jsonb_set(result, '{thing,archived}', to_jsonb(
      todo.project_obstacle(uid, (result #>> '{thing,project_id}')::uuid) IS NOT DISTINCT FROM 'archived'
    ));
  END IF;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, 'task.update', moment, sid, me.is_token, me.name, NULL);
    IF random() * 1024 < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, jsonb_strip_nulls(jsonb_build_object('operation', result -> 'operation', 'id', result -> 'thing' -> 'id')));
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.task_undo(uid uuid, undone bigint, first integer, last integer, counter todo.counters, moment timestamp with time zone, place integer, excluded jsonb, OUT done integer, OUT taken integer, OUT obstacles jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
DECLARE
  u record;
  hindrances jsonb[] := '{}';
BEGIN
  done := 0;
  taken := 0;
  FOR u IN
    WITH seen AS (
      SELECT c.ordinal, c.id, c.was, c.now, t.old, CASE
          WHEN excluded ? c.id::text THEN excluded ->> c.id::text
          -- It took the thing away; where nothing is left of it, the thing was deleted for good.
          WHEN c.now IS NULL THEN CASE WHEN c.was IS NULL THEN 'gone' WHEN t.id IS NOT NULL THEN 'taken' END
          WHEN t.id IS NULL THEN 'gone'
          WHEN (c.was IS NULL OR c.was ? 'number') AND t.number IS DISTINCT FROM left_then.number
            OR (c.was IS NULL OR c.was ? 'title') AND t.title IS DISTINCT FROM left_then.title
            OR (c.was IS NULL OR c.was ? 'description') AND t.description IS DISTINCT FROM left_then.description
            OR (c.was IS NULL OR c.was ? 'project_id') AND t.project_id IS DISTINCT FROM left_then.project_id
            OR (c.was IS NULL OR c.was ? 'parent_id') AND t.parent_id IS DISTINCT FROM left_then.parent_id
            OR (c.was IS NULL OR c.was ? 'position') AND t.position IS DISTINCT FROM left_then.position AND todo.task_moved(uid, c.id, undone)
            OR (c.was IS NULL OR c.was ? 'priority') AND t.priority IS DISTINCT FROM left_then.priority
            OR (c.was IS NULL OR c.was ? 'tags') AND t.tags IS DISTINCT FROM left_then.tags
            OR (c.was IS NULL OR c.was ? 'start') AND t.start IS DISTINCT FROM left_then.start
            OR (c.was IS NULL OR c.was ? 'due') AND t.due IS DISTINCT FROM left_then.due
            OR (c.was IS NULL OR c.was ? 'repeat') AND t.repeat IS DISTINCT FROM left_then.repeat
            OR (c.was IS NULL OR c.was ? 'occurrence') AND t.occurrence IS DISTINCT FROM left_then.occurrence
            OR (c.was IS NULL OR c.was ? 'blocked_by') AND t.blocked_by IS DISTINCT FROM left_then.blocked_by
            OR (c.was IS NULL OR c.was ? 'external_id') AND t.external_id IS DISTINCT FROM left_then.external_id
            OR (c.was IS NULL OR c.was ? 'extra') AND t.extra IS DISTINCT FROM left_then.extra
            OR (c.was IS NULL OR c.was ? 'completed_at') AND t.completed_at IS DISTINCT FROM left_then.completed_at
            OR (c.was IS NULL OR c.was ? 'created_at') AND t.created_at IS DISTINCT FROM left_then.created_at
            OR (c.was IS NULL OR c.was ? 'series') AND t.series IS DISTINCT FROM left_then.series
            OR (c.was IS NULL OR c.was ? 'completion') AND t.completion IS DISTINCT FROM left_then.completion
            OR (c.was IS NULL OR c.was ? 'trashed_at') AND t.trashed_at IS DISTINCT FROM left_then.trashed_at THEN 'changed'
          WHEN again.repeat IS NOT NULL AND (again.due IS NULL OR (again.repeat ->> 'rule' ~* 'FREQ=HOURLY'
          AND coalesce(again.due ->> 'timeZone', '') NOT IN ('Etc/UTC', 'UTC'))) THEN 'changed'
        END AS reason
        FROM todo.changes c LEFT JOIN LATERAL (
          SELECT x AS old, x.* FROM todo.tasks x WHERE x.user_id = uid AND x.id = c.id OFFSET 0
        ) t ON true,
          jsonb_populate_record(NULL::todo.tasks, c.now) left_then, jsonb_populate_record(t.old, c.was) again
        WHERE c.user_id = uid AND c.seq = undone AND c.ordinal BETWEEN last AND first
          AND (c.was IS NULL OR c.now IS NULL OR c.was ? 'version')
    ), judged AS (
      SELECT s.*, row_number() OVER (PARTITION BY s.reason IS NULL ORDER BY s.ordinal DESC)::integer AS nth FROM seen s
    )
    SELECT j.id, made, j.was IS NULL AS takes, j.now IS NULL AS inserts,
        coalesce(j.reason, CASE WHEN j.now IS NULL AND counter.tasks + j.nth > 100000 THEN 'limit' END,
          CASE WHEN j.was IS NOT NULL THEN coalesce(CASE WHEN made.project_id IS NOT NULL AND made.trashed_at IS NULL THEN
            'project_' || CASE todo.project_obstacle(uid, made.project_id, (SELECT o.at FROM todo.operations o WHERE o.user_id = uid AND o.seq = undone))
              WHEN 'reference' THEN 'gone' WHEN 'archived' THEN 'archived' END END, CASE WHEN made.external_id IS NOT NULL AND EXISTS (
            SELECT FROM todo.tasks x WHERE x.user_id = uid AND x.external_id = made.external_id AND x.id <> j.id
          ) THEN 'taken' END) ELSE NULL END) AS reason,
        CASE WHEN j.was IS NULL THEN to_jsonb(j.old) WHEN j.now IS NOT NULL THEN
          (SELECT jsonb_object_agg(m.member, o.thing -> m.member) FROM jsonb_object_keys(j.was) m(member), to_jsonb(j.old) o(thing))
          || CASE WHEN j.was ? 'behind' THEN jsonb_build_object('behind', todo.task_before(uid, j.old)) ELSE '{}' END
        END AS was
      FROM judged j, jsonb_populate_record(j.old, j.was || CASE WHEN j.was ? 'tags' THEN jsonb_build_object('tags', CASE WHEN EXISTS (
            SELECT FROM todo.changes g WHERE g.user_id = uid AND g.seq = undone AND g.noun = 'tag'
          ) THEN j.was -> 'tags' ELSE todo.spelled_tags(uid, j.was -> 'tags') END) ELSE '{}' END || jsonb_build_object(
        'version', coalesce((j.old).version, (j.was ->> 'version')::integer) + 1, 'updated_at', moment, 'seq', counter.seq
      )) made
      ORDER BY j.ordinal DESC
  LOOP
    IF u.reason IS NOT NULL THEN
      hindrances := hindrances || jsonb_build_object('noun', 'task', 'id', u.id, 'reason', u.reason);
      CONTINUE;
    END IF;
    DECLARE
      made todo.tasks := u.made;
    BEGIN
      IF u.takes THEN
        DELETE FROM todo.tasks t WHERE t.user_id = uid AND t.id = u.id;
        DELETE FROM todo.completions p WHERE p.user_id = uid AND p.task_id = u.id;
        taken := taken + 1;
      ELSIF u.inserts THEN
        INSERT INTO todo.tasks SELECT made.*;
        taken := taken - 1;
      ELSE
        UPDATE todo.tasks t SET number = made.number, title = made.title, description = made.description, project_id = made.project_id, parent_id = made.parent_id, position = made.position, priority = made.priority, tags = made.tags, start = made.start, due = made.due, repeat = made.repeat, occurrence = made.occurrence, blocked_by = made.blocked_by, external_id = made.external_id, extra = made.extra, completed_at = made.completed_at, created_at = made.created_at, updated_at = made.updated_at, version = made.version, start_key = made.start_key, due_key = made.due_key, series = made.series, completion = made.completion, trashed_at = made.trashed_at, seq = counter.seq
          WHERE t.user_id = uid AND t.id = u.id;
      END IF;
      IF NOT u.takes AND u.was ? 'completion' AND made.completion IS NOT NULL THEN
        INSERT INTO todo.completions (user_id, task_id, nth, occurrence, completed_at, skipped)
          SELECT uid, u.id, c.* FROM jsonb_to_record(made.completion) AS c(nth integer, occurrence text, "completedAt" timestamptz(3), skipped boolean) WHERE c.nth IS NOT NULL
          ON CONFLICT (user_id, task_id, nth) DO UPDATE
              SET occurrence = excluded.occurrence, completed_at = excluded.completed_at, skipped = excluded.skipped;
      END IF;
      IF u.inserts AND made.tags IS NOT NULL THEN
        INSERT INTO todo.task_tags (user_id, name_key, number)
          SELECT uid, k, made.number FROM jsonb_object_keys(made.tags) k;
      END IF;
      INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
        VALUES (uid, counter.seq, place + done, 'task', u.id, u.was, CASE WHEN NOT u.takes THEN to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] END);
      done := done + 1;
    END;
  END LOOP;
  obstacles := to_jsonb(hindrances);
END $function$;

CREATE OR REPLACE FUNCTION todo.task_update(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
BEGIN
  me := todo.enter(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      IF verdict = 'replayed' THEN
      result := result || jsonb_build_object('thing', coalesce(
        (SELECT c.now FROM todo.operations o JOIN todo.changes c
          ON c.user_id = uid AND c.seq = o.seq AND c.noun = 'task' AND c.id = (result ->> 'id')::uuid
          WHERE o.user_id = uid AND o.id = (result ->> 'operation')::uuid ORDER BY c.ordinal DESC LIMIT 1),
        (SELECT to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] FROM todo.tasks t WHERE t.user_id = uid AND t.id = (result ->> 'id')::uuid)
      ));
      IF result #> '{thing,due}' <> 'null' OR result #> '{thing,start}' <> 'null' THEN
        result := jsonb_set(result, '{thing,place}', coalesce(
          CASE WHEN counter.user_id IS NULL THEN todo.set_place(uid) ELSE counter.place END, 'null'
        ));
      END IF;
      IF counter.nested IS NOT FALSE OR result #> '{thing,blocked_by}' <> 'null' THEN
        IF result #> '{thing,id}' IS NOT NULL THEN
          result := result || jsonb_build_object('thing',
            result -> 'thing' || coalesce(todo.task_derived(uid, (result #>> '{thing,id}')::uuid), '{}'));
        END IF;
      END IF;
      IF result #> '{thing,project_id}' <> 'null' AND NOT result -> 'thing' ? 'archived' THEN
        result := jsonb_set(result, '{thing,archived}', to_jsonb(
          todo.project_obstacle(uid, (result #>> '{thing,project_id}')::uuid) IS NOT DISTINCT FROM 'archived'
        ));
      END IF;
      END IF;
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3))
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
  <<work>>
  DECLARE
    body jsonb := op -> 'body';
    old todo.tasks;
    made todo.tasks;
    was jsonb := '{}';
    project uuid;
    places record;
    together uuid[] := '{}';
    again uuid[] := '{}';
    waiting uuid[] := '{}';
    moved uuid[] := '{}';
  BEGIN
    SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
    IF NOT FOUND OR old.trashed_at IS NOT NULL THEN
      verdict := 'absent';
      EXIT work;
    END IF;
    IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
      verdict := 'changed';
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      EXIT work;
    END IF;
    -- Of another date than the task is now nothing happens.
    IF op ? 'occurrence' AND op ->> 'occurrence' IS DISTINCT FROM old.occurrence THEN
      body := '{}';
    ELSIF (CASE
      WHEN op ? 'basis' THEN op -> 'basis' <> jsonb_build_object('start', old.start, 'due', old.due, 'repeat', old.repeat,
            'occurrence', old.occurrence, 'series', old.series, 'completion', old.completion,
            'completed', old.completed_at IS NOT NULL)
      ELSE body ?| '{start,due,repeat}' OR op ? 'skip'
        OR ((body ->> 'completed')::boolean AND old.repeat IS NOT NULL AND old.completed_at IS NULL)
    END) THEN
      verdict := 'stale';
      result := jsonb_build_object('thing', to_jsonb(old));
      result := jsonb_set(result, '{thing,place}', coalesce(
          CASE WHEN counter.user_id IS NULL THEN todo.set_place(uid) ELSE counter.place END, 'null'
        ));
      EXIT work;
    END IF;
    IF body ->> 'parentId' IS NOT NULL THEN
      project := (SELECT t.project_id FROM todo.tasks t WHERE t.user_id = uid AND t.id = (body ->> 'parentId')::uuid);
      IF body ? 'projectId' AND (body ->> 'projectId')::uuid IS DISTINCT FROM project THEN
        verdict := 'reference';
        result := '{"path": ["parentId"]}';
        EXIT work;
      END IF;
      body := body || jsonb_build_object('projectId', project);
    ELSIF body ? 'projectId' AND old.parent_id IS NOT NULL
      AND (body ->> 'projectId')::uuid IS DISTINCT FROM old.project_id
    THEN
      -- It leaves what it is below, which stays where it is.
      body := body || '{"parentId": null}';
    END IF;
    made := old;
    IF body ?| '{title,description,projectId,parentId,priority,tags,start,due,repeat,blockedBy,externalId,extra}' THEN
      IF body ? 'title' THEN
        made.title := body ->> 'title';
        IF made.title IS DISTINCT FROM old.title THEN
          was := was || jsonb_build_object('title', old.title);
        END IF;
      END IF;
      IF body ? 'description' THEN
        made.description := body ->> 'description';
        IF made.description IS DISTINCT FROM old.description THEN
          was := was || jsonb_build_object('description', old.description);
        END IF;
      END IF;
      IF body ? 'projectId' THEN
        made.project_id := (body ->> 'projectId')::uuid;
        IF made.project_id IS DISTINCT FROM old.project_id THEN
          was := was || jsonb_build_object('project_id', old.project_id);
        END IF;
      END IF;
      IF body ? 'parentId' THEN
        made.parent_id := (body ->> 'parentId')::uuid;
        IF made.parent_id IS DISTINCT FROM old.parent_id THEN
          was := was || jsonb_build_object('parent_id', old.parent_id);
        END IF;
      END IF;
      IF body ? 'priority' THEN
        made.priority := body ->> 'priority';
        IF made.priority IS DISTINCT FROM old.priority THEN
          was := was || jsonb_build_object('priority', old.priority);
        END IF;
      END IF;
      IF body ? 'tags' THEN
        made.tags := CASE WHEN body ? 'tags' THEN todo.spelled_tags(uid, body -> 'tags') END;
        IF made.tags IS DISTINCT FROM old.tags THEN
          was := was || jsonb_build_object('tags', old.tags);
        END IF;
      END IF;
      IF body ? 'start' THEN
        made.start := nullif(body -> 'start', 'null');
        IF made.start IS DISTINCT FROM old.start THEN
          was := was || jsonb_build_object('start', old.start);
        END IF;
      END IF;
      IF body ? 'due' THEN
        made.due := nullif(body -> 'due', 'null');
        IF made.due IS DISTINCT FROM old.due THEN
          was := was || jsonb_build_object('due', old.due);
        END IF;
      END IF;
      IF body ? 'repeat' THEN
        made.repeat := nullif(body -> 'repeat', 'null');
        IF made.repeat IS DISTINCT FROM old.repeat THEN
          was := was || jsonb_build_object('repeat', old.repeat);
        END IF;
      END IF;
      IF body ? 'blockedBy' THEN
        made.blocked_by := todo.uuids(body -> 'blockedBy');
        IF made.blocked_by IS DISTINCT FROM old.blocked_by THEN
          was := was || jsonb_build_object('blocked_by', old.blocked_by);
        END IF;
      END IF;
      IF body ? 'externalId' THEN
        made.external_id := body ->> 'externalId';
        IF made.external_id IS DISTINCT FROM old.external_id THEN
          was := was || jsonb_build_object('external_id', old.external_id);
        END IF;
      END IF;
      IF body ? 'extra' THEN
        made.extra := CASE WHEN body ? 'extra' THEN CASE WHEN jsonb_typeof(body -> 'extra') = 'object' THEN nullif(jsonb_strip_nulls(coalesce(old.extra, '{}') || (body -> 'extra')), '{}') END END;
        IF made.extra IS DISTINCT FROM old.extra THEN
          was := was || jsonb_build_object('extra', old.extra);
        END IF;
      END IF;
    END IF;
    IF body ? 'completed' THEN
      made.completed_at := CASE WHEN (body ->> 'completed')::boolean THEN
        coalesce(old.completed_at, (op ->> 'setAt')::timestamptz(3), moment) END;
      IF made.completed_at IS DISTINCT FROM old.completed_at THEN
        was := was || jsonb_build_object('completed_at', old.completed_at);
      END IF;
    END IF;
    IF op ? 'basis' THEN
      IF body ? 'occurrence' THEN
        made.occurrence := body ->> 'occurrence';
        IF made.occurrence IS DISTINCT FROM old.occurrence THEN
          was := was || jsonb_build_object('occurrence', old.occurrence);
        END IF;
      END IF;
      IF body ? 'startKey' THEN
        made.start_key := body ->> 'startKey';
        IF made.start_key IS DISTINCT FROM old.start_key THEN
          was := was || jsonb_build_object('start_key', old.start_key);
        END IF;
      END IF;
      IF body ? 'dueKey' THEN
        made.due_key := body ->> 'dueKey';
        IF made.due_key IS DISTINCT FROM old.due_key THEN
          was := was || jsonb_build_object('due_key', old.due_key);
        END IF;
      END IF;
      IF body ? 'series' THEN
        made.series := nullif(body -> 'series', 'null');
        IF made.series IS DISTINCT FROM old.series THEN
          was := was || jsonb_build_object('series', old.series);
        END IF;
      END IF;
      IF body ? 'completion' THEN
        made.completion := nullif(body -> 'completion', 'null');
        IF made.completion IS DISTINCT FROM old.completion THEN
          was := was || jsonb_build_object('completion', old.completion);
        END IF;
      END IF;
    END IF;
    IF was <> '{}' THEN
      IF made.project_id IS NOT NULL THEN
        verdict := todo.project_obstacle(uid, made.project_id);
        IF verdict IS NOT NULL THEN
          result := jsonb_build_object('path', jsonb_build_array('projectId'));
          EXIT work;
        END IF;
      END IF;
      IF was ? 'parent_id' OR was ? 'blocked_by' THEN
        SELECT l.verdict, l.more INTO verdict, result FROM todo.task_links(uid, old.id, made.parent_id, made.blocked_by, old.parent_id, old.blocked_by) l;
        IF verdict IS NOT NULL THEN
          EXIT work;
        END IF;
      END IF;
      IF was ? 'completion' OR made.completed_at IS NOT NULL AND old.completed_at IS NULL THEN
        IF NOT op ? 'skip' AND (counter.nested OR made.blocked_by IS NOT NULL) THEN
          SELECT l.verdict, l.more, l.together INTO verdict, result, together FROM todo.task_obstacle(uid, made.id, made.blocked_by, op ->> 'children', (op ->> 'force')::boolean) l;
          IF verdict IS NOT NULL THEN
            EXIT work;
          END IF;
        END IF;
        IF made.completed_at IS NULL THEN
          together := '{}';
          IF counter.nested THEN
            again := ARRAY(
              SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.completed_at IS NOT NULL AND t.id = ANY (ARRAY(
                    WITH RECURSIVE below AS (
                      SELECT t.id FROM unnest(ARRAY[old.id]) b(id), LATERAL (
                        SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL AND t.repeat IS NULL
                        ORDER BY t.parent_id OFFSET 0
                      ) t
                      UNION
                      SELECT t.id FROM below b, LATERAL (
                        SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL AND t.repeat IS NULL
                        ORDER BY t.parent_id OFFSET 0
                      ) t
                    )
                    SELECT b.id FROM below b
                  ))
            );
          END IF;
          IF NOT op ? 'skip' THEN
            waiting := ARRAY(
              SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.blocked_by IS NOT NULL AND old.id = ANY (t.blocked_by)
                ORDER BY t.number
            );
          END IF;
        END IF;
      END IF;
      IF was ? 'project_id' AND counter.nested THEN
        moved := ARRAY(
              WITH RECURSIVE below AS (
                SELECT t.id FROM unnest(ARRAY[old.id]) b(id), LATERAL (
                  SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL
                  ORDER BY t.parent_id OFFSET 0
                ) t
                UNION
                SELECT t.id FROM below b, LATERAL (
                  SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL
                  ORDER BY t.parent_id OFFSET 0
                ) t
              )
              SELECT b.id FROM below b
            );
      END IF;
      IF counter.nested OR was ? 'completion' THEN
        IF ordinal + 1 + cardinality(together || again || waiting || moved) > 10000 THEN
          verdict := 'many';
          EXIT work;
        ELSIF 1 + cardinality(together || again || waiting || moved) > (op ->> 'most')::integer THEN
          verdict := 'long';
          EXIT work;
        END IF;
      END IF;
      IF was ? 'parent_id' OR was ? 'project_id' THEN
        was := was || jsonb_build_object('position', old.position, 'behind', todo.task_behind(uid, old, counter.seq, ordinal));
        SELECT * INTO places FROM todo.task_keys(uid, ARRAY[old.id], (CASE WHEN made.parent_id IS NOT NULL THEN made.parent_id WHEN made.project_id IS NOT NULL THEN made.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END), 'last', NULL, counter, ordinal);
        ordinal := places.ordinal;
        made.position := places.keys[1];
      END IF;
      IF was ? 'tags' THEN
        IF (CASE WHEN ordinal = 0 THEN counter.tags ELSE todo.count_tags(uid) END) > 4950
          AND todo.tags_exceed(uid, body -> 'tags') THEN
          verdict := 'tags';
          EXIT work;
        END IF;
      END IF;
      IF was ? 'external_id' AND made.external_id IS NOT NULL THEN
        result := (SELECT jsonb_build_object('id', t.id) FROM todo.tasks t WHERE t.user_id = uid AND t.external_id >= made.external_id AND t.external_id <= made.external_id ORDER BY t.external_id LIMIT 1);
        IF result IS NOT NULL THEN
          verdict := 'external_id';
          EXIT work;
        END IF;
      END IF;
      IF was ? 'extra' AND made.extra IS NOT NULL THEN
        verdict := (
          SELECT CASE WHEN count(*) > 50 THEN 'extra_of_task'
              WHEN sum(octet_length(e.key) + octet_length(e.value)) > 16384 THEN 'extra_bytes' END
            FROM jsonb_each_text(made.extra) e
        );
        IF verdict IS NOT NULL THEN
          EXIT work;
        END IF;
      END IF;
      IF was ? 'tags' THEN
        PERFORM todo.use_tags(uid, body -> 'tags', moment);
      END IF;
      made.version := old.version + 1;
      made.updated_at := moment;
      IF was - '{completed_at}'::text[] = '{}' THEN
        UPDATE todo.tasks t SET completed_at = made.completed_at, updated_at = made.updated_at, version = made.version, seq = counter.seq
          WHERE t.user_id = uid AND t.id = old.id;
      ELSE
        UPDATE todo.tasks t SET title = made.title, description = made.description, project_id = made.project_id, parent_id = made.parent_id, priority = made.priority, tags = made.tags, start = made.start, due = made.due, repeat = made.repeat, blocked_by = made.blocked_by, external_id = made.external_id, extra = made.extra, completed_at = made.completed_at, occurrence = made.occurrence, start_key = made.start_key, due_key = made.due_key, series = made.series, completion = made.completion, position = made.position, updated_at = made.updated_at, version = made.version, seq = counter.seq
          WHERE t.user_id = uid AND t.id = old.id;
      END IF;
      result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
        VALUES (uid, counter.seq, ordinal, 'task', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
      ordinal := ordinal + 1;
      IF was ? 'completion' THEN
        INSERT INTO todo.completions (user_id, task_id, nth, occurrence, completed_at, skipped)
          SELECT uid, made.id, c.* FROM jsonb_to_record(made.completion) AS c(nth integer, occurrence text, "completedAt" timestamptz(3), skipped boolean)
          ON CONFLICT (user_id, task_id, nth) DO UPDATE
              SET occurrence = excluded.occurrence, completed_at = excluded.completed_at, skipped = excluded.skipped;
      END IF;
      IF together <> '{}' THEN
        DECLARE
        one todo.tasks;
        changed todo.tasks;
      BEGIN
        FOR one IN
          SELECT t.* FROM unnest(together) u(id), LATERAL (
            SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
          ) t
          ORDER BY t.number
        LOOP
          UPDATE todo.tasks t SET completed_at = made.completed_at, updated_at = moment, version = t.version + 1, seq = counter.seq
            WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
            uid, counter.seq, ordinal, 'task', one.id,
            jsonb_build_object('completed_at', one.completed_at, 'version', one.version, 'updated_at', one.updated_at),
            to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
          );
          ordinal := ordinal + 1;
        END LOOP;
      END;
      END IF;
      IF again <> '{}' THEN
        DECLARE
        one todo.tasks;
        changed todo.tasks;
      BEGIN
        FOR one IN
          SELECT t.* FROM unnest(again) u(id), LATERAL (
            SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
          ) t
          ORDER BY t.number
        LOOP
          UPDATE todo.tasks t SET completed_at = NULL, updated_at = moment, version = t.version + 1, seq = counter.seq
            WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
            uid, counter.seq, ordinal, 'task', one.id,
            jsonb_build_object('completed_at', one.completed_at, 'version', one.version, 'updated_at', one.updated_at),
            to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
          );
          ordinal := ordinal + 1;
        END LOOP;
      END;
      END IF;
      IF waiting <> '{}' THEN
        DECLARE
        one todo.tasks;
        changed todo.tasks;
      BEGIN
        FOR one IN
          SELECT t.* FROM unnest(waiting) u(id), LATERAL (
            SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
          ) t
          ORDER BY t.number
        LOOP
          UPDATE todo.tasks t SET blocked_by = nullif(array_remove(t.blocked_by, made.id), '{}'), updated_at = moment, version = t.version + 1, seq = counter.seq
            WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
            uid, counter.seq, ordinal, 'task', one.id,
            jsonb_build_object('blocked_by', one.blocked_by, 'version', one.version, 'updated_at', one.updated_at),
            to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
          );
          ordinal := ordinal + 1;
        END LOOP;
      END;
      END IF;
      IF moved <> '{}' THEN
        DECLARE
        one todo.tasks;
        changed todo.tasks;
      BEGIN
        FOR one IN
          SELECT t.* FROM unnest(moved) u(id), LATERAL (
            SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
          ) t
          ORDER BY t.number
        LOOP
          UPDATE todo.tasks t SET project_id = made.project_id, updated_at = moment, version = t.version + 1, seq = counter.seq
            WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
            uid, counter.seq, ordinal, 'task', one.id,
            jsonb_build_object('project_id', one.project_id, 'version', one.version, 'updated_at', one.updated_at),
            to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
          );
          ordinal := ordinal + 1;
        END LOOP;
      END;
      END IF;
      IF made.parent_id IS NOT NULL AND (was ?| '{parent_id,completed_at}' OR was ? 'repeat' AND made.repeat IS NULL) THEN
        IF NOT counter.nested THEN
          counter.nested := true;
          UPDATE todo.counters c SET nested = true WHERE c.user_id = uid;
        END IF;
        UPDATE todo.tasks t SET is_parent = true WHERE t.user_id = uid AND t.id = made.parent_id AND t.is_parent IS NOT TRUE;
        IF made.completed_at IS NULL THEN
          ordinal := todo.task_open_above(uid, made.parent_id, counter, moment, ordinal);
        END IF;
      END IF;
      IF made.project_id IS NOT NULL THEN
        result := jsonb_set(result, '{thing,archived}', 'false');
      END IF;
    ELSE
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
    END IF;
  END;
  IF result #> '{thing,due}' <> 'null' OR result #> '{thing,start}' <> 'null' THEN
    result := jsonb_set(result, '{thing,place}', coalesce(
      CASE WHEN counter.user_id IS NULL THEN todo.set_place(uid) ELSE counter.place END, 'null'
    ));
  END IF;
  IF counter.nested IS NOT FALSE OR result #> '{thing,blocked_by}' <> 'null' THEN
    IF result #> '{thing,id}' IS NOT NULL THEN
      result := result || jsonb_build_object('thing',
        result -> 'thing' || coalesce(todo.task_derived(uid, (result #>> '{thing,id}')::uuid), '{}'));
    END IF;
  END IF;
  IF result #> '{thing,project_id}' <> 'null' AND NOT result -> 'thing' ? 'archived' THEN
    result := jsonb_set(result, '{thing,archived}', to_jsonb(
      todo.project_obstacle(uid, (result #>> '{thing,project_id}')::uuid) IS NOT DISTINCT FROM 'archived'
    ));
  END IF;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, 'task.update', moment, sid, me.is_token, me.name, NULL);
    IF random() * 1024 < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, jsonb_strip_nulls(jsonb_build_object('operation', result -> 'operation', 'id', result -> 'thing' -> 'id')));
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.task_update_listed(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
BEGIN
  me := todo.enter(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3))
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
  DECLARE
    op jsonb;
    things jsonb := task_update_listed.op -> 'things';
    many integer := jsonb_array_length(things);
  BEGIN
    IF many > 10000 THEN
      verdict := 'limit';
    ELSE
      FOR op IN SELECT jsonb_build_object(
          'id', seen.thing -> 0, 'versions', jsonb_build_array(seen.thing -> 1), 'body', task_update_listed.op -> 'body'
        ) || coalesce(seen.thing -> 2, '{}') FROM jsonb_array_elements(things) WITH ORDINALITY seen(thing, place) ORDER BY seen.place
      LOOP
      <<work>>
      DECLARE
        body jsonb := op -> 'body';
        old todo.tasks;
        made todo.tasks;
        was jsonb := '{}';
        project uuid;
        places record;
        together uuid[] := '{}';
        again uuid[] := '{}';
        waiting uuid[] := '{}';
        moved uuid[] := '{}';
      BEGIN
        SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
        IF NOT FOUND OR old.trashed_at IS NOT NULL THEN
          verdict := 'absent';
          EXIT work;
        END IF;
        IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
          verdict := 'changed';
          result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
          EXIT work;
        END IF;
        -- Of another date than the task is now nothing happens.
        IF op ? 'occurrence' AND op ->> 'occurrence' IS DISTINCT FROM old.occurrence THEN
          body := '{}';
        ELSIF (CASE
          WHEN op ? 'basis' THEN op -> 'basis' <> jsonb_build_object('start', old.start, 'due', old.due, 'repeat', old.repeat,
                'occurrence', old.occurrence, 'series', old.series, 'completion', old.completion,
                'completed', old.completed_at IS NOT NULL)
          ELSE body ?| '{start,due,repeat}' OR op ? 'skip'
            OR ((body ->> 'completed')::boolean AND old.repeat IS NOT NULL AND old.completed_at IS NULL)
        END) THEN
          verdict := 'stale';
          result := jsonb_build_object('thing', to_jsonb(old));
          result := jsonb_set(result, '{thing,place}', coalesce(
              CASE WHEN counter.user_id IS NULL THEN todo.set_place(uid) ELSE counter.place END, 'null'
            ));
          EXIT work;
        END IF;
        IF body ->> 'parentId' IS NOT NULL THEN
          project := (SELECT t.project_id FROM todo.tasks t WHERE t.user_id = uid AND t.id = (body ->> 'parentId')::uuid);
          IF body ? 'projectId' AND (body ->> 'projectId')::uuid IS DISTINCT FROM project THEN
            verdict := 'reference';
            result := '{"path": ["parentId"]}';
            EXIT work;
          END IF;
          body := body || jsonb_build_object('projectId', project);
        ELSIF body ? 'projectId' AND old.parent_id IS NOT NULL
          AND (body ->> 'projectId')::uuid IS DISTINCT FROM old.project_id
        THEN
          -- It leaves what it is below, which stays where it is.
          body := body || '{"parentId": null}';
        END IF;
        made := old;
        IF body ?| '{title,description,projectId,parentId,priority,tags,start,due,repeat,blockedBy,externalId,extra}' THEN
          IF body ? 'title' THEN
            made.title := body ->> 'title';
            IF made.title IS DISTINCT FROM old.title THEN
              was := was || jsonb_build_object('title', old.title);
            END IF;
          END IF;
          IF body ? 'description' THEN
            made.description := body ->> 'description';
            IF made.description IS DISTINCT FROM old.description THEN
              was := was || jsonb_build_object('description', old.description);
            END IF;
          END IF;
          IF body ? 'projectId' THEN
            made.project_id := (body ->> 'projectId')::uuid;
            IF made.project_id IS DISTINCT FROM old.project_id THEN
              was := was || jsonb_build_object('project_id', old.project_id);
            END IF;
          END IF;
          IF body ? 'parentId' THEN
            made.parent_id := (body ->> 'parentId')::uuid;
            IF made.parent_id IS DISTINCT FROM old.parent_id THEN
              was := was || jsonb_build_object('parent_id', old.parent_id);
            END IF;
          END IF;
          IF body ? 'priority' THEN
            made.priority := body ->> 'priority';
            IF made.priority IS DISTINCT FROM old.priority THEN
              was := was || jsonb_build_object('priority', old.priority);
            END IF;
          END IF;
          IF body ? 'tags' THEN
            made.tags := CASE WHEN body ? 'tags' THEN todo.spelled_tags(uid, body -> 'tags') END;
            IF made.tags IS DISTINCT FROM old.tags THEN
              was := was || jsonb_build_object('tags', old.tags);
            END IF;
          END IF;
          IF body ? 'start' THEN
            made.start := nullif(body -> 'start', 'null');
            IF made.start IS DISTINCT FROM old.start THEN
              was := was || jsonb_build_object('start', old.start);
            END IF;
          END IF;
          IF body ? 'due' THEN
            made.due := nullif(body -> 'due', 'null');
            IF made.due IS DISTINCT FROM old.due THEN
              was := was || jsonb_build_object('due', old.due);
            END IF;
          END IF;
          IF body ? 'repeat' THEN
            made.repeat := nullif(body -> 'repeat', 'null');
            IF made.repeat IS DISTINCT FROM old.repeat THEN
              was := was || jsonb_build_object('repeat', old.repeat);
            END IF;
          END IF;
          IF body ? 'blockedBy' THEN
            made.blocked_by := todo.uuids(body -> 'blockedBy');
            IF made.blocked_by IS DISTINCT FROM old.blocked_by THEN
              was := was || jsonb_build_object('blocked_by', old.blocked_by);
            END IF;
          END IF;
          IF body ? 'externalId' THEN
            made.external_id := body ->> 'externalId';
            IF made.external_id IS DISTINCT FROM old.external_id THEN
              was := was || jsonb_build_object('external_id', old.external_id);
            END IF;
          END IF;
          IF body ? 'extra' THEN
            made.extra := CASE WHEN body ? 'extra' THEN CASE WHEN jsonb_typeof(body -> 'extra') = 'object' THEN nullif(jsonb_strip_nulls(coalesce(old.extra, '{}') || (body -> 'extra')), '{}') END END;
            IF made.extra IS DISTINCT FROM old.extra THEN
              was := was || jsonb_build_object('extra', old.extra);
            END IF;
          END IF;
        END IF;
        IF body ? 'completed' THEN
          made.completed_at := CASE WHEN (body ->> 'completed')::boolean THEN
            coalesce(old.completed_at, (op ->> 'setAt')::timestamptz(3), moment) END;
          IF made.completed_at IS DISTINCT FROM old.completed_at THEN
            was := was || jsonb_build_object('completed_at', old.completed_at);
          END IF;
        END IF;
        IF op ? 'basis' THEN
          IF body ? 'occurrence' THEN
            made.occurrence := body ->> 'occurrence';
            IF made.occurrence IS DISTINCT FROM old.occurrence THEN
              was := was || jsonb_build_object('occurrence', old.occurrence);
            END IF;
          END IF;
          IF body ? 'startKey' THEN
            made.start_key := body ->> 'startKey';
            IF made.start_key IS DISTINCT FROM old.start_key THEN
              was := was || jsonb_build_object('start_key', old.start_key);
            END IF;
          END IF;
          IF body ? 'dueKey' THEN
            made.due_key := body ->> 'dueKey';
            IF made.due_key IS DISTINCT FROM old.due_key THEN
              was := was || jsonb_build_object('due_key', old.due_key);
            END IF;
          END IF;
          IF body ? 'series' THEN
            made.series := nullif(body -> 'series', 'null');
            IF made.series IS DISTINCT FROM old.series THEN
              was := was || jsonb_build_object('series', old.series);
            END IF;
          END IF;
          IF body ? 'completion' THEN
            made.completion := nullif(body -> 'completion', 'null');
            IF made.completion IS DISTINCT FROM old.completion THEN
              was := was || jsonb_build_object('completion', old.completion);
            END IF;
          END IF;
        END IF;
        IF was <> '{}' THEN
          IF made.project_id IS NOT NULL THEN
            verdict := todo.project_obstacle(uid, made.project_id);
            IF verdict IS NOT NULL THEN
              result := jsonb_build_object('path', jsonb_build_array('projectId'));
              EXIT work;
            END IF;
          END IF;
          IF was ? 'parent_id' OR was ? 'blocked_by' THEN
            SELECT l.verdict, l.more INTO verdict, result FROM todo.task_links(uid, old.id, made.parent_id, made.blocked_by, old.parent_id, old.blocked_by) l;
            IF verdict IS NOT NULL THEN
              EXIT work;
            END IF;
          END IF;
          IF was ? 'completion' OR made.completed_at IS NOT NULL AND old.completed_at IS NULL THEN
            IF NOT op ? 'skip' AND (counter.nested OR made.blocked_by IS NOT NULL) THEN
              SELECT l.verdict, l.more, l.together INTO verdict, result, together FROM todo.task_obstacle(uid, made.id, made.blocked_by, op ->> 'children', (op ->> 'force')::boolean) l;
              IF verdict IS NOT NULL THEN
                EXIT work;
              END IF;
            END IF;
            IF made.completed_at IS NULL THEN
              together := '{}';
              IF counter.nested THEN
                again := ARRAY(
                  SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.completed_at IS NOT NULL AND t.id = ANY (ARRAY(
                        WITH RECURSIVE below AS (
                          SELECT t.id FROM unnest(ARRAY[old.id]) b(id), LATERAL (
                            SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL AND t.repeat IS NULL
                            ORDER BY t.parent_id OFFSET 0
                          ) t
                          UNION
                          SELECT t.id FROM below b, LATERAL (
                            SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL AND t.repeat IS NULL
                            ORDER BY t.parent_id OFFSET 0
                          ) t
                        )
                        SELECT b.id FROM below b
                      ))
                );
              END IF;
              IF NOT op ? 'skip' THEN
                waiting := ARRAY(
                  SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.blocked_by IS NOT NULL AND old.id = ANY (t.blocked_by)
                    ORDER BY t.number
                );
              END IF;
            END IF;
          END IF;
          IF was ? 'project_id' AND counter.nested THEN
            moved := ARRAY(
                  WITH RECURSIVE below AS (
                    SELECT t.id FROM unnest(ARRAY[old.id]) b(id), LATERAL (
                      SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL
                      ORDER BY t.parent_id OFFSET 0
                    ) t
                    UNION
                    SELECT t.id FROM below b, LATERAL (
                      SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.parent_id >= b.id AND t.parent_id <= b.id AND t.trashed_at IS NULL
                      ORDER BY t.parent_id OFFSET 0
                    ) t
                  )
                  SELECT b.id FROM below b
                );
          END IF;
          IF counter.nested OR was ? 'completion' THEN
            IF ordinal + 1 + cardinality(together || again || waiting || moved) > 10000 THEN
              verdict := 'many';
              EXIT work;
            ELSIF 1 + cardinality(together || again || waiting || moved) > (op ->> 'most')::integer THEN
              verdict := 'long';
              EXIT work;
            END IF;
          END IF;
          IF was ? 'parent_id' OR was ? 'project_id' THEN
            was := was || jsonb_build_object('position', old.position, 'behind', todo.task_behind(uid, old, counter.seq, ordinal));
            SELECT * INTO places FROM todo.task_keys(uid, ARRAY[old.id], (CASE WHEN made.parent_id IS NOT NULL THEN made.parent_id WHEN made.project_id IS NOT NULL THEN made.project_id ELSE '00000000-0000-0000-0000-000000000000'::uuid END), 'last', NULL, counter, ordinal);
            ordinal := places.ordinal;
            made.position := places.keys[1];
          END IF;
          IF was ? 'tags' THEN
            IF (CASE WHEN ordinal = 0 THEN counter.tags ELSE todo.count_tags(uid) END) > 4950
              AND todo.tags_exceed(uid, body -> 'tags') THEN
              verdict := 'tags';
              EXIT work;
            END IF;
          END IF;
          IF was ? 'external_id' AND made.external_id IS NOT NULL THEN
            result := (SELECT jsonb_build_object('id', t.id) FROM todo.tasks t WHERE t.user_id = uid AND t.external_id >= made.external_id AND t.external_id <= made.external_id ORDER BY t.external_id LIMIT 1);
            IF result IS NOT NULL THEN
              verdict := 'external_id';
              EXIT work;
            END IF;
          END IF;
          IF was ? 'extra' AND made.extra IS NOT NULL THEN
            verdict := (
              SELECT CASE WHEN count(*) > 50 THEN 'extra_of_task'
                  WHEN sum(octet_length(e.key) + octet_length(e.value)) > 16384 THEN 'extra_bytes' END
                FROM jsonb_each_text(made.extra) e
            );
            IF verdict IS NOT NULL THEN
              EXIT work;
            END IF;
          END IF;
          IF was ? 'tags' THEN
            PERFORM todo.use_tags(uid, body -> 'tags', moment);
          END IF;
          made.version := old.version + 1;
          made.updated_at := moment;
          IF was - '{completed_at}'::text[] = '{}' THEN
            UPDATE todo.tasks t SET completed_at = made.completed_at, updated_at = made.updated_at, version = made.version, seq = counter.seq
              WHERE t.user_id = uid AND t.id = old.id;
          ELSE
            UPDATE todo.tasks t SET title = made.title, description = made.description, project_id = made.project_id, parent_id = made.parent_id, priority = made.priority, tags = made.tags, start = made.start, due = made.due, repeat = made.repeat, blocked_by = made.blocked_by, external_id = made.external_id, extra = made.extra, completed_at = made.completed_at, occurrence = made.occurrence, start_key = made.start_key, due_key = made.due_key, series = made.series, completion = made.completion, position = made.position, updated_at = made.updated_at, version = made.version, seq = counter.seq
              WHERE t.user_id = uid AND t.id = old.id;
          END IF;
          result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
            VALUES (uid, counter.seq, ordinal, 'task', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
          ordinal := ordinal + 1;
          IF was ? 'completion' THEN
            INSERT INTO todo.completions (user_id, task_id, nth, occurrence, completed_at, skipped)
              SELECT uid, made.id, c.* FROM jsonb_to_record(made.completion) AS c(nth integer, occurrence text, "completedAt" timestamptz(3), skipped boolean)
              ON CONFLICT (user_id, task_id, nth) DO UPDATE
                  SET occurrence = excluded.occurrence, completed_at = excluded.completed_at, skipped = excluded.skipped;
          END IF;
          IF together <> '{}' THEN
            DECLARE
            one todo.tasks;
            changed todo.tasks;
          BEGIN
            FOR one IN
              SELECT t.* FROM unnest(together) u(id), LATERAL (
                SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
              ) t
              ORDER BY t.number
            LOOP
              UPDATE todo.tasks t SET completed_at = made.completed_at, updated_at = moment, version = t.version + 1, seq = counter.seq
                WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
              INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                uid, counter.seq, ordinal, 'task', one.id,
                jsonb_build_object('completed_at', one.completed_at, 'version', one.version, 'updated_at', one.updated_at),
                to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
              );
              ordinal := ordinal + 1;
            END LOOP;
          END;
          END IF;
          IF again <> '{}' THEN
            DECLARE
            one todo.tasks;
            changed todo.tasks;
          BEGIN
            FOR one IN
              SELECT t.* FROM unnest(again) u(id), LATERAL (
                SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
              ) t
              ORDER BY t.number
            LOOP
              UPDATE todo.tasks t SET completed_at = NULL, updated_at = moment, version = t.version + 1, seq = counter.seq
                WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
              INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                uid, counter.seq, ordinal, 'task', one.id,
                jsonb_build_object('completed_at', one.completed_at, 'version', one.version, 'updated_at', one.updated_at),
                to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
              );
              ordinal := ordinal + 1;
            END LOOP;
          END;
          END IF;
          IF waiting <> '{}' THEN
            DECLARE
            one todo.tasks;
            changed todo.tasks;
          BEGIN
            FOR one IN
              SELECT t.* FROM unnest(waiting) u(id), LATERAL (
                SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
              ) t
              ORDER BY t.number
            LOOP
              UPDATE todo.tasks t SET blocked_by = nullif(array_remove(t.blocked_by, made.id), '{}'), updated_at = moment, version = t.version + 1, seq = counter.seq
                WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
              INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                uid, counter.seq, ordinal, 'task', one.id,
                jsonb_build_object('blocked_by', one.blocked_by, 'version', one.version, 'updated_at', one.updated_at),
                to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
              );
              ordinal := ordinal + 1;
            END LOOP;
          END;
          END IF;
          IF moved <> '{}' THEN
            DECLARE
            one todo.tasks;
            changed todo.tasks;
          BEGIN
            FOR one IN
              SELECT t.* FROM unnest(moved) u(id), LATERAL (
                SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
              ) t
              ORDER BY t.number
            LOOP
              UPDATE todo.tasks t SET project_id = made.project_id, updated_at = moment, version = t.version + 1, seq = counter.seq
                WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
              INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
                uid, counter.seq, ordinal, 'task', one.id,
                jsonb_build_object('project_id', one.project_id, 'version', one.version, 'updated_at', one.updated_at),
                to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
              );
              ordinal := ordinal + 1;
            END LOOP;
          END;
          END IF;
          IF made.parent_id IS NOT NULL AND (was ?| '{parent_id,completed_at}' OR was ? 'repeat' AND made.repeat IS NULL) THEN
            IF NOT counter.nested THEN
              counter.nested := true;
              UPDATE todo.counters c SET nested = true WHERE c.user_id = uid;
            END IF;
            UPDATE todo.tasks t SET is_parent = true WHERE t.user_id = uid AND t.id = made.parent_id AND t.is_parent IS NOT TRUE;
            IF made.completed_at IS NULL THEN
              ordinal := todo.task_open_above(uid, made.parent_id, counter, moment, ordinal);
            END IF;
          END IF;
          IF made.project_id IS NOT NULL THEN
            result := jsonb_set(result, '{thing,archived}', 'false');
          END IF;
        ELSE
          result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
        END IF;
      END;
        IF verdict IS NOT NULL THEN
          RAISE EXCEPTION 'refused' USING ERRCODE = 'TD001';
        END IF;
      END LOOP;
      result := jsonb_build_object('count', many);
    END IF;
  EXCEPTION WHEN SQLSTATE 'TD001' THEN
    verdict := CASE WHEN verdict = 'absent' THEN 'changed' ELSE verdict END;
  END;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, 'task.update', moment, sid, me.is_token, me.name, NULL);
    IF random() * 1024 < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, result);
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.token_create(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  made todo.script_tokens;
BEGIN
  PERFORM todo.authenticate(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      IF verdict = 'replayed' THEN
      result := result || jsonb_build_object('thing', (
        SELECT to_jsonb(t) - 'user_id' FROM todo.script_tokens t WHERE t.user_id = uid AND t.id = (result ->> 'id')::uuid
      ));
      END IF;
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM todo.assert_credentials(sid, uid);
  IF (SELECT count(*) FROM todo.script_tokens t WHERE t.user_id = uid AND t.expires_at > clock_timestamp())
    >= 50
  THEN
    verdict := 'limit';
    RETURN;
  END IF;
  INSERT INTO todo.script_tokens (user_id, id, name, scopes, created_at, expires_at)
    VALUES (uid, (op ->> 'id')::uuid, op -> 'body' ->> 'name',
      ARRAY(SELECT jsonb_array_elements_text(op -> 'body' -> 'scopes')), clock_timestamp(),
      clock_timestamp() + make_interval(days => (op -> 'body' ->> 'expiresInDays')::integer))
    RETURNING * INTO made;
  INSERT INTO auth.script_token_secrets (hash, user_id, token_id) VALUES (decode(op ->> 'hash', 'hex'), uid, made.id);
  result := jsonb_build_object('thing', to_jsonb(made) - 'user_id');
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, jsonb_build_object('id', made.id));
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.token_revoke(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
BEGIN
  PERFORM todo.authenticate(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  DELETE FROM todo.script_tokens t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
  IF NOT FOUND THEN
    verdict := 'absent';
  END IF;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, '{}');
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.trash_empty(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
BEGIN
  me := todo.enter(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3))
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
  <<work>>
  DECLARE
    things uuid[] := ARRAY(
      SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.trashed_at IS NOT NULL
        ORDER BY t.trashed_at, t.number LIMIT 10000 + 1
    );
  BEGIN
    IF cardinality(things) > 10000 THEN
      verdict := 'limit';
    ELSIF cardinality(things) > (op ->> 'most')::integer THEN
      verdict := 'long';
    END IF;
    IF verdict IS NOT NULL THEN
      EXIT work;
    END IF;
    IF todo.task_forget(uid, things, coalesce((op ->> 'most')::integer, 10000)) THEN
      verdict := 'long';
      EXIT work;
    END IF;
    ordinal := todo.task_erase(uid, things, counter.seq, ordinal);
    result := jsonb_build_object('count', cardinality(things));
  END;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, 'trash.empty', moment, sid, me.is_token, me.name, NULL);
    IF random() * 1024 < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, result);
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.trim_idempotency_keys(uid uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
 SET enable_bitmapscan TO 'off'
 SET enable_seqscan TO 'off'
AS $function$
    BEGIN
      DELETE FROM todo.idempotency_keys k WHERE k.user_id = uid AND k.key = ANY (ARRAY(
        SELECT e.key FROM todo.idempotency_keys e WHERE e.user_id = uid AND e.key IN (
          SELECT o.key FROM todo.idempotency_keys o WHERE o.user_id = uid ORDER BY o.created_at DESC, o.key OFFSET 1000
        ) FOR UPDATE SKIP LOCKED));
    END $function$;

CREATE OR REPLACE FUNCTION todo.undo(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
  target todo.operations;
BEGIN
  me := todo.enter(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3))
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
  <<work>>
  DECLARE
    begun todo.counters := counter;
    run record;
    part record;
    obstacles jsonb;
    breaches jsonb;
    excluded jsonb := '{}';
    link bigint;
    undone_by bigint;
  BEGIN
    IF op ? 'id' THEN
      SELECT * INTO target FROM todo.operations o WHERE o.user_id = uid AND o.id = (op ->> 'id')::uuid;
    ELSE
      -- One by one: no plan reads all changes to find those that are left.
      SELECT * INTO target FROM (SELECT * FROM todo.operations o WHERE o.user_id = uid ORDER BY o.seq DESC LIMIT 10000) o
        WHERE o.actor = sid AND o.kind NOT IN ('undo', 'settings.update') AND o.undone_by IS NULL AND o.at > moment - interval '30 days' AND EXISTS (
        SELECT FROM todo.changes c WHERE c.user_id = uid AND c.seq = o.seq AND (c.was IS NOT NULL OR c.now IS NOT NULL)
          OFFSET 0
      )
        ORDER BY o.seq DESC LIMIT 1;
    END IF;
    verdict := CASE
      WHEN target.id IS NULL THEN 'absent'
      WHEN target.at <= moment - interval '30 days' THEN 'expired'
      WHEN target.undone_by IS NOT NULL THEN 'undone'
      WHEN NOT (SELECT EXISTS (
        SELECT FROM todo.changes c WHERE c.user_id = uid AND c.seq = o.seq AND (c.was IS NOT NULL OR c.now IS NOT NULL)
          OFFSET 0
      ) FROM todo.operations o WHERE o.user_id = uid AND o.seq = target.seq) THEN 'final'
      WHEN EXISTS (
        SELECT FROM todo.changes c WHERE c.user_id = uid AND c.seq = target.seq AND c.ordinal >= (op ->> 'most')::integer
      ) THEN 'long'
    END;
    IF verdict IS NOT NULL THEN
      EXIT work;
    END IF;
    -- All or nothing, unless a part is wanted, and there is one. What would break a rule is left out of that, and all is
    -- tried anew without it.
    LOOP
    BEGIN
      obstacles := '[]';
      breaches := '[]';
      ordinal := 0;
      counter := begun;
      FOR run IN
        SELECT b.noun, b.ordinal AS first, coalesce(lead(b.ordinal) OVER (ORDER BY b.ordinal DESC) + 1, 0) AS last FROM (
          SELECT c.noun, c.ordinal, lag(true) OVER (PARTITION BY c.noun, c.id ORDER BY c.ordinal DESC)
              OR lag(c.noun) OVER down IS DISTINCT FROM c.noun
              OR c.noun = 'task' AND coalesce(CASE WHEN c.was IS NULL THEN c.now ->> 'external_id' IS NOT NULL ELSE c.was ? 'external_id' END, false)
              OR c.noun = 'project' AND true
              OR c.noun = 'comment' AND c.now IS NULL
              OR c.noun = 'view' AND true
              OR lag(c.now IS NULL) OVER down IS DISTINCT FROM (c.now IS NULL) AS begins
            FROM todo.changes c WHERE c.user_id = uid AND c.seq = target.seq AND (c.was IS NULL OR c.now IS NULL OR c.was ? 'version') WINDOW down AS (ORDER BY c.ordinal DESC)
        ) b WHERE b.begins ORDER BY b.ordinal DESC
      LOOP
        CASE run.noun
          WHEN 'task' THEN
            SELECT * INTO part FROM todo.task_undo(uid, target.seq, run.first, run.last, counter, moment, ordinal, excluded);
            counter.tasks := counter.tasks - part.taken;
          WHEN 'project' THEN
            SELECT * INTO part FROM todo.project_undo(uid, target.seq, run.first, run.last, counter, moment, ordinal, excluded);
            counter.projects := counter.projects - part.taken;
          WHEN 'settings' THEN
            SELECT * INTO part FROM todo.settings_undo(uid, target.seq, run.first, run.last, counter, moment, ordinal, excluded);
          WHEN 'tag' THEN
            SELECT * INTO part FROM todo.tag_undo(uid, target.seq, run.first, run.last, counter, moment, ordinal, excluded);
            counter.tags := counter.tags - part.taken;
          WHEN 'comment' THEN
            SELECT * INTO part FROM todo.comment_undo(uid, target.seq, run.first, run.last, counter, moment, ordinal, excluded);
            counter.comments := counter.comments - part.taken;
          WHEN 'view' THEN
            SELECT * INTO part FROM todo.view_undo(uid, target.seq, run.first, run.last, counter, moment, ordinal, excluded);
            counter.views := counter.views - part.taken;
        END CASE;
        ordinal := ordinal + part.done;
        obstacles := obstacles || part.obstacles;
      END LOOP;
      ordinal := todo.task_open_undone(uid, target.seq, counter, moment, ordinal);
      breaches := breaches || todo.task_breaches(uid, counter.seq);
      ordinal := todo.task_settle(uid, target.seq, counter, ordinal);
      ordinal := todo.project_settle(uid, target.seq, counter, ordinal);
      ordinal := todo.view_settle(uid, target.seq, counter, ordinal);
      IF breaches <> '[]' THEN
        RAISE EXCEPTION 'a rule is broken' USING ERRCODE = 'TD002';
      END IF;
      IF obstacles <> '[]' AND (ordinal = 0 OR op -> 'partial' IS DISTINCT FROM 'true') THEN
        RAISE EXCEPTION 'changed since' USING ERRCODE = 'TD001';
      END IF;
      EXIT;
    EXCEPTION
      WHEN SQLSTATE 'TD001' THEN
        verdict := 'changed';
        result := jsonb_build_object('obstacles', obstacles);
        EXIT work;
      WHEN SQLSTATE 'TD002' THEN
        excluded := excluded || (SELECT jsonb_object_agg(b ->> 'id', b ->> 'reason') FROM jsonb_array_elements(breaches) b);
        IF op -> 'partial' IS DISTINCT FROM 'true' THEN
          verdict := 'changed';
          result := jsonb_build_object('obstacles', obstacles || breaches);
          EXIT work;
        END IF;
    END;
    END LOOP;
    result := '{}';
    UPDATE todo.counters c SET tasks = c.tasks + counter.tasks - begun.tasks, projects = c.projects + counter.projects - begun.projects, tags = c.tags + counter.tags - begun.tags, comments = c.comments + counter.comments - begun.comments, views = c.views + counter.views - begun.views
      WHERE c.user_id = uid AND (begun.tasks <> counter.tasks OR begun.projects <> counter.projects OR begun.tags <> counter.tags OR begun.comments <> counter.comments OR begun.views <> counter.views);
    INSERT INTO todo.agenda (user_id, kind, at)
      SELECT uid, 'zones', clock_timestamp() WHERE EXISTS (
        SELECT FROM todo.changes c WHERE c.user_id = uid AND c.seq = counter.seq AND c.noun = 'task'
          AND (c.was IS NULL OR c.was ?| '{start_key,due_key}')
          AND (c.now ->> 'start_key' LIKE 'z%' OR c.now ->> 'due_key' LIKE 'z%')
      ) ON CONFLICT (user_id, kind) DO UPDATE SET at = excluded.at;
    PERFORM todo.use_tags(uid, (
      SELECT jsonb_object_agg(e.key, e.value) FROM (
        SELECT DISTINCT c.id FROM todo.changes c WHERE c.user_id = uid AND c.seq = counter.seq AND c.noun = 'task'
          AND jsonb_typeof(c.now -> 'tags') = 'object' AND (c.was IS NULL OR c.was ? 'tags')
      ) c, LATERAL (
        SELECT x.tags FROM todo.tasks x WHERE x.user_id = uid AND x.id = c.id OFFSET 0
      ) t, jsonb_each(t.tags) e WHERE t.tags IS NOT NULL
    ), moment);
    PERFORM todo.use_tags(uid, (
      SELECT jsonb_object_agg(k.key, k.name) FROM (
        SELECT c.was ->> 'name_key' AS key, coalesce(c.was ->> 'name', c.now ->> 'name') AS name FROM todo.changes c
          WHERE c.user_id = uid AND c.seq = counter.seq AND c.noun = 'tag' AND c.was ? 'name_key'
      ) k WHERE EXISTS (SELECT FROM todo.task_tags y WHERE y.user_id = uid AND y.name_key = k.key COLLATE "C")
    ), moment);
    -- What is undone is so by an operation that is not: the undo of an undo takes that off what it undid, and so on.
    link := target.seq;
    undone_by := counter.seq;
    WHILE link IS NOT NULL LOOP
      UPDATE todo.operations o SET undone_by = work.undone_by WHERE o.user_id = uid AND o.seq = link
        RETURNING o.undoes, CASE WHEN work.undone_by IS NULL THEN o.seq END INTO link, undone_by;
    END LOOP;
  END;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, 'undo', moment, sid, me.is_token, me.name, target.seq);
    IF random() * 1024 < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, jsonb_build_object('operation', result -> 'operation'));
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.use_tags(uid uuid, given jsonb, moment timestamp with time zone)
 RETURNS jsonb
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    DECLARE
      known jsonb;
      unknown integer;
    BEGIN
      IF given IS NULL OR jsonb_typeof(given) <> 'object' OR given = '{}' THEN
        RETURN NULL;
      END IF;
      SELECT coalesce(jsonb_object_agg(t.name_key, t.name), '{}'), (SELECT count(*) FROM jsonb_object_keys(given)) - count(*)
        INTO known, unknown FROM todo.tags t
        WHERE t.user_id = uid AND t.name_key = ANY (ARRAY(SELECT k COLLATE "C" FROM jsonb_object_keys(given) k));
      IF unknown > 0 THEN
        INSERT INTO todo.tags (user_id, id, name, name_key, created_at, updated_at, version, seq)
          SELECT uid, gen_random_uuid(), e.value, e.key, moment, moment, 1, 0 FROM jsonb_each_text(given) e
            WHERE NOT known ? e.key;
        UPDATE todo.counters c SET tags = c.tags + unknown WHERE c.user_id = uid;
      END IF;
      RETURN given || known;
    END $function$;

CREATE OR REPLACE FUNCTION todo.uuids(items jsonb)
 RETURNS uuid[]
 LANGUAGE plpgsql
 IMMUTABLE STRICT
 SET search_path TO ''
AS $function$
    BEGIN
      RETURN nullif(ARRAY(SELECT v::uuid FROM jsonb_array_elements_text(nullif(items, 'null')) v), '{}');
    END $function$;

CREATE OR REPLACE FUNCTION todo.view_before(uid uuid, thing todo.views)
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
    BEGIN
      RETURN (SELECT n.id FROM (
        SELECT t.id, (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") AS key FROM todo.views t
          WHERE t.user_id = uid AND '00000000-0000-0000-0000-000000000000'::uuid = '00000000-0000-0000-0000-000000000000'::uuid AND ((coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C"), t.id) < ((coalesce(thing.position, to_hex(2147483648 + 0)) COLLATE "C"), thing.id)
          ORDER BY (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") DESC, t.id DESC LIMIT 1
      ) n);
    END $function$;

CREATE OR REPLACE FUNCTION todo.view_create(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
BEGIN
  me := todo.enter(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      IF verdict = 'replayed' THEN
      result := result || jsonb_build_object('thing', coalesce(
        (SELECT c.now FROM todo.operations o JOIN todo.changes c
          ON c.user_id = uid AND c.seq = o.seq AND c.noun = 'view' AND c.id = (result ->> 'id')::uuid
          WHERE o.user_id = uid AND o.id = (result ->> 'operation')::uuid ORDER BY c.ordinal DESC LIMIT 1),
        (SELECT to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] FROM todo.views t WHERE t.user_id = uid AND t.id = (result ->> 'id')::uuid)
      ));
      END IF;
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3)), views = c.views + 1
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
  <<work>>
  DECLARE
    body jsonb := op -> 'body';
    made todo.views;
    places record;
  BEGIN
    -- Whoever makes a thing may choose its id, and so may find it made.
    IF op ? 'creation' THEN
      SELECT * INTO made FROM todo.views t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
      IF made.creation = decode(op ->> 'creation', 'hex') THEN
        result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      ELSIF made.id IS NOT NULL OR EXISTS (
        SELECT FROM todo.changes c WHERE c.user_id = uid AND c.noun = 'view' AND c.id = (op ->> 'id')::uuid
      ) THEN
        verdict := 'taken';
      END IF;
    END IF;
    IF result IS NULL AND verdict IS NULL AND counter.views > 500 THEN
      verdict := 'limit';
    END IF;
    IF result IS NOT NULL OR verdict IS NOT NULL THEN
      EXIT work;
    END IF;
    IF EXISTS (SELECT FROM todo.views x WHERE x.user_id = uid AND x.name_key = (body ->> 'nameKey') COLLATE "C" AND x.id <> (op ->> 'id')::uuid) THEN
      verdict := 'name';
      EXIT work;
    END IF;
    SELECT * INTO places FROM todo.view_keys(
      uid, ARRAY[(op ->> 'id')::uuid], '00000000-0000-0000-0000-000000000000'::uuid, 'last', NULL, counter, ordinal
    );
    ordinal := places.ordinal;
    body := body || jsonb_build_object('position', places.keys[1]);
    INSERT INTO todo.views (user_id, id, name, filter, sort, position, name_key, created_at, updated_at, version, seq, creation)
      VALUES (uid, (op ->> 'id')::uuid, body ->> 'name', body ->> 'filter', body ->> 'sort', body ->> 'position', body ->> 'nameKey', coalesce((op ->> 'createdAt')::timestamptz(3), moment), moment, 1, counter.seq, decode(op ->> 'creation', 'hex'))
      RETURNING * INTO made;
    result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
    INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
      VALUES (uid, counter.seq, ordinal, 'view', made.id, NULL, result -> 'thing');
    ordinal := ordinal + 1;
  END;
  IF ordinal = 0 THEN
    UPDATE todo.counters c SET views = c.views - 1 WHERE c.user_id = uid;
  END IF;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, 'view.create', moment, sid, me.is_token, me.name, NULL);
    IF random() * 1024 < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, jsonb_strip_nulls(jsonb_build_object('operation', result -> 'operation', 'id', result -> 'thing' -> 'id')));
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.view_displaced(uid uuid, thing uuid, since bigint)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
    BEGIN
      RETURN EXISTS (
        SELECT FROM (SELECT x.ctid, x.* FROM todo.changes x WHERE x.user_id = uid AND x.noun = 'view' AND x.id >= thing AND x.id <= thing
          ORDER BY x.id OFFSET 0) c WHERE c.seq >= since AND c.was ? 'position' AND NOT c.was ? 'version'
      ) OR EXISTS (
        SELECT FROM (SELECT x.ctid, x.* FROM todo.changes x WHERE x.user_id = uid AND x.noun = 'view' AND x.id >= thing AND x.id <= thing
          ORDER BY x.id OFFSET 0) c, LATERAL (
          SELECT * FROM todo.operations o WHERE o.user_id = uid AND o.seq = c.seq OFFSET 0
        ) o WHERE c.seq > since AND (c.was IS NULL OR c.was ? 'position' AND c.was ? 'version') AND o.kind <> 'undo' AND o.undone_by IS NULL
      );
    END $function$;

CREATE OR REPLACE FUNCTION todo.view_keys(uid uuid, moving uuid[], wanted uuid, side text, anchor uuid, counter todo.counters, INOUT ordinal integer, OUT keys text[])
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    DECLARE
      many constant integer := cardinality(moving);
      run integer := 32;
      mark record;
      low record;
      high record;
      below uuid[];
      above uuid[];
      given jsonb;
    BEGIN
      IF anchor IS NOT NULL THEN
        SELECT t.id, (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") AS key INTO mark FROM todo.views t WHERE t.user_id = uid AND t.id = anchor;
      END IF;
      CASE side
        WHEN 'after' THEN
          low := mark;
          SELECT t.id, (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") AS key FROM todo.views t
            WHERE t.user_id = uid AND wanted = '00000000-0000-0000-0000-000000000000'::uuid AND ((coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C"), t.id) > (mark.key, mark.id) AND t.id <> ALL (moving)
            ORDER BY (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C"), t.id LIMIT 1 INTO high;
        WHEN 'before' THEN
          high := mark;
          SELECT t.id, (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") AS key FROM todo.views t
            WHERE t.user_id = uid AND wanted = '00000000-0000-0000-0000-000000000000'::uuid AND ((coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C"), t.id) < (mark.key, mark.id) AND t.id <> ALL (moving)
            ORDER BY (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") DESC, t.id DESC LIMIT 1 INTO low;
        WHEN 'first' THEN
          SELECT NULL::uuid AS id, NULL::text AS key INTO low;
          SELECT t.id, (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") AS key FROM todo.views t
            WHERE t.user_id = uid AND wanted = '00000000-0000-0000-0000-000000000000'::uuid AND t.id <> ALL (moving)
            ORDER BY (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C"), t.id LIMIT 1 INTO high;
        ELSE
          SELECT t.id, (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") AS key FROM todo.views t
            WHERE t.user_id = uid AND wanted = '00000000-0000-0000-0000-000000000000'::uuid AND t.id <> ALL (moving)
            ORDER BY (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") DESC, t.id DESC LIMIT 1 INTO low;
          SELECT NULL::uuid AS id, NULL::text AS key INTO high;
      END CASE;
      keys := todo.keys_between(low.key, high.key, many, counter.last_number);
      IF (SELECT max(length(k)) <= 24 FROM unnest(keys) k) THEN
        RETURN;
      END IF;
      LOOP
        below := CASE WHEN low.id IS NULL THEN '{}' ELSE low.id || ARRAY(SELECT b.id FROM (
          SELECT t.id, (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") AS key FROM todo.views t
            WHERE t.user_id = uid AND wanted = '00000000-0000-0000-0000-000000000000'::uuid AND ((coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C"), t.id) < (low.key, low.id) AND t.id <> ALL (moving)
            ORDER BY (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") DESC, t.id DESC LIMIT (run / 2 - 1)
        ) b) END;
        above := CASE WHEN high.id IS NULL THEN '{}' ELSE high.id || ARRAY(SELECT a.id FROM (
          SELECT t.id, (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") AS key FROM todo.views t
            WHERE t.user_id = uid AND wanted = '00000000-0000-0000-0000-000000000000'::uuid AND ((coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C"), t.id) > (high.key, high.id) AND t.id <> ALL (moving)
            ORDER BY (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C"), t.id LIMIT (run / 2 - 1)
        ) a) END;
        keys := todo.keys_between(
          (SELECT e.key FROM todo.views l, LATERAL (
            SELECT t.id, (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") AS key FROM todo.views t
              WHERE t.user_id = uid AND wanted = '00000000-0000-0000-0000-000000000000'::uuid AND ((coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C"), t.id) < ((coalesce(l.position, to_hex(2147483648 + 0)) COLLATE "C"), l.id) AND t.id <> ALL (moving)
              ORDER BY (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") DESC, t.id DESC LIMIT 1
          ) e WHERE l.user_id = uid AND l.id = below[cardinality(below)]),
          (SELECT e.key FROM todo.views l, LATERAL (
            SELECT t.id, (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") AS key FROM todo.views t
              WHERE t.user_id = uid AND wanted = '00000000-0000-0000-0000-000000000000'::uuid AND ((coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C"), t.id) > ((coalesce(l.position, to_hex(2147483648 + 0)) COLLATE "C"), l.id) AND t.id <> ALL (moving)
              ORDER BY (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C"), t.id LIMIT 1
          ) e WHERE l.user_id = uid AND l.id = above[cardinality(above)]),
          cardinality(below) + many + cardinality(above), counter.last_number
        );
        EXIT WHEN (SELECT max(length(k)) <= 16 FROM unnest(keys) k)
          OR cardinality(below) < run / 2 AND cardinality(above) < run / 2;
        run := run * 2;
      END LOOP;
      given := jsonb_object((below || above)::text[], ARRAY(
        SELECT keys[CASE WHEN n <= cardinality(below) THEN cardinality(below) + 1 - n ELSE many + n END]
          FROM generate_series(1, cardinality(below || above)) n ORDER BY n
      ));
      DECLARE
        one todo.views;
        changed todo.views;
      BEGIN
        FOR one IN
          SELECT t.* FROM unnest(below || above) u(id), LATERAL (
            SELECT * FROM todo.views x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
          ) t
        LOOP
          UPDATE todo.views t SET position = given ->> t.id::text, seq = counter.seq
            WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
            uid, counter.seq, ordinal, 'view', one.id,
            jsonb_build_object('position', one.position),
            to_jsonb(changed) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]
          );
          ordinal := ordinal + 1;
        END LOOP;
      END;
      keys := keys[cardinality(below) + 1:cardinality(below) + many];
    END $function$;

CREATE OR REPLACE FUNCTION todo.view_last(uid uuid, wanted uuid)
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
    BEGIN
      RETURN (SELECT n.id FROM (
        SELECT t.id, (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") AS key FROM todo.views t
          WHERE t.user_id = uid AND wanted = '00000000-0000-0000-0000-000000000000'::uuid
          ORDER BY (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") DESC, t.id DESC LIMIT 1
      ) n);
    END $function$;

CREATE OR REPLACE FUNCTION todo.view_move(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
BEGIN
  me := todo.enter(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3))
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
  <<work>>
  DECLARE
    body jsonb := op -> 'body';
    ids uuid[] := todo.uuids(body -> 'ids');
    side text := CASE WHEN body ? 'before' THEN 'before' WHEN body ? 'after' THEN 'after' ELSE coalesce(body ->> 'at', 'last') END;
    anchor todo.views;
    old todo.views;
    made todo.views;
    target todo.views;
    was jsonb;
    places record;
    previous uuid;
    stays boolean;
    place integer := 0;
    moved jsonb := '[]';
  BEGIN
    -- Who stands where: what is named has to be there.
    IF body ? 'before' OR body ? 'after' THEN
      SELECT * INTO anchor FROM todo.views t WHERE t.user_id = uid AND t.id = (body ->> side)::uuid;
      IF NOT FOUND OR anchor.id = ANY (ids) THEN
        verdict := 'reference';
        result := jsonb_build_object('path', jsonb_build_array(side));
        EXIT work;
      END IF;
    END IF;
    place := (SELECT m.place - 1 FROM unnest(ids) WITH ORDINALITY m(id, place)
      WHERE (SELECT true FROM todo.views t WHERE t.user_id = uid AND t.id = m.id) IS NOT TRUE
      ORDER BY m.place LIMIT 1);
    IF place IS NOT NULL THEN
      verdict := 'reference';
      result := jsonb_build_object('path', jsonb_build_array('ids', place));
      EXIT work;
    END IF;
    SELECT * INTO target FROM todo.views t WHERE t.user_id = uid AND t.id = ids[1];
    IF anchor.id IS NOT NULL THEN
      NULL;
    END IF;
    -- Whether all stand there already, one behind the other.
    stays := true;
    IF stays THEN
      previous := CASE side
        WHEN 'after' THEN anchor.id
        WHEN 'before' THEN todo.view_before(uid, anchor)
        WHEN 'last' THEN todo.view_last(uid, '00000000-0000-0000-0000-000000000000'::uuid)
      END;
      IF side IN ('before', 'last') THEN
        stays := (previous = ids[cardinality(ids)]) IS TRUE;
        SELECT * INTO old FROM todo.views t WHERE t.user_id = uid AND t.id = ids[1];
        previous := todo.view_before(uid, old);
      END IF;
      FOR old IN SELECT t.* FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
      SELECT * FROM todo.views x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
    ) t WHERE stays ORDER BY m.place
      LOOP
        stays := stays AND todo.view_before(uid, old) IS NOT DISTINCT FROM previous;
        previous := old.id;
      END LOOP;
    END IF;
    IF stays THEN
      result := (SELECT jsonb_build_object('items', jsonb_agg(jsonb_build_object('id', t.id, 'position', t.position, 'version', t.version) ORDER BY m.place),
        'thing', (jsonb_agg(to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] ORDER BY m.place)) -> 0) FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
      SELECT * FROM todo.views x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
    ) t);
      EXIT work;
    END IF;
    made := target;
    IF ordinal + cardinality(ids) > 10000 THEN
      verdict := 'many';
      EXIT work;
    ELSIF cardinality(ids) > (op ->> 'most')::integer THEN
      verdict := 'long';
      EXIT work;
    END IF;
    SELECT * INTO places FROM todo.view_keys(uid, ids, '00000000-0000-0000-0000-000000000000'::uuid, side, anchor.id, counter, ordinal);
    ordinal := places.ordinal;
    -- What stood before each of them is of the time before all.
    moved := (SELECT jsonb_agg(jsonb_build_array(m.id, todo.view_before(uid, t)) ORDER BY m.place) FROM unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
      SELECT * FROM todo.views x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
    ) t);
    FOR place IN 1 .. cardinality(ids) LOOP
      SELECT * INTO old FROM todo.views t WHERE t.user_id = uid AND t.id = ids[place];
      made := old;
      made.position := places.keys[place];
      was := jsonb_build_object('position', old.position, 'behind', moved -> (place - 1) -> 1);
      made.version := old.version + 1;
      made.updated_at := moment;
      UPDATE todo.views t SET position = made.position, updated_at = made.updated_at, version = made.version, seq = counter.seq
        WHERE t.user_id = uid AND t.id = old.id;
      result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
        VALUES (uid, counter.seq, ordinal, 'view', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
      ordinal := ordinal + 1;
      moved := jsonb_set(moved, ARRAY[(place - 1)::text], jsonb_build_object('id', made.id, 'position', made.position, 'version', made.version));
    END LOOP;
    result := jsonb_build_object('items', moved, 'thing', (
      SELECT to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] FROM todo.views t WHERE t.user_id = uid AND t.id = ids[1]
    ));
  END;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, 'view.move', moment, sid, me.is_token, me.name, NULL);
    IF random() * 1024 < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, result - 'thing');
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.view_moved(uid uuid, thing uuid, since bigint)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
    BEGIN
      RETURN NOT EXISTS (
        SELECT FROM (SELECT x.ctid, x.* FROM todo.changes x WHERE x.user_id = uid AND x.noun = 'view' AND x.id >= thing AND x.id <= thing
          ORDER BY x.id OFFSET 0) c WHERE c.seq >= since AND c.was ? 'position' AND NOT c.was ? 'version'
      ) OR EXISTS (
        SELECT FROM (SELECT x.ctid, x.* FROM todo.changes x WHERE x.user_id = uid AND x.noun = 'view' AND x.id >= thing AND x.id <= thing
          ORDER BY x.id OFFSET 0) c, LATERAL (
          SELECT * FROM todo.operations o WHERE o.user_id = uid AND o.seq = c.seq OFFSET 0
        ) o WHERE c.seq > since AND c.was ? 'position' AND c.was ? 'version' AND o.kind <> 'undo' AND o.undone_by IS NULL
      );
    END $function$;

CREATE OR REPLACE FUNCTION todo.view_remove(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
BEGIN
  me := todo.enter(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3))
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
  <<work>>
  DECLARE
    old todo.views;
  BEGIN
    SELECT * INTO old FROM todo.views t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
    IF NOT FOUND THEN
      verdict := 'absent';
      EXIT work;
    END IF;
    IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
      verdict := 'changed';
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      EXIT work;
    END IF;
    DELETE FROM todo.views t WHERE t.user_id = uid AND t.id = old.id;
    UPDATE todo.counters c SET views = c.views - 1 WHERE c.user_id = uid;
    INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
      VALUES (uid, counter.seq, ordinal, 'view', old.id, to_jsonb(old), NULL);
    ordinal := ordinal + 1;
    result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
  END;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, 'view.remove', moment, sid, me.is_token, me.name, NULL);
    IF random() * 1024 < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, jsonb_strip_nulls(jsonb_build_object('operation', result -> 'operation', 'id', result -> 'thing' -> 'id')));
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION todo.view_settle(uid uuid, undone bigint, counter todo.counters, ordinal integer)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    DECLARE
      moved record;
      thing todo.views;
      own_key text;
      actual uuid;
      wanted uuid;
      settled uuid[] := '{}';
      places record;
    BEGIN
      FOR moved IN
        SELECT t.id, left_place.was ? 'behind' AS stood, (left_place.was ->> 'behind')::uuid AS behind
          FROM (SELECT DISTINCT c.id FROM todo.changes c
            WHERE c.user_id = uid AND c.seq = counter.seq AND c.noun = 'view' AND c.now IS NOT NULL
              AND (c.was IS NULL OR c.was ? 'position')) u
          JOIN LATERAL (SELECT * FROM todo.views x WHERE x.user_id = uid AND x.id = u.id OFFSET 0) t ON true
          LEFT JOIN LATERAL (SELECT c.was FROM (
              SELECT x.ctid, x.* FROM todo.changes x WHERE x.user_id = uid AND x.noun = 'view' AND x.id >= u.id AND x.id <= u.id
          ORDER BY x.id OFFSET 0
            ) c WHERE c.seq = undone AND c.was ? 'behind' ORDER BY c.ordinal LIMIT 1) left_place ON true
          ORDER BY (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C"), t.id
      LOOP
        SELECT * INTO thing FROM todo.views t WHERE t.user_id = uid AND t.id = moved.id;
        own_key := (coalesce(thing.position, to_hex(2147483648 + 0)) COLLATE "C");
        actual := todo.view_before(uid, thing);
        wanted := CASE WHEN moved.stood AND (moved.behind IS NULL OR EXISTS (
          SELECT FROM (SELECT * FROM todo.views x WHERE x.user_id = uid AND x.id = moved.behind OFFSET 0) t WHERE '00000000-0000-0000-0000-000000000000'::uuid = '00000000-0000-0000-0000-000000000000'::uuid
        )) THEN moved.behind ELSE actual END;
        -- Where nothing of that has another place since, its key is right: beside it is what the operation has moved, too.
        IF wanted IS DISTINCT FROM actual AND NOT (
          wanted = ANY (settled) IS TRUE OR actual = ANY (settled) IS TRUE
          OR todo.view_displaced(uid, wanted, undone) OR todo.view_displaced(uid, actual, undone)
        ) THEN
          wanted := actual;
        END IF;
        CONTINUE WHEN wanted IS NOT DISTINCT FROM actual AND NOT EXISTS (
          SELECT FROM todo.views t WHERE t.user_id = uid AND '00000000-0000-0000-0000-000000000000'::uuid = '00000000-0000-0000-0000-000000000000'::uuid AND (coalesce(t.position, to_hex(2147483648 + 0)) COLLATE "C") = own_key AND t.id <> thing.id
        );
        SELECT * INTO places FROM todo.view_keys(
          uid, ARRAY[thing.id], '00000000-0000-0000-0000-000000000000'::uuid, CASE WHEN wanted IS NULL THEN 'first' ELSE 'after' END, wanted, counter, ordinal
        );
        ordinal := places.ordinal;
        settled := settled || thing.id;
        UPDATE todo.views t SET position = places.keys[1] WHERE t.user_id = uid AND t.id = thing.id;
        UPDATE todo.changes c SET now = c.now || jsonb_build_object('position', places.keys[1])
          WHERE c.user_id = uid AND c.ctid = ANY (ARRAY(
            SELECT n.ctid FROM (SELECT x.ctid, x.* FROM todo.changes x WHERE x.user_id = uid AND x.noun = 'view' AND x.id >= thing.id AND x.id <= thing.id
          ORDER BY x.id OFFSET 0) n WHERE n.seq = counter.seq AND n.now IS NOT NULL
          ));
      END LOOP;
      RETURN ordinal;
    END $function$;

CREATE OR REPLACE FUNCTION todo.view_undo(uid uuid, undone bigint, first integer, last integer, counter todo.counters, moment timestamp with time zone, place integer, excluded jsonb, OUT done integer, OUT taken integer, OUT obstacles jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
DECLARE
  u record;
  hindrances jsonb[] := '{}';
BEGIN
  done := 0;
  taken := 0;
  FOR u IN
    WITH seen AS (
      SELECT c.ordinal, c.id, c.was, c.now, t.old, CASE
          WHEN excluded ? c.id::text THEN excluded ->> c.id::text
          -- It took the thing away; where nothing is left of it, the thing was deleted for good.
          WHEN c.now IS NULL THEN CASE WHEN c.was IS NULL THEN 'gone' WHEN t.id IS NOT NULL THEN 'taken' END
          WHEN t.id IS NULL THEN 'gone'
          WHEN (c.was IS NULL OR c.was ? 'name') AND t.name IS DISTINCT FROM left_then.name
            OR (c.was IS NULL OR c.was ? 'filter') AND t.filter IS DISTINCT FROM left_then.filter
            OR (c.was IS NULL OR c.was ? 'sort') AND t.sort IS DISTINCT FROM left_then.sort
            OR (c.was IS NULL OR c.was ? 'position') AND t.position IS DISTINCT FROM left_then.position AND todo.view_moved(uid, c.id, undone)
            OR (c.was IS NULL OR c.was ? 'created_at') AND t.created_at IS DISTINCT FROM left_then.created_at THEN 'changed'
        END AS reason
        FROM todo.changes c LEFT JOIN LATERAL (
          SELECT x AS old, x.* FROM todo.views x WHERE x.user_id = uid AND x.id = c.id OFFSET 0
        ) t ON true,
          jsonb_populate_record(NULL::todo.views, c.now) left_then
        WHERE c.user_id = uid AND c.seq = undone AND c.ordinal BETWEEN last AND first
          AND (c.was IS NULL OR c.now IS NULL OR c.was ? 'version')
    ), judged AS (
      SELECT s.*, row_number() OVER (PARTITION BY s.reason IS NULL ORDER BY s.ordinal DESC)::integer AS nth FROM seen s
    )
    SELECT j.id, made, j.was IS NULL AS takes, j.now IS NULL AS inserts,
        coalesce(j.reason, CASE WHEN j.now IS NULL AND counter.views + j.nth > 500 THEN 'limit' END,
          CASE WHEN j.was IS NOT NULL THEN CASE WHEN EXISTS (SELECT FROM todo.views x WHERE x.user_id = uid AND x.name_key = made.name_key COLLATE "C" AND x.id <> j.id) THEN 'taken' END ELSE NULL END) AS reason,
        CASE WHEN j.was IS NULL THEN to_jsonb(j.old) WHEN j.now IS NOT NULL THEN
          (SELECT jsonb_object_agg(m.member, o.thing -> m.member) FROM jsonb_object_keys(j.was) m(member), to_jsonb(j.old) o(thing))
          || CASE WHEN j.was ? 'behind' THEN jsonb_build_object('behind', todo.view_before(uid, j.old)) ELSE '{}' END
        END AS was
      FROM judged j, jsonb_populate_record(j.old, j.was || jsonb_build_object(
        'version', coalesce((j.old).version, (j.was ->> 'version')::integer) + 1, 'updated_at', moment, 'seq', counter.seq
      )) made
      ORDER BY j.ordinal DESC
  LOOP
    IF u.reason IS NOT NULL THEN
      hindrances := hindrances || jsonb_build_object('noun', 'view', 'id', u.id, 'reason', u.reason);
      CONTINUE;
    END IF;
    DECLARE
      made todo.views := u.made;
    BEGIN
      IF u.takes THEN
        DELETE FROM todo.views t WHERE t.user_id = uid AND t.id = u.id;
        taken := taken + 1;
      ELSIF u.inserts THEN
        INSERT INTO todo.views SELECT made.*;
        taken := taken - 1;
      ELSE
        UPDATE todo.views t SET name = made.name, filter = made.filter, sort = made.sort, position = made.position, created_at = made.created_at, updated_at = made.updated_at, version = made.version, name_key = made.name_key, seq = counter.seq
          WHERE t.user_id = uid AND t.id = u.id;
      END IF;
      INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
        VALUES (uid, counter.seq, place + done, 'view', u.id, u.was, CASE WHEN NOT u.takes THEN to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] END);
      done := done + 1;
    END;
  END LOOP;
  obstacles := to_jsonb(hindrances);
END $function$;

CREATE OR REPLACE FUNCTION todo.view_update(sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
BEGIN
  me := todo.enter(sid, uid);
  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
      IF verdict = 'replayed' THEN
      result := result || jsonb_build_object('thing', coalesce(
        (SELECT c.now FROM todo.operations o JOIN todo.changes c
          ON c.user_id = uid AND c.seq = o.seq AND c.noun = 'view' AND c.id = (result ->> 'id')::uuid
          WHERE o.user_id = uid AND o.id = (result ->> 'operation')::uuid ORDER BY c.ordinal DESC LIMIT 1),
        (SELECT to_jsonb(t) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[] FROM todo.views t WHERE t.user_id = uid AND t.id = (result ->> 'id')::uuid)
      ));
      END IF;
      RETURN;
    END IF;
    verdict := NULL;
  END IF;
  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3))
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
  <<work>>
  DECLARE
    body jsonb := op -> 'body';
    old todo.views;
    made todo.views;
    was jsonb := '{}';
  BEGIN
    SELECT * INTO old FROM todo.views t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
    IF NOT FOUND THEN
      verdict := 'absent';
      EXIT work;
    END IF;
    IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
      verdict := 'changed';
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      EXIT work;
    END IF;
    made := old;
    IF body ? 'name' THEN
      made.name := body ->> 'name';
      IF made.name IS DISTINCT FROM old.name THEN
        was := was || jsonb_build_object('name', old.name);
      END IF;
    END IF;
    IF body ? 'filter' THEN
      made.filter := body ->> 'filter';
      IF made.filter IS DISTINCT FROM old.filter THEN
        was := was || jsonb_build_object('filter', old.filter);
      END IF;
    END IF;
    IF body ? 'sort' THEN
      made.sort := body ->> 'sort';
      IF made.sort IS DISTINCT FROM old.sort THEN
        was := was || jsonb_build_object('sort', old.sort);
      END IF;
    END IF;
    IF body ? 'nameKey' THEN
      made.name_key := body ->> 'nameKey';
      IF made.name_key IS DISTINCT FROM old.name_key THEN
        was := was || jsonb_build_object('name_key', old.name_key);
      END IF;
    END IF;
    IF was <> '{}' THEN
      IF was ? 'name_key' AND EXISTS (SELECT FROM todo.views x WHERE x.user_id = uid AND x.name_key = made.name_key COLLATE "C" AND x.id <> old.id) THEN
        verdict := 'name';
        EXIT work;
      END IF;
      made.version := old.version + 1;
      made.updated_at := moment;
      UPDATE todo.views t SET name = made.name, filter = made.filter, sort = made.sort, name_key = made.name_key, updated_at = made.updated_at, version = made.version, seq = counter.seq
        WHERE t.user_id = uid AND t.id = old.id;
      result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
      INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
        VALUES (uid, counter.seq, ordinal, 'view', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
      ordinal := ordinal + 1;
    ELSE
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]);
    END IF;
  END;
  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, 'view.update', moment, sid, me.is_token, me.name, NULL);
    IF random() * 1024 < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, jsonb_strip_nulls(jsonb_build_object('operation', result -> 'operation', 'id', result -> 'thing' -> 'id')));
  END IF;
END $function$;

CREATE TRIGGER address_changed BEFORE UPDATE ON auth."user" FOR EACH ROW WHEN ((old.email IS DISTINCT FROM new.email)) EXECUTE FUNCTION auth.move_with_address();

CREATE TRIGGER bound_familiar_clients AFTER INSERT ON auth.familiar_clients FOR EACH ROW EXECUTE FUNCTION auth.bound_familiar_clients();

CREATE TRIGGER bound_sessions AFTER INSERT ON auth.session FOR EACH ROW EXECUTE FUNCTION auth.bound_sessions();

CREATE TRIGGER compare_credentials BEFORE INSERT ON auth.session FOR EACH ROW EXECUTE FUNCTION auth.compare_credentials();

CREATE TRIGGER credentials_moved AFTER UPDATE ON auth."user" FOR EACH ROW WHEN ((old.credentials IS DISTINCT FROM new.credentials)) EXECUTE FUNCTION auth.withdraw_grants();

CREATE TRIGGER cut_session BEFORE INSERT OR UPDATE OF "userAgent", "ipAddress" ON auth.session FOR EACH ROW EXECUTE FUNCTION auth.cut_session();

CREATE TRIGGER fold_changed BEFORE UPDATE OF text ON todo.comments FOR EACH ROW WHEN ((old.text IS DISTINCT FROM new.text)) EXECUTE FUNCTION todo.fold_comments();

CREATE TRIGGER fold_changed BEFORE UPDATE OF title, description ON todo.tasks FOR EACH ROW WHEN (((old.title IS DISTINCT FROM new.title) OR (old.description IS DISTINCT FROM new.description))) EXECUTE FUNCTION todo.fold_tasks();

CREATE TRIGGER forget_account AFTER DELETE ON todo.counters FOR EACH ROW EXECUTE FUNCTION todo.forget_account();

CREATE TRIGGER forget_comments AFTER DELETE ON todo.tasks FOR EACH ROW EXECUTE FUNCTION todo.forget_comments();

CREATE TRIGGER forget_tags AFTER DELETE ON todo.tasks FOR EACH ROW WHEN ((old.tags IS NOT NULL)) EXECUTE FUNCTION todo.index_tags();

CREATE TRIGGER index_tags AFTER UPDATE OF tags ON todo.tasks FOR EACH ROW WHEN ((old.tags IS DISTINCT FROM new.tags)) EXECUTE FUNCTION todo.index_tags();

CREATE TRIGGER keep_short BEFORE UPDATE ON auth.session FOR EACH ROW WHEN ((((old."expiresAt" - old."createdAt") < '2 days'::interval) AND (new."expiresAt" > old."expiresAt"))) EXECUTE FUNCTION auth.keep_short();

CREATE TRIGGER make_counter AFTER INSERT ON auth."user" FOR EACH ROW EXECUTE FUNCTION todo.make_counter();

CREATE TRIGGER note_settings AFTER UPDATE ON todo.settings FOR EACH ROW EXECUTE FUNCTION todo.note_settings();

CREATE TRIGGER note_trash AFTER INSERT OR UPDATE OF trashed_at ON todo.tasks FOR EACH ROW WHEN ((new.trashed_at IS NOT NULL)) EXECUTE FUNCTION todo.note_trash();

CREATE TRIGGER password_changed AFTER UPDATE ON auth.account FOR EACH ROW WHEN ((old.password IS DISTINCT FROM new.password)) EXECUTE FUNCTION auth.move_credentials();
