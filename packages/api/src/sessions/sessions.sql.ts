import { mostSessions } from "@todo/domain/sessions/Session"
import { writeFunction } from "../database/functions/Write.sql.ts"

/** Sessions: their ends, and their bounds. */
export default [
  // A session that was asked to be short stays so, whoever renews it.
  `CREATE OR REPLACE FUNCTION auth.keep_short() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      NEW."expiresAt" := OLD."expiresAt";
      RETURN NEW;
    END $$`,
  `CREATE OR REPLACE TRIGGER keep_short BEFORE UPDATE ON auth."session" FOR EACH ROW
    WHEN (OLD."expiresAt" - OLD."createdAt" < interval '2 days' AND NEW."expiresAt" > OLD."expiresAt")
    EXECUTE FUNCTION auth.keep_short()`,
  // A client says what it is called, in as many bytes as a header has.
  `CREATE OR REPLACE FUNCTION auth.cut_session() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      NEW."userAgent" := left(NEW."userAgent", 200);
      NEW."ipAddress" := left(NEW."ipAddress", 64);
      RETURN NEW;
    END $$`,
  `CREATE OR REPLACE TRIGGER cut_session BEFORE INSERT OR UPDATE OF "userAgent", "ipAddress" ON auth."session"
    FOR EACH ROW EXECUTE FUNCTION auth.cut_session()`,
  // So many sessions, whoever makes them: the least recently used go. Those who make one wait for each other before that
  // (compare_credentials). Nothing is waited for with that lock in hand (a row that somebody else has locked is ending or
  // in use, and the next sign-in looks again), so that nobody waits in a circle.
  `CREATE OR REPLACE FUNCTION auth.bound_sessions() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      DELETE FROM auth."session" s WHERE s."id" = ANY (ARRAY(
        SELECT e."id" FROM auth."session" e WHERE e."id" IN (
          SELECT o."id" FROM auth."session" o WHERE o."userId" = NEW."userId" AND o."id" <> NEW."id"
            ORDER BY o."updatedAt" DESC, o."id" OFFSET ${mostSessions - 1}
        ) FOR UPDATE SKIP LOCKED));
      RETURN NULL;
    END $$`,
  `CREATE OR REPLACE TRIGGER bound_sessions AFTER INSERT ON auth."session"
    FOR EACH ROW EXECUTE FUNCTION auth.bound_sessions()`,
  writeFunction({
    name: "session_end",
    remember: "'{}'",
    body: `  DELETE FROM auth."session" s WHERE s."userId" = uid AND s."id" = (op ->> 'id')::uuid;
  IF NOT FOUND THEN
    verdict := 'absent';
  END IF;
`
  }),
  writeFunction({
    name: "session_end_others",
    declare: "  ended integer;\n",
    remember: "result",
    body: `  DELETE FROM auth."session" s WHERE s."userId" = uid AND s."id" <> sid;
  GET DIAGNOSTICS ended = ROW_COUNT;
  result := jsonb_build_object('count', ended);
`
  })
]
