export interface Edit {
  /** Below packages/api/src. */
  readonly file: string
  readonly find: string
  readonly replace: string
}

export interface Fault extends Edit {
  readonly name: string
  /** What else makes it. */
  readonly with?: ReadonlyArray<Edit>
  /** Below packages/api/test. */
  readonly tests: ReadonlyArray<string>
}

/** Faults of the kinds that would let one user at another's tasks or break a promise. */
export const faults: ReadonlyArray<Fault> = [
  {
    name: "half heads keep their places",
    file: "http/ConnectionLimit.ts",
    find: "oldest(sockets, isIdle) ?? ",
    replace: "",
    tests: ["http/connectionLimit"]
  },
  {
    name: "a connection at work is pushed out",
    file: "http/ConnectionLimit.ts",
    find: "responseOn(socket) === undefined",
    replace: "!socket.destroyed",
    tests: ["http/connectionLimit"]
  },
  {
    name: "a write that was done is told to be malformed",
    file: "http/MalformedRequest.ts",
    find: "if (due !== undefined && ",
    replace: "if (socket.destroyed && due !== undefined && ",
    tests: ["http/pipelining"]
  },
  {
    name: "idempotency switched off",
    file: "database/functions/idempotency.sql.ts",
    find: "IF NOT FOUND THEN\n        verdict := 'new';",
    replace: "IF true THEN\n        verdict := 'new';",
    tests: ["process/keptPromises"]
  },
  {
    name: "answer sent before commit",
    file: "database/connections/Client.ts",
    find: "borrower((connection) => (connection as SharedConnection).query<Row>(text, values, prepare))",
    replace: `Effect.callback<ReadonlyArray<Row>, SqlError.SqlError>((answer) => {
          const answered = Effect.map(Effect.exit(sql.unsafe<Row>(text, values)), answer)
          Effect.runFork(sql.withTransaction(Effect.andThen(answered, Effect.sleep("100 millis"))))
        })`,
    tests: ["process/keptPromises"]
  },
  {
    name: "answer sent before it is on the disk",
    file: "database/connections/GroupCommit.ts",
    find: "Effect.flatMap(statement, (answer) => Effect.as(by.flushed, answer))",
    replace: "statement",
    tests: ["process/groupCommit"]
  },
  {
    name: "read of what is not on the disk",
    file: "database/connections/GroupCommit.ts",
    find: "() => !writing.has(user)",
    replace: "() => true",
    tests: ["process/groupCommit"]
  },
  {
    name: "a connection lost, and the next vouches for what it has not seen",
    file: "database/connections/Witness.ts",
    find: "if (Exit.isSuccess(exit) && exit.value) {",
    replace: "if (Exit.isSuccess(exit) || lost) {",
    tests: ["process/groupCommit"]
  },
  {
    name: "what has happened told before it is on the disk",
    file: "database/Door.ts",
    find: "commits.follow(run<Row>(text, [user.sessionId, user.id, ...values]), shows)",
    replace:
      "shows([]) ? commits.follow(Effect.succeed([]), shows) : run<Row>(text, [user.sessionId, user.id, ...values])",
    tests: ["process/groupCommit"]
  },
  {
    name: "a place in the order of operations taken before the lock",
    file: "database/functions/Write.sql.ts",
    find: "SET seq = c.seq + 1,",
    replace: "SET seq = (SELECT o.seq + 1 FROM todo.counters o WHERE o.user_id = uid),",
    tests: ["postgres/slowWrite"]
  },
  {
    name: "a place in the order of operations drawn from a sequence before the lock",
    file: "database/functions/Write.sql.ts",
    find: "  counter todo.counters;\n  moment",
    replace: "  counter todo.counters;\n  place bigint := nextval('todo.places');\n  moment",
    with: [
      {
        file: "Service.ts",
        find: "[...door,",
        replace: `[
    "CREATE SEQUENCE IF NOT EXISTS todo.places",
    "GRANT USAGE ON SEQUENCE todo.places TO PUBLIC",
    ...door,`
      },
      {
        file: "database/functions/Write.sql.ts",
        find: "  UPDATE todo.counters c SET seq = c.seq + 1,",
        replace: "  PERFORM pg_sleep(random() * 0.02);\n  UPDATE todo.counters c SET seq = greatest(c.seq, place),"
      },
      {
        file: "database/functions/Write.sql.ts",
        find: "moment := counter.last_at;",
        replace: "moment := counter.last_at;\n  counter.seq := place;"
      }
    ],
    tests: ["process/keptPromises"]
  },
  {
    name: "the record written apart from the write",
    file: "database/functions/Write.sql.ts",
    find: `INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, '\${kind}', moment, sid, me.is_token, me.name, \${undoes});`,
    replace: `result := result || jsonb_build_object('record', jsonb_build_object(
      'user_id', uid, 'seq', counter.seq, 'id', op -> 'operation', 'kind', '\${kind}', 'at', moment, 'actor', sid,
      'actor_is_token', me.is_token, 'actor_name', me.name, 'undoes', \${undoes}));`,
    with: [{
      file: "database/Write.ts",
      find: `if (answer!.result?.operation !== undefined) wakeups.wake(user.id)`,
      replace: `const record = answer!.result?.["record"]
                  if (record !== undefined) {
                    return Effect.as(
                      answeringForDoor(run(
                        "WITH me AS MATERIALIZED (SELECT set_config('app.user_id', $1, true)) INSERT INTO todo.operations " +
                          "SELECT (jsonb_populate_record(NULL::todo.operations, $2::jsonb)).* FROM me",
                        [user.id, JSON.stringify(record)]
                      )),
                      answer!.result ?? {}
                    )
                  }`
    }],
    tests: ["process/keptPromises"]
  },
  {
    name: "undo forgets a child of what was done together",
    file: "operations/undo.sql.ts",
    find: "AND c.ordinal BETWEEN last AND first",
    replace: "AND c.ordinal BETWEEN last AND first AND c.ordinal <> 1",
    tests: ["process/keptPromises"]
  },
  {
    name: "the rest of an operation skipped at the border of a page",
    file: "changes/Changes.ts",
    find: ": next.seq > change.seq",
    replace: ": next.seq >= change.seq",
    tests: ["changes/changes"]
  },
  {
    name: "a snapshot that has what is newer, too",
    file: "changes/Snapshot.ts",
    find: " AND t.seq <= coalesce($4::bigint, k.seq)",
    replace: " AND coalesce($4::bigint, k.seq) >= 0",
    tests: ["changes/changes"]
  },
  {
    name: "what is written elsewhere looked for without the door",
    file: "changes/changes.sql.ts",
    find: "PERFORM todo.authenticate(sid, (one ->> 'user')::uuid);",
    replace: "PERFORM set_config('app.user_id', one ->> 'user', true);",
    tests: ["changes/events"]
  },
  {
    name: "user filter dropped in one query",
    file: "entity/EntityStore.ts",
    find: "WHERE user_id = me.uid AND id = $3",
    replace: "WHERE id = $3",
    tests: ["postgres/layers"]
  },
  {
    name: "user filter dropped in one function",
    file: "database/functions/entity.sql.ts",
    find: "SELECT * INTO old FROM todo.${name} t WHERE t.user_id = uid AND ${by};",
    replace: "SELECT * INTO old FROM todo.${name} t WHERE ${by};",
    tests: ["postgres/layers"]
  },
  {
    name: "undo of another user's operation",
    file: "operations/undo.sql.ts",
    find: "WHERE o.user_id = uid AND o.id = (op ->> 'id')::uuid",
    replace: "WHERE o.id = (op ->> 'id')::uuid",
    tests: ["postgres/layers"]
  },
  {
    name: "undo takes the changes of all users at its place",
    file: "operations/undo.sql.ts",
    find: "WHERE c.user_id = uid AND c.seq = undone AND",
    replace: "WHERE c.seq = undone AND",
    tests: ["postgres/layers"]
  },
  {
    name: "undo forgets one change of an operation",
    file: "operations/undo.sql.ts",
    find: "AND c.ordinal BETWEEN last AND first",
    replace: "AND c.ordinal BETWEEN last AND first AND c.ordinal <> 1",
    tests: ["operations/undo.property"]
  },
  {
    name: "undo goes through an operation from its beginning",
    file: "operations/undo.sql.ts",
    find: "ORDER BY b.ordinal DESC\n",
    replace: "ORDER BY b.ordinal\n",
    tests: ["operations/undo.property"]
  },
  {
    name: "undo overwrites a member changed since",
    file: "operations/undo.sql.ts",
    find: "IS DISTINCT FROM left_then.${column}",
    replace: "IS DISTINCT FROM t.${column}",
    tests: ["operations/undo.property"]
  },
  {
    name: "undo that is refused has undone a part",
    file: "operations/undo.sql.ts",
    find: "RAISE EXCEPTION 'changed since' USING ERRCODE = 'TD001';",
    replace:
      "verdict := 'changed';\n        result := jsonb_build_object('obstacles', to_jsonb(obstacles));\n        EXIT work;",
    tests: ["operations/undo.property"]
  },
  {
    name: "undo does not count what it takes away",
    file: "operations/undo.sql.ts",
    find: "counter.${name} := counter.${name} - part.taken;",
    replace: "NULL;",
    tests: ["operations/undo.property"]
  },
  {
    name: "a thing that comes back has the version that it had",
    file: "operations/undo.sql.ts",
    find: "(j.was ->> 'version')::integer) + 1",
    replace: "(j.was ->> 'version')::integer - 1) + 1",
    tests: ["operations/undo.test.ts"]
  },
  {
    name: "undo of a thing that an operation changed twice looks at it once",
    file: "operations/undo.sql.ts",
    find: "lag(true) OVER (PARTITION BY c.noun, c.id ORDER BY c.ordinal DESC)",
    replace: "false",
    tests: ["operations/undo.property"]
  },
  {
    name: "redo leaves the operation undone",
    file: "operations/undo.sql.ts",
    find: "RETURNING o.undoes,",
    replace: "RETURNING NULL,",
    tests: ["operations/undo.property"]
  },
  {
    name: "the latest of any session is undone",
    file: "operations/undo.sql.ts",
    find: "o.actor = sid AND ",
    replace: "",
    tests: ["operations/undo.test.ts"]
  },
  {
    name: "policy dropped",
    file: "database/migrations/0002_tasks.ts",
    find: "USING (user_id = nullif(current_setting('app.user_id', true), '')::uuid)",
    replace: "USING (true)",
    tests: ["database/door"]
  },
  {
    name: "check of the policy dropped",
    file: "database/migrations/0002_tasks.ts",
    find: "WITH CHECK (user_id = nullif(current_setting('app.user_id', true), '')::uuid)",
    replace: "WITH CHECK (true)",
    tests: ["database/door"]
  },
  {
    name: "FORCE dropped",
    file: "database/migrations/0002_tasks.ts",
    find: "yield* sql`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`",
    replace: "",
    tests: ["database/door"]
  },
  {
    name: "door skipped: the session is not looked at",
    file: "database/functions/door.sql.ts",
    find: "RAISE EXCEPTION 'no live session' USING ERRCODE = '28000';",
    replace: "NULL;",
    tests: ["auth/accessTokens", "database/door"]
  },
  {
    name: "door open to another user's session",
    file: "database/functions/door.sql.ts",
    find: "WHERE s.\"id\" = sid AND s.\"userId\" = uid AND",
    replace: "WHERE s.\"id\" = sid AND",
    tests: ["auth/forgeries", "database/door"]
  },
  {
    name: "audience not checked",
    file: "identity/AccessTokens.ts",
    find: "...tokenNames(publicUrl),",
    replace: "issuer: tokenNames(publicUrl).issuer,",
    tests: ["auth/forgeries"]
  },
  {
    name: "issuer not checked",
    file: "identity/AccessTokens.ts",
    find: "...tokenNames(publicUrl),",
    replace: "audience: tokenNames(publicUrl).audience,",
    tests: ["auth/forgeries"]
  },
  {
    name: "scope not checked",
    file: "identity/AuthorizationLive.ts",
    find: "scopes.includes(scope)",
    replace: "scopes.length < 99",
    tests: ["tokens/tokens", "isolation/matrix"]
  },
  {
    name: "cache keyed wrongly: by the token without its signature",
    file: "identity/AccessTokens.ts",
    find: "const known = remembered.get(signature)\n          if (known?.token === token) {",
    replace: `const head = token.slice(0, token.lastIndexOf("."))
          const known = [...remembered.values()].find((other) => other.token.startsWith(head))
          if (known !== undefined) {`,
    tests: ["auth/forgeries"]
  },
  {
    name: "cache believes a signature, whatever it signs",
    file: "identity/AccessTokens.ts",
    find: "known?.token === token",
    replace: "known !== undefined",
    tests: ["auth/forgeries"]
  },
  {
    name: "composite key loosened",
    file: "database/migrations/0002_tasks.ts",
    find: "PRIMARY KEY (user_id, id),",
    replace: "PRIMARY KEY (id),",
    tests: ["postgres/layers"]
  },
  {
    name: "idempotency key of another user is looked up",
    file: "database/functions/idempotency.sql.ts",
    find: "WHERE k.user_id = uid AND k.key = wanted_key",
    replace: "WHERE k.key = wanted_key",
    tests: ["postgres/layers"]
  },
  {
    name: "outcome not stored",
    file: "database/functions/Write.sql.ts",
    find: "PERFORM todo.remember(uid, key, fingerprint, ${answer});",
    replace: "NULL;",
    tests: ["idempotency/everyWrite"]
  },
  {
    name: "form of another site taken",
    file: "pages/OwnForm.ts",
    find: "!origins.includes(origin)",
    replace: "origin === \"null\"",
    tests: ["pages/forms"]
  },
  {
    name: "form without an origin taken",
    file: "pages/OwnForm.ts",
    find: "origin === undefined || !origins.includes(origin)",
    replace: "(origin !== undefined && !origins.includes(origin))",
    tests: ["pages/forms"]
  },
  {
    name: "text of a page not escaped",
    file: "pages/Html.ts",
    find: "[&<>\"']",
    replace: "[&]",
    tests: ["pages/forms", "pages/device"]
  },
  {
    name: "device approved by a cookie, from another origin",
    file: "accounts/Caller.ts",
    find: " && !(name === \"cookie\" && identified === \"by bearer token\")",
    replace: "",
    tests: ["pages/device"]
  },
  {
    name: "device given to a second person",
    file: "accounts/credentials.sql.ts",
    find: " AND d.\"status\" = 'pending'",
    replace: "",
    tests: ["pages/device"]
  },
  {
    name: "limits count by the session, of which a user has many",
    file: "limits/Buckets.ts",
    find: "[bucket(Policies.confirmation, session.userId)]",
    replace: "[bucket(Policies.confirmation, session.id)]",
    tests: ["limits/rateLimits"]
  },
  {
    name: "limits count another account than the one that is signed in to",
    file: "accounts/AuthOperations.ts",
    find: "{ operation: \"auth.signIn\", email: given.email }",
    replace: "{ operation: \"auth.signIn\", email: \"\" }",
    tests: ["limits/rateLimits"]
  },
  {
    name: "a request that is none does not count",
    file: "accounts/AuthContractLive.ts",
    find: "(misfit) => counted(operation, refusalOf(misfit))",
    replace:
      "(misfit) => operation === \"auth.jwks\" ? counted(operation, refusalOf(misfit)) : Effect.succeed(refusalOf(misfit))",
    tests: ["limits/rateLimits"]
  },
  {
    name: "a page of any origin as the end of a mail's link",
    file: "accounts/AccountRules.ts",
    find: "&& origins.includes(url.origin)",
    replace: "&& origins.length > 0",
    tests: ["pages/mailPages"]
  },
  {
    name: "a link confirms by being followed",
    file: "pages/VerifyEmailPage.ts",
    find: "get: answeringWithPages(show)",
    replace:
      "get: answeringWithPages(Effect.andThen(Effect.flatMap(codeOfUrl, (token) => operations.verifyEmail({ token })), show))",
    tests: ["pages/mailPages"]
  },
  {
    name: "a sign-up's answer is made of the account",
    file: "accounts/AuthOperations.ts",
    find: "Effect.map(made, (response) => sameForAll(response, account))",
    replace: "made",
    tests: ["auth/confirmation"]
  },
  {
    name: "a sign-up that was refused is answered as if it were not",
    file: "accounts/BetterAuthAnswers.ts",
    find: "if (response.status !== 200 && response.status !== 422) return response",
    replace: "if (response.status >= 500) return response",
    tests: ["auth/confirmation"]
  },
  {
    name: "what was refused counts as a mail",
    file: "limits/Settlement.ts",
    find: "counts === \"mails\" && isRefused",
    replace: "counts === \"mails\" && isRefused && false",
    tests: ["limits/rateLimits"]
  },
  {
    name: "a cookie counts without the page that sent it",
    file: "accounts/AuthContractLive.ts",
    find: "cookie !== undefined && origin === undefined && referer === undefined",
    replace: "cookie === undefined && origin === undefined && referer === undefined",
    tests: ["auth/oneParser"]
  },
  {
    name: "a session is made whatever has changed since",
    file: "accounts/credentials.sql.ts",
    find: " AND u.credentials = NEW.\"credentials\" FOR NO KEY UPDATE;",
    replace: " FOR NO KEY UPDATE;",
    tests: ["process/grants"]
  },
  {
    name: "what a change withdraws is made again behind it: the sign-in does not wait",
    file: "accounts/credentials.sql.ts",
    find: " AND u.credentials = NEW.\"credentials\" FOR NO KEY UPDATE;",
    replace: " AND u.credentials = NEW.\"credentials\";",
    tests: ["postgres/inFlight"]
  },
  {
    name: "the count does not move with the password",
    file: "accounts/credentials.sql.ts",
    find: "WHEN (OLD.\"password\" IS DISTINCT FROM NEW.\"password\")",
    replace: "WHEN (false)",
    tests: ["auth/grants"]
  },
  {
    name: "the count does not move with the address",
    file: "accounts/credentials.sql.ts",
    find: "WHEN (OLD.\"email\" IS DISTINCT FROM NEW.\"email\")",
    replace: "WHEN (false)",
    tests: ["auth/grants"]
  },
  {
    name: "what a session has approved outlives it",
    file: "database/migrations/0010_credentials.ts",
    find: "REFERENCES auth.\"session\" (\"id\") ON DELETE CASCADE",
    replace: "REFERENCES auth.\"session\" (\"id\") ON DELETE SET NULL",
    tests: ["auth/grants"]
  },
  {
    name: "an approval counts although its session ends at that moment",
    file: "accounts/credentials.sql.ts",
    find: "IF NEW.\"approvedBy\" IS NOT NULL THEN",
    replace: "IF false THEN",
    tests: ["postgres/inFlight"]
  },
  {
    name: "the code of a mail outlives what it was made for",
    file: "accounts/credentials.sql.ts",
    find:
      "WHERE u.\"id\" = uid AND u.credentials = basis FOR NO KEY UPDATE;\n      IF NOT FOUND THEN\n        RETURN false;",
    replace: "WHERE u.\"id\" = uid FOR NO KEY UPDATE;\n      IF NOT FOUND THEN\n        RETURN false;",
    tests: ["auth/grants"]
  },
  {
    name: "a session that has ended makes a token",
    file: "tokens/tokens.sql.ts",
    find: "PERFORM todo.assert_credentials(sid, uid);",
    replace: "",
    tests: ["postgres/inFlight"]
  },
  {
    name: "tokens for scripts survive a reset",
    file: "accounts/credentials.sql.ts",
    find: "DELETE FROM todo.script_tokens t WHERE t.user_id = uid;",
    replace: "NULL;",
    tests: ["auth/passwordReset"]
  },
  {
    name: "an account is deleted with a password that is none any more",
    file: "accounts/credentials.sql.ts",
    find: " AND a.\"providerId\" = 'credential' AND a.\"password\" = proved\n      );",
    replace: "\n      );",
    tests: ["postgres/inFlight"]
  },
  {
    name: "the body of a request costs nothing",
    file: "http/Rest.ts",
    find: "const costOfBodyByte = 2",
    replace: "const costOfBodyByte = 0",
    tests: ["process/fairShare"]
  },
  {
    name: "the record keeps the text of what is deleted for good",
    file: "database/functions/trash.sql.ts",
    find: "SET was = NULL, now = NULL",
    replace: "SET was = NULL",
    tests: ["trash/purge"]
  },
  {
    name: "the trash is emptied of what is not old",
    file: "database/functions/trash.sql.ts",
    find: "AND t.trashed_at <= moment - ${stay}",
    replace: "AND t.trashed_at IS NOT NULL",
    tests: ["sweeper/agenda"]
  },
  {
    name: "what was taken out of the trash is emptied with it",
    file: "database/functions/trash.sql.ts",
    find: "made.trashed_at := NULL;",
    replace: "made.trashed_at := old.trashed_at;",
    tests: ["sweeper/agenda"]
  },
  {
    name: "an operation is taken off the record in part",
    file: "database/functions/record.sql.ts",
    find: "ORDER BY ranked.seq DESC LIMIT 1",
    replace: "ORDER BY ranked.seq LIMIT 1",
    tests: ["sweeper/agenda"]
  },
  {
    name: "what a list had is deleted, whatever it has become",
    file: "database/functions/trash.sql.ts",
    find: " AND t.version = (seen ->> 1)::integer",
    replace: "",
    tests: ["postgres/listedWhileChanging"]
  },
  {
    name: "of a large account something is left",
    file: "database/functions/record.sql.ts",
    find: "IF many = most THEN",
    replace: "IF many = most AND false THEN",
    tests: ["sweeper/agenda"]
  },
  {
    name: "an account is deleted without waiting for its owner's write",
    file: "accounts/credentials.sql.ts",
    find: "      PERFORM FROM todo.counters c WHERE c.user_id = uid FOR UPDATE;\n",
    replace: "",
    tests: ["postgres/deletedAccount"]
  },
  {
    name: "a batch that is refused keeps what was done before",
    file: "batch/batch.sql.ts",
    find: "RAISE EXCEPTION 'refused' USING ERRCODE = 'TD001';",
    replace: "EXIT;",
    tests: ["batch/oneByOne"]
  },
  {
    name: "what a batch makes is not counted",
    file: "batch/batch.sql.ts",
    find: "UPDATE todo.counters c SET ${counters.map(more).join(\", \")} WHERE c.user_id = uid;",
    replace: "NULL;",
    tests: ["batch/oneByOne"]
  },
  {
    name: "a create of a batch that finds its thing takes a number",
    file: "batch/batch.sql.ts",
    find: "IF ordinal = before THEN",
    replace: "IF false THEN",
    tests: ["batch/oneByOne"]
  },
  {
    name: "the refusal of one item is told of another",
    file: "batch/batch.sql.ts",
    find: "jsonb_build_object('index', place)",
    replace: "jsonb_build_object('index', 0)",
    tests: ["batch/cases"]
  },
  {
    name: "long writes go over the shared connections",
    file: "database/connections/Client.ts",
    find: "longConnections === 0 ? borrow :",
    replace: "longConnections > 0 ? borrow :",
    tests: ["postgres/longWrites"]
  },
  {
    name: "what is written into an archived project is taken",
    file: "projects/rules.sql.ts",
    find: "ELSIF archived > since THEN",
    replace: "ELSIF false THEN",
    tests: ["projects/projects"]
  },
  {
    name: "a list shows what is archived",
    file: "filter/TaskList.ts",
    find: "...namesTasks({ number, parentId }) ? []",
    replace: "...true ? []",
    tests: ["tasks/filter"]
  },
  {
    name: "a tag is another in another spelling",
    file: "tags/onTasks.ts",
    find: "const key = spellingKey(name)",
    replace: "const key = spellingKey(name) === \"\" ? \"\" : name",
    tests: ["tags/tags"]
  },
  {
    name: "a click twice completes two dates",
    file: "tasks/ScheduledCompletion.ts",
    find: "...occurrence !== undefined && { occurrence }",
    replace: "...occurrence === undefined && { occurrence }",
    tests: ["completions/completions"]
  },
  {
    name: "keys of order grow without end",
    file: "database/order/place.sql.ts",
    find: "IF (SELECT max(length(k)) <= ${longestKey} FROM unnest(keys) k) THEN",
    replace: "IF keys IS NOT NULL THEN",
    tests: ["order/cases"]
  },
  {
    name: "two of the same name come to stand below one project",
    file: "projects/move.sql.ts",
    find: "t.id <> old.id AND t.name_key",
    replace: "t.id = target.id AND t.name_key",
    tests: ["order/projectsAndViews"]
  },
  {
    name: "a circle of blockers is taken",
    file: "tasks/tree.sql.ts",
    find: "SELECT FROM reached r WHERE r.id = task OR r.id = parent",
    replace: "SELECT FROM reached r WHERE r.id = parent",
    tests: ["trees/trees"]
  },
  {
    name: "a view of what is gone lists nothing",
    file: "filter/ViewOf.ts",
    find: "if (gone !== undefined) {",
    replace: "if (gone === null) {",
    tests: ["views/views"]
  },
  {
    name: "comments are made on another user's task",
    file: "comments/table.ts",
    find: "IF NOT ${isLive(\"(body ->> 'taskId')::uuid\")} THEN",
    replace: "IF false THEN",
    tests: ["comments/comments"]
  },
  {
    name: "an undo puts in order what it has put back itself",
    file: "database/order/place.sql.ts",
    find: "IF wanted IS DISTINCT FROM actual AND NOT (",
    replace: "IF false AND NOT (",
    tests: ["order/projectsAndViews", "operations/undoOfNouns.property"]
  },
  {
    name: "an undo takes a tag away that others use since",
    file: "tags/tags.sql.ts",
    find: "done: `PERFORM todo.use_tags(uid, (",
    replace: "done: `PERFORM todo.spelled_tags(uid, (",
    with: [{
      file: "tags/tags.sql.ts",
      find: "`k.key COLLATE \"C\"`)}\n), moment);",
      replace: "`k.key COLLATE \"C\"`)}\n));"
    }],
    tests: ["tags/tags"]
  },
  {
    name: "a list has nothing of what few tasks have",
    file: "tasks/table.ts",
    find: "has: (row) => `${row}.is_parent OR num_nonnulls(${seldom.map",
    replace: "has: (row) => `${row}.is_parent OR num_nonnulls(${seldom.slice(1).map",
    tests: ["tasks/list"]
  }
]
