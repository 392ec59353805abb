import { mostScriptTokens } from "@todo/domain/tokens/ScriptToken"
import { writeFunction } from "../database/functions/Write.sql.ts"

/** Tokens for scripts. */
export default [
  // A session that has ended makes none, however far it had come. Requests that come at once wait for one another there,
  // and count each other's: a statement of a volatile function sees what was committed before it began.
  writeFunction({
    name: "token_create",
    declare: "  made todo.script_tokens;\n",
    replay: `  result := result || jsonb_build_object('thing', (
    SELECT to_jsonb(t) - 'user_id' FROM todo.script_tokens t WHERE t.user_id = uid AND t.id = (result ->> 'id')::uuid
  ));
`,
    remember: "jsonb_build_object('id', made.id)",
    body: `  PERFORM todo.assert_credentials(sid, uid);
  IF (SELECT count(*) FROM todo.script_tokens t WHERE t.user_id = uid AND t.expires_at > clock_timestamp())
    >= ${mostScriptTokens}
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
`
  }),
  writeFunction({
    name: "token_revoke",
    remember: "'{}'",
    body: `  DELETE FROM todo.script_tokens t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
  IF NOT FOUND THEN
    verdict := 'absent';
  END IF;
`
  }),
  // Whom a secret speaks for, if its token is live; notes that it was used.
  `CREATE OR REPLACE FUNCTION todo.redeem_script_token(secret_hash bytea)
    RETURNS SETOF todo.script_tokens LANGUAGE plpgsql SET search_path = '' AS $$
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
    END $$`
]
