import { maxTagsOfTask, mostTags } from "@todo/domain/tags/TagName"
import { answerOf, answerOld, change, find, remember, replay, ruled } from "../database/functions/entity.sql.ts"
import type { RecordedBody } from "../database/functions/Write.sql.ts"
import type { Rules, Table } from "../database/Table.ts"

/** Of the tags in `given` those that there are. */
const knownTags = `FROM todo.tags t
        WHERE t.user_id = uid AND t.name_key = ANY (ARRAY(SELECT k COLLATE "C" FROM jsonb_object_keys(given) k))`

/** Puts the tags of the task `row` into the index of them. */
const indexed = (uid: string, row: string) =>
  `INSERT INTO todo.task_tags (user_id, name_key, number)
          SELECT ${uid}, k, ${row}.number FROM jsonb_object_keys(${row}.tags) k`

/** What keeps tags as tasks use them. */
export const tagFunctions = [
  // Tags as they are spelled already; those that there are not as they come.
  `CREATE OR REPLACE FUNCTION todo.spelled_tags(uid uuid, given jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
    BEGIN
      IF given IS NULL OR jsonb_typeof(given) <> 'object' OR given = '{}' THEN
        RETURN NULL;
      END IF;
      RETURN given || coalesce((SELECT jsonb_object_agg(t.name_key, t.name) ${knownTags}), '{}');
    END $$`,
  // Makes those that there are not. That is no change: 'seq' is that of no operation.
  `CREATE OR REPLACE FUNCTION todo.use_tags(uid uuid, given jsonb, moment timestamptz) RETURNS jsonb
    LANGUAGE plpgsql SET search_path = '' AS $$
    DECLARE
      known jsonb;
      unknown integer;
    BEGIN
      IF given IS NULL OR jsonb_typeof(given) <> 'object' OR given = '{}' THEN
        RETURN NULL;
      END IF;
      SELECT coalesce(jsonb_object_agg(t.name_key, t.name), '{}'), (SELECT count(*) FROM jsonb_object_keys(given)) - count(*)
        INTO known, unknown ${knownTags};
      IF unknown > 0 THEN
        INSERT INTO todo.tags (user_id, id, name, name_key, created_at, updated_at, version, seq)
          SELECT uid, gen_random_uuid(), e.value, e.key, moment, moment, 1, 0 FROM jsonb_each_text(given) e
            WHERE NOT known ? e.key;
        UPDATE todo.counters c SET tags = c.tags + unknown WHERE c.user_id = uid;
      END IF;
      RETURN given || known;
    END $$`,
  `CREATE OR REPLACE FUNCTION todo.count_tags(uid uuid) RETURNS integer
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
    BEGIN
      RETURN (SELECT c.tags FROM todo.counters c WHERE c.user_id = uid);
    END $$`,
  // Whether there would be more tags than there may be.
  `CREATE OR REPLACE FUNCTION todo.tags_exceed(uid uuid, given jsonb) RETURNS boolean
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
    DECLARE
      more integer;
    BEGIN
      IF given IS NULL OR jsonb_typeof(given) <> 'object' OR given = '{}' THEN
        RETURN false;
      END IF;
      more := (SELECT count(*) FROM jsonb_object_keys(given)) - (SELECT count(*) ${knownTags});
      RETURN more > 0 AND more + todo.count_tags(uid) > ${mostTags};
    END $$`,
  `CREATE OR REPLACE FUNCTION todo.index_tags() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
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
        ${indexed("NEW.user_id", "NEW")};
      END IF;
      RETURN NULL;
    END $$`,
  // Of a build before this one: what makes tasks does it.
  "DROP TRIGGER IF EXISTS index_tags_of_new ON todo.tasks",
  `CREATE OR REPLACE TRIGGER index_tags AFTER UPDATE OF tags ON todo.tasks FOR EACH ROW
    WHEN (OLD.tags IS DISTINCT FROM NEW.tags) EXECUTE FUNCTION todo.index_tags()`,
  `CREATE OR REPLACE TRIGGER forget_tags AFTER DELETE ON todo.tasks FOR EACH ROW
    WHEN (OLD.tags IS NOT NULL) EXECUTE FUNCTION todo.index_tags()`
]

/**
 * What a write asks that may give tags: that there are not too many of them. Whoever has few need not have theirs counted; how
 * many there are is in `counter` until something of the operation is written.
 */
const tagRule = (asked: string) =>
  `IF ${asked} THEN
  IF (CASE WHEN ordinal = 0 THEN counter.tags ELSE todo.count_tags(uid) END) > ${mostTags - maxTagsOfTask}
    AND todo.tags_exceed(uid, body -> 'tags') THEN
    verdict := 'tags';
    EXIT work;
  END IF;
END IF;
`

/** Adds a tag to a task, or takes one off, whatever others it has. */
export const tagging = (table: Table): RecordedBody => ({
  name: `${table.noun}_tag`,
  kind: `${table.noun}.update`,
  replay: replay(table),
  remember,
  answer: answerOf(table),
  body: `  <<work>>
  DECLARE
    old todo.${table.name};
    made todo.${table.name};
    was jsonb := '{}';
  BEGIN
${find(table)}    made := old;
    IF op ? 'add' THEN
      made.tags := todo.spelled_tags(uid, op -> 'add') || coalesce(old.tags, '{}');
    ELSE
      made.tags := nullif(old.tags - (op ->> 'remove'), '{}');
    END IF;
    IF made.tags IS NOT DISTINCT FROM old.tags THEN
      ${answerOld}
      EXIT work;
    END IF;
${ruled(table, ({ place }) => place, 4)}    IF verdict IS NULL AND op ? 'add' THEN
      verdict := CASE
        WHEN (SELECT count(*) FROM jsonb_object_keys(made.tags)) > ${maxTagsOfTask} THEN 'tags_of_task'
        WHEN todo.tags_exceed(uid, op -> 'add') THEN 'tags'
      END;
    END IF;
    IF verdict IS NOT NULL THEN
      EXIT work;
    END IF;
    PERFORM todo.use_tags(uid, op -> 'add', moment);
    was := jsonb_build_object('tags', old.tags);
      ${change(table, ["tags"])}
  END;
`
})

/** What an undo has brought back on tasks is used again: what they have in the end. */
const useUndone = `PERFORM todo.use_tags(uid, (
  SELECT jsonb_object_agg(e.key, e.value) FROM (
    SELECT DISTINCT c.id FROM todo.changes c WHERE c.user_id = uid AND c.seq = counter.seq AND c.noun = 'task'
      AND jsonb_typeof(c.now -> 'tags') = 'object' AND (c.was IS NULL OR c.was ? 'tags')
  ) c, LATERAL (
    SELECT x.tags FROM todo.tasks x WHERE x.user_id = uid AND x.id = c.id OFFSET 0
  ) t, jsonb_each(t.tags) e WHERE t.tags IS NOT NULL
), moment);
`

/** What tasks ask of their tags. */
export const rulesOfTags: Rules = {
  create: {
    before: tagRule("body ? 'tags'"),
    after: `IF made.tags IS NOT NULL THEN
  ${indexed("uid", "made").replace("\n        ", "\n  ")};
END IF;
`
  },
  update: { before: tagRule("was ? 'tags'") },
  undo: {
    beside: `IF u.inserts AND made.tags IS NOT NULL THEN
  ${indexed("uid", "made").replace("\n        ", "\n  ")};
END IF;
`,
    done: useUndone
  }
}
