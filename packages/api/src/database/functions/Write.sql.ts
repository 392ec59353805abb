/** What is particular to a write. All of it is plpgsql. */
export interface WriteBody {
  /** Of the function, in the schema `todo`: the noun and the verb. */
  readonly name: string
  readonly declare?: string
  /**
   * The work, for `op` in the name of `uid`. It leaves what is answered in `result`, or refuses by a `verdict` other than
   * null before it has changed anything.
   */
  readonly body: string
  /** Completes `result` where a key is sent again: `result` has what `remember` had. */
  readonly replay?: string
  /** What is kept for a replay. */
  readonly remember: string
  /** Completes `result` for an answer, whatever the verdict is. */
  readonly answer?: string | undefined
}

/** How many things an operation may change. */
export const mostChanges = 10_000

/**
 * How many things a write changes on a connection where others' statements wait for it: a tenth of a millisecond each. One
 * that is told so, by `op.most`, and would change more, refuses by the verdict `long`; it is sent again where nobody waits,
 * as long as it does so.
 */
export const mostBesideOthers = 100

/** Refuses where `many` changes are too many for one operation, or for others to wait for. */
export const bounded = (many: string) =>
  `IF ordinal + ${many} > ${mostChanges} THEN
  verdict := 'many';
  EXIT work;
ELSIF ${many} > (op ->> 'most')::integer THEN
  verdict := 'long';
  EXIT work;
END IF;
`

/**
 * About how many changes a user makes until somebody looks whether the record is within its bounds: counting each time
 * would cost more than the write. By chance, for no counter is as cheap.
 */
const changesBetweenLooks = 1024

/** A write that is on record: an operation, which can be followed and undone (docs/adr/0026). */
export interface RecordedBody extends WriteBody {
  /** What the history calls it. */
  readonly kind: string
  /** The user's counters that it takes one more of, where it makes something. */
  readonly claims?: ReadonlyArray<string>
  /** The user's counter that it takes some off by itself, where it takes things away. */
  readonly frees?: string
  /** The `seq` of the operation that it undoes. */
  readonly undoes?: string
}

const declaration = (name: string, declare: string, statements: string) =>
  `CREATE OR REPLACE FUNCTION todo.${name}(
  sid uuid, uid uuid, op jsonb, key text, fingerprint bytea, OUT verdict text, OUT result jsonb
) LANGUAGE plpgsql SET search_path = '' AS $$
${declare === "" ? "" : `DECLARE\n${declare}`}BEGIN
${statements}END $$`

const recall = (replay: string, answer = "") =>
  `  IF key IS NOT NULL THEN
    SELECT r.verdict, r.answer INTO verdict, result FROM todo.recall(uid, key, fingerprint) r;
    IF verdict <> 'new' THEN
${replay === "" ? "" : `      IF verdict = 'replayed' THEN\n${indent(replay + answer, 4)}      END IF;\n`}      RETURN;
    END IF;
    verdict := NULL;
  END IF;
`

const remember = (answer: string) =>
  `  IF key IS NOT NULL THEN
    PERFORM todo.remember(uid, key, fingerprint, ${answer});
  END IF;
`

const settled = `  IF verdict IS NOT NULL THEN
    RETURN;
  END IF;
  verdict := 'done';
`

/** Moves text to the right, line by line. */
export const indent = (text: string, by: number) => text.replace(/^(?=.)/gm, " ".repeat(by))

/**
 * The function of a write of sessions and tokens, which are not on record: the door, what is known of the key, the body,
 * and what is to be known of the key. Every write has this signature.
 */
export const writeFunction = ({ body, declare = "", name, remember: answer, replay = "" }: WriteBody): string =>
  declaration(
    name,
    declare,
    `  PERFORM todo.authenticate(sid, uid);\n${recall(replay)}${body}${settled}${remember(answer)}`
  )

/** One more of each of these counters, or one fewer, as more of a SET. */
const claim = (claims: ReadonlyArray<string>, sign: "+" | "-") =>
  claims.map((counter) => `${counter} = c.${counter} ${sign} 1`).join(", ")

const release = (claims: ReadonlyArray<string>) =>
  `  IF ordinal = 0 THEN
    UPDATE todo.counters c SET ${claim(claims, "-")} WHERE c.user_id = uid;
  END IF;
`

/**
 * The function of a write on record. Behind the door and the key it takes the user's counter, which gives the write its
 * place in the order of all that the user does, and has whoever comes meanwhile wait a moment; so the body needs no
 * lock of its own. What it changes it writes to `todo.changes`, one by one, and counts them in `ordinal`.
 */
export const recordedFunction = (
  { answer = "", body, claims = [], declare = "", kind, name, remember: kept, replay = "", undoes = "NULL" }:
    RecordedBody
): string =>
  declaration(
    name,
    `  me record;
  counter todo.counters;
  moment timestamptz(3);
  ordinal integer := 0;
${declare}`,
    `  me := todo.enter(sid, uid);
${recall(replay, answer)}  PERFORM set_config('lock_timeout', '250ms', true);
  UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, (op ->> 'now')::timestamptz(3))${
      claims.length === 0 ? "" : `, ${claim(claims, "+")}`
    }
    WHERE c.user_id = uid RETURNING * INTO counter;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account is gone' USING ERRCODE = '28000';
  END IF;
  moment := counter.last_at;
${body}${claims.length === 0 ? "" : release(claims)}${answer}${settled}  IF ordinal > 0 THEN
    result := result || jsonb_build_object('operation', op -> 'operation');
    INSERT INTO todo.operations (user_id, seq, id, kind, at, actor, actor_is_token, actor_name, undoes)
      VALUES (uid, counter.seq, (op ->> 'operation')::uuid, '${kind}', moment, sid, me.is_token, me.name, ${undoes});
    IF random() * ${changesBetweenLooks} < ordinal THEN
      UPDATE todo.agenda a SET at = least(a.at, moment) WHERE a.user_id = uid AND a.kind = 'record';
    END IF;
  END IF;
${remember(kept)}`
  )
