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

CREATE TABLE todo.counters (
  user_id uuid NOT NULL,
  last_number integer NOT NULL DEFAULT 0,
  seq bigint NOT NULL DEFAULT 0,
  last_at timestamp(3) with time zone NOT NULL DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone,
  tasks integer NOT NULL DEFAULT 0,
  swept bigint NOT NULL DEFAULT 0,
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
  CONSTRAINT tasks_pkey PRIMARY KEY (user_id, id),
  CONSTRAINT tasks_description_check CHECK ((char_length(description) <= 20000)),
  CONSTRAINT tasks_number_check CHECK ((number > 0)),
  CONSTRAINT tasks_title_check CHECK (((char_length(title) >= 1) AND (char_length(title) <= 500)))
);
CREATE INDEX tasks_done_idx ON todo.tasks USING btree (user_id, number) WHERE ((completed_at IS NOT NULL) AND (trashed_at IS NULL));
CREATE UNIQUE INDEX tasks_number_idx ON todo.tasks USING btree (user_id, number) WHERE (trashed_at IS NULL);
CREATE INDEX tasks_open_idx ON todo.tasks USING btree (user_id, number) WHERE ((completed_at IS NULL) AND (trashed_at IS NULL));
CREATE INDEX tasks_trash_idx ON todo.tasks USING btree (user_id, trashed_at, number) WHERE (trashed_at IS NOT NULL);
ALTER TABLE todo.tasks ENABLE ROW LEVEL SECURITY;
ALTER TABLE todo.tasks FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON todo.tasks
  USING ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid))
  WITH CHECK ((user_id = (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid));

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
        BEGIN
          -- Whoever makes a thing may choose its id, and so may find it made.
          IF op ? 'creation' THEN
            SELECT * INTO made FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
            IF made.creation = decode(op ->> 'creation', 'hex') AND made.trashed_at IS NULL THEN
              result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation}'::text[]);
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
          INSERT INTO todo.tasks (user_id, id, number, title, description, created_at, updated_at, version, seq, creation)
            VALUES (uid, (op ->> 'id')::uuid, counter.last_number, body ->> 'title', body ->> 'description', moment, moment, 1, counter.seq, decode(op ->> 'creation', 'hex'))
            RETURNING * INTO made;
          result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation}'::text[]);
          INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
            VALUES (uid, counter.seq, ordinal, 'task', made.id, NULL, result -> 'thing');
          ordinal := ordinal + 1;
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
        BEGIN
          SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
          IF NOT FOUND OR old.trashed_at IS NOT NULL THEN
            verdict := 'absent';
            EXIT work;
          END IF;
          IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
            verdict := 'changed';
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation}'::text[]);
            EXIT work;
          END IF;
          made := old;
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
          IF body ? 'completed' THEN
            made.completed_at := CASE WHEN (body ->> 'completed')::boolean THEN coalesce(old.completed_at, moment) END;
            IF made.completed_at IS DISTINCT FROM old.completed_at THEN
              was := was || jsonb_build_object('completed_at', old.completed_at);
            END IF;
          END IF;
          IF was <> '{}' THEN
            made.version := old.version + 1;
            made.updated_at := moment;
            UPDATE todo.tasks t SET title = made.title, description = made.description, completed_at = made.completed_at, updated_at = made.updated_at, version = made.version, seq = counter.seq
              WHERE t.user_id = uid AND t.id = old.id;
            result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation}'::text[]);
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
              VALUES (uid, counter.seq, ordinal, 'task', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
            ordinal := ordinal + 1;
          ELSE
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation}'::text[]);
          END IF;
        END;
      WHEN 'task.remove' THEN
        <<work>>
        DECLARE
          old todo.tasks;
          made todo.tasks;
          was jsonb := '{"trashed_at": null}';
        BEGIN
          SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
          IF NOT FOUND OR old.trashed_at IS NOT NULL THEN
            verdict := 'absent';
            EXIT work;
          END IF;
          IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
            verdict := 'changed';
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation}'::text[]);
            EXIT work;
          END IF;
          made := old;
          made.trashed_at := moment;
            made.version := old.version + 1;
            made.updated_at := moment;
            UPDATE todo.tasks t SET trashed_at = made.trashed_at, updated_at = made.updated_at, version = made.version, seq = counter.seq
              WHERE t.user_id = uid AND t.id = old.id;
            result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation}'::text[]);
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
              VALUES (uid, counter.seq, ordinal, 'task', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
            ordinal := ordinal + 1;
        END;
      WHEN 'task.restore' THEN
        <<work>>
        DECLARE
          old todo.tasks;
          made todo.tasks;
          was jsonb;
        BEGIN
          SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
          IF NOT FOUND THEN
            verdict := 'absent';
            EXIT work;
          END IF;
          IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
            verdict := 'changed';
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation}'::text[]);
            EXIT work;
          END IF;
          IF old.trashed_at IS NOT NULL THEN
            was := jsonb_build_object('trashed_at', old.trashed_at);
            made := old;
            made.trashed_at := NULL;
            made.version := old.version + 1;
            made.updated_at := moment;
            UPDATE todo.tasks t SET trashed_at = made.trashed_at, updated_at = made.updated_at, version = made.version, seq = counter.seq
              WHERE t.user_id = uid AND t.id = old.id;
            result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation}'::text[]);
            INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
              VALUES (uid, counter.seq, ordinal, 'task', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
            ordinal := ordinal + 1;
          ELSE
            result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation}'::text[]);
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
    IF counter.last_number <> taken.last_number OR counter.tasks <> taken.tasks THEN
      UPDATE todo.counters c SET last_number = c.last_number + counter.last_number - taken.last_number, tasks = c.tasks + counter.tasks - taken.tasks WHERE c.user_id = uid;
    END IF;
    result := jsonb_build_object('results', to_jsonb(results));
  EXCEPTION WHEN SQLSTATE 'TD001' THEN
    result := coalesce(result, '{}') || jsonb_build_object('index', place);
  END;
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
          WHERE o.user_id = uid AND o.id = (result ->> 'operation')::uuid),
        (SELECT to_jsonb(t) - '{user_id,seq,creation}'::text[] FROM todo.tasks t WHERE t.user_id = uid AND t.id = (result ->> 'id')::uuid)
      ));
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
  BEGIN
    -- Whoever makes a thing may choose its id, and so may find it made.
    IF op ? 'creation' THEN
      SELECT * INTO made FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
      IF made.creation = decode(op ->> 'creation', 'hex') AND made.trashed_at IS NULL THEN
        result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation}'::text[]);
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
    INSERT INTO todo.tasks (user_id, id, number, title, description, created_at, updated_at, version, seq, creation)
      VALUES (uid, (op ->> 'id')::uuid, counter.last_number, body ->> 'title', body ->> 'description', moment, moment, 1, counter.seq, decode(op ->> 'creation', 'hex'))
      RETURNING * INTO made;
    result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation}'::text[]);
    INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
      VALUES (uid, counter.seq, ordinal, 'task', made.id, NULL, result -> 'thing');
    ordinal := ordinal + 1;
  END;
  IF ordinal = 0 THEN
    UPDATE todo.counters c SET last_number = c.last_number - 1, tasks = c.tasks - 1 WHERE c.user_id = uid;
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

CREATE OR REPLACE FUNCTION todo.task_erase(uid uuid, things uuid[], seq_now bigint, first integer)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    BEGIN
      DELETE FROM todo.tasks t WHERE t.user_id = uid AND t.id = ANY (things);
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
        SELECT x.ctid FROM todo.changes x WHERE x.user_id = uid AND x.noun = 'task' AND x.id = ANY (things)
          AND (x.was IS NOT NULL OR x.now IS NOT NULL) LIMIT most
      ));
      GET DIAGNOSTICS many = ROW_COUNT;
      RETURN many = most;
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
  BEGIN
    SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
    IF NOT FOUND THEN
      verdict := 'absent';
      EXIT work;
    END IF;
    IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
      verdict := 'changed';
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation}'::text[]);
      EXIT work;
    END IF;
    IF todo.task_forget(uid, ARRAY[old.id], coalesce((op ->> 'most')::integer, 10000)) THEN
      verdict := 'long';
      EXIT work;
    END IF;
    result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation}'::text[]);
    ordinal := todo.task_erase(uid, ARRAY[old.id], counter.seq, ordinal);
  END;
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
  BEGIN
    SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
    IF NOT FOUND OR old.trashed_at IS NOT NULL THEN
      verdict := 'absent';
      EXIT work;
    END IF;
    IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
      verdict := 'changed';
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation}'::text[]);
      EXIT work;
    END IF;
    made := old;
    made.trashed_at := moment;
      made.version := old.version + 1;
      made.updated_at := moment;
      UPDATE todo.tasks t SET trashed_at = made.trashed_at, updated_at = made.updated_at, version = made.version, seq = counter.seq
        WHERE t.user_id = uid AND t.id = old.id;
      result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation}'::text[]);
      INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
        VALUES (uid, counter.seq, ordinal, 'task', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
      ordinal := ordinal + 1;
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
  BEGIN
    IF many > 10000 THEN
      verdict := 'limit';
      EXIT work;
    END IF;
    -- No other write of the user's comes in between: each of these statements sees the same.
    IF many <> (
      SELECT count(*) FROM jsonb_array_elements(op -> 'things') seen JOIN todo.tasks t
        ON t.user_id = uid AND t.id = (seen ->> 0)::uuid AND t.version = (seen ->> 1)::integer AND t.trashed_at IS NULL
    ) THEN
      verdict := 'changed';
      EXIT work;
    END IF;
    WITH listed AS (
      SELECT t.id, t.version, t.updated_at, seen.place FROM jsonb_array_elements(op -> 'things') WITH ORDINALITY seen(thing, place)
        JOIN todo.tasks t ON t.user_id = uid AND t.id = (seen.thing ->> 0)::uuid
    ), removed AS (
      UPDATE todo.tasks t SET trashed_at = moment, updated_at = moment, version = listed.version + 1, seq = counter.seq
        FROM listed WHERE t.user_id = uid AND t.id = listed.id
        RETURNING t.id, listed.place, to_jsonb(t) - '{user_id,seq,creation}'::text[] AS now, jsonb_build_object(
          'trashed_at', NULL, 'version', listed.version, 'updated_at', listed.updated_at
        ) AS was
    )
    INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
      SELECT uid, counter.seq, removed.place - 1, 'task', removed.id, removed.was, removed.now FROM removed;
    ordinal := many;
    result := jsonb_build_object('count', many);
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
          WHERE o.user_id = uid AND o.id = (result ->> 'operation')::uuid),
        (SELECT to_jsonb(t) - '{user_id,seq,creation}'::text[] FROM todo.tasks t WHERE t.user_id = uid AND t.id = (result ->> 'id')::uuid)
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
    old todo.tasks;
    made todo.tasks;
    was jsonb;
  BEGIN
    SELECT * INTO old FROM todo.tasks t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
    IF NOT FOUND THEN
      verdict := 'absent';
      EXIT work;
    END IF;
    IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
      verdict := 'changed';
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation}'::text[]);
      EXIT work;
    END IF;
    IF old.trashed_at IS NOT NULL THEN
      was := jsonb_build_object('trashed_at', old.trashed_at);
      made := old;
      made.trashed_at := NULL;
      made.version := old.version + 1;
      made.updated_at := moment;
      UPDATE todo.tasks t SET trashed_at = made.trashed_at, updated_at = made.updated_at, version = made.version, seq = counter.seq
        WHERE t.user_id = uid AND t.id = old.id;
      result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation}'::text[]);
      INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
        VALUES (uid, counter.seq, ordinal, 'task', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
      ordinal := ordinal + 1;
    ELSE
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation}'::text[]);
    END IF;
  END;
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

CREATE OR REPLACE FUNCTION todo.task_undo(uid uuid, undone bigint, first integer, last integer, counter todo.counters, moment timestamp with time zone, place integer, OUT done integer, OUT taken integer, OUT obstacles jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
BEGIN
  WITH seen AS (
    SELECT c.ordinal, c.id, c.was, c.now, t AS old, CASE
        -- It took the thing away; where nothing is left of it, the thing was deleted for good.
        WHEN c.now IS NULL THEN CASE WHEN c.was IS NULL THEN 'gone' WHEN t.id IS NOT NULL THEN 'taken' END
        WHEN t.id IS NULL THEN 'gone'
        WHEN (c.was IS NULL OR c.was ? 'number') AND t.number IS DISTINCT FROM left_then.number
            OR (c.was IS NULL OR c.was ? 'title') AND t.title IS DISTINCT FROM left_then.title
            OR (c.was IS NULL OR c.was ? 'description') AND t.description IS DISTINCT FROM left_then.description
            OR (c.was IS NULL OR c.was ? 'completed_at') AND t.completed_at IS DISTINCT FROM left_then.completed_at
            OR (c.was IS NULL OR c.was ? 'created_at') AND t.created_at IS DISTINCT FROM left_then.created_at
            OR (c.was IS NULL OR c.was ? 'trashed_at') AND t.trashed_at IS DISTINCT FROM left_then.trashed_at THEN 'changed'
      END AS reason
      FROM todo.changes c LEFT JOIN todo.tasks t ON t.user_id = uid AND t.id = c.id,
        jsonb_populate_record(NULL::todo.tasks, c.now) left_then
      WHERE c.user_id = uid AND c.seq = undone AND c.ordinal BETWEEN last AND first
  ), judged AS (
    SELECT s.*, row_number() OVER (PARTITION BY s.reason IS NULL ORDER BY s.ordinal DESC)::integer AS nth FROM seen s
  ), undo AS MATERIALIZED (
    SELECT j.ordinal, j.id, place + j.nth - 1 AS place, made, j.was IS NULL AS takes, j.now IS NULL AS inserts,
        coalesce(j.reason, CASE WHEN j.now IS NULL AND counter.tasks + j.nth > 100000 THEN 'limit' END) AS reason,
        CASE WHEN j.was IS NULL THEN to_jsonb(j.old) WHEN j.now IS NOT NULL THEN
          (SELECT jsonb_object_agg(member, to_jsonb(j.old) -> member) FROM jsonb_object_keys(j.was) member)
        END AS was
      FROM judged j, jsonb_populate_record(j.old, j.was || jsonb_build_object(
        'version', coalesce((j.old).version, (j.was ->> 'version')::integer) + 1, 'updated_at', moment, 'seq', counter.seq
      )) made
  ), deleted AS (
    DELETE FROM todo.tasks t USING undo u WHERE t.user_id = uid AND t.id = u.id AND u.reason IS NULL AND u.takes
  ), updated AS (
    UPDATE todo.tasks t SET number = (u.made).number, title = (u.made).title, description = (u.made).description, completed_at = (u.made).completed_at, created_at = (u.made).created_at, updated_at = (u.made).updated_at, version = (u.made).version, trashed_at = (u.made).trashed_at, seq = counter.seq
      FROM undo u WHERE t.user_id = uid AND t.id = u.id AND u.reason IS NULL AND NOT u.takes
  ), inserted AS (
    INSERT INTO todo.tasks SELECT (u.made).* FROM undo u WHERE u.reason IS NULL AND u.inserts
  ), noted AS (
    INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
      SELECT uid, counter.seq, u.place, 'task', u.id, u.was, CASE WHEN NOT u.takes THEN to_jsonb(u.made) - '{user_id,seq,creation}'::text[] END
      FROM undo u WHERE u.reason IS NULL
  )
  SELECT count(*) FILTER (WHERE u.reason IS NULL), count(*) FILTER (WHERE u.reason IS NULL AND u.takes)
        - count(*) FILTER (WHERE u.reason IS NULL AND u.inserts),
      coalesce(jsonb_agg(jsonb_build_object('noun', 'task', 'id', u.id, 'reason', u.reason) ORDER BY u.ordinal DESC)
        FILTER (WHERE u.reason IS NOT NULL), '[]')
    INTO done, taken, obstacles FROM undo u;
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
          WHERE o.user_id = uid AND o.id = (result ->> 'operation')::uuid),
        (SELECT to_jsonb(t) - '{user_id,seq,creation}'::text[] FROM todo.tasks t WHERE t.user_id = uid AND t.id = (result ->> 'id')::uuid)
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
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation}'::text[]);
      EXIT work;
    END IF;
    made := old;
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
    IF body ? 'completed' THEN
      made.completed_at := CASE WHEN (body ->> 'completed')::boolean THEN coalesce(old.completed_at, moment) END;
      IF made.completed_at IS DISTINCT FROM old.completed_at THEN
        was := was || jsonb_build_object('completed_at', old.completed_at);
      END IF;
    END IF;
    IF was <> '{}' THEN
      made.version := old.version + 1;
      made.updated_at := moment;
      UPDATE todo.tasks t SET title = made.title, description = made.description, completed_at = made.completed_at, updated_at = made.updated_at, version = made.version, seq = counter.seq
        WHERE t.user_id = uid AND t.id = old.id;
      result := jsonb_build_object('thing', to_jsonb(made) - '{user_id,seq,creation}'::text[]);
      INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
        VALUES (uid, counter.seq, ordinal, 'task', made.id, was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at), result -> 'thing');
      ordinal := ordinal + 1;
    ELSE
      result := jsonb_build_object('thing', to_jsonb(old) - '{user_id,seq,creation}'::text[]);
    END IF;
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
    PERFORM todo.remember(uid, key, fingerprint, jsonb_strip_nulls(jsonb_build_object('operation', result -> 'operation', 'id', result -> 'thing' -> 'id')));
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
    run record;
    part record;
    obstacles jsonb := '[]';
    link bigint;
    undone_by bigint;
  BEGIN
    IF op ? 'id' THEN
      SELECT * INTO target FROM todo.operations o WHERE o.user_id = uid AND o.id = (op ->> 'id')::uuid;
    ELSE
      -- One by one: no plan reads all changes to find those that are left.
      SELECT * INTO target FROM (SELECT * FROM todo.operations o WHERE o.user_id = uid ORDER BY o.seq DESC LIMIT 10000) o
        WHERE o.actor = sid AND o.kind <> 'undo' AND o.undone_by IS NULL AND o.at > moment - interval '30 days' AND EXISTS (
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
    -- All or nothing, unless a part is wanted, and there is one.
    BEGIN
      FOR run IN
        SELECT b.noun, b.ordinal AS first, coalesce(lead(b.ordinal) OVER (ORDER BY b.ordinal DESC) + 1, 0) AS last FROM (
          SELECT c.noun, c.ordinal, lag(true) OVER (PARTITION BY c.noun, c.id ORDER BY c.ordinal DESC)
              OR lag(c.noun) OVER down IS DISTINCT FROM c.noun
              OR lag(c.now IS NULL) OVER down IS DISTINCT FROM (c.now IS NULL) AS begins
            FROM todo.changes c WHERE c.user_id = uid AND c.seq = target.seq WINDOW down AS (ORDER BY c.ordinal DESC)
        ) b WHERE b.begins ORDER BY b.ordinal DESC
      LOOP
        CASE run.noun
          WHEN 'task' THEN
            SELECT * INTO part FROM todo.task_undo(uid, target.seq, run.first, run.last, counter, moment, ordinal);
            counter.tasks := counter.tasks - part.taken;
        END CASE;
        ordinal := ordinal + part.done;
        obstacles := obstacles || part.obstacles;
      END LOOP;
      IF obstacles <> '[]' AND (ordinal = 0 OR op -> 'partial' IS DISTINCT FROM 'true') THEN
        RAISE EXCEPTION 'changed since' USING ERRCODE = 'TD001';
      END IF;
    EXCEPTION WHEN SQLSTATE 'TD001' THEN
      verdict := 'changed';
      result := jsonb_build_object('obstacles', obstacles);
      EXIT work;
    END;
    result := '{}';
    UPDATE todo.counters c SET tasks = counter.tasks
      WHERE c.user_id = uid AND (c.tasks <> counter.tasks);
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

CREATE TRIGGER address_changed BEFORE UPDATE ON auth."user" FOR EACH ROW WHEN ((old.email IS DISTINCT FROM new.email)) EXECUTE FUNCTION auth.move_with_address();

CREATE TRIGGER bound_familiar_clients AFTER INSERT ON auth.familiar_clients FOR EACH ROW EXECUTE FUNCTION auth.bound_familiar_clients();

CREATE TRIGGER bound_sessions AFTER INSERT ON auth.session FOR EACH ROW EXECUTE FUNCTION auth.bound_sessions();

CREATE TRIGGER compare_credentials BEFORE INSERT ON auth.session FOR EACH ROW EXECUTE FUNCTION auth.compare_credentials();

CREATE TRIGGER credentials_moved AFTER UPDATE ON auth."user" FOR EACH ROW WHEN ((old.credentials IS DISTINCT FROM new.credentials)) EXECUTE FUNCTION auth.withdraw_grants();

CREATE TRIGGER cut_session BEFORE INSERT OR UPDATE OF "userAgent", "ipAddress" ON auth.session FOR EACH ROW EXECUTE FUNCTION auth.cut_session();

CREATE TRIGGER forget_account AFTER DELETE ON todo.counters FOR EACH ROW EXECUTE FUNCTION todo.forget_account();

CREATE TRIGGER keep_short BEFORE UPDATE ON auth.session FOR EACH ROW WHEN ((((old."expiresAt" - old."createdAt") < '2 days'::interval) AND (new."expiresAt" > old."expiresAt"))) EXECUTE FUNCTION auth.keep_short();

CREATE TRIGGER make_counter AFTER INSERT ON auth."user" FOR EACH ROW EXECUTE FUNCTION todo.make_counter();

CREATE TRIGGER note_trash AFTER INSERT OR UPDATE OF trashed_at ON todo.tasks FOR EACH ROW WHEN ((new.trashed_at IS NOT NULL)) EXECUTE FUNCTION todo.note_trash();

CREATE TRIGGER password_changed AFTER UPDATE ON auth.account FOR EACH ROW WHEN ((old.password IS DISTINCT FROM new.password)) EXECUTE FUNCTION auth.move_credentials();
