import type { Rules } from "../database/Table.ts"
import { setPlace } from "../dates/SetPlace.sql.ts"

/** Where the user is, of a task whose dates depend on it. */
export const placeOfDated = (row: string, user: string) => ({
  place: `CASE WHEN ${row}.due IS NOT NULL OR ${row}.start IS NOT NULL THEN ${setPlace(user)} END`
})

/** The dates of `old`, from which the service computes others (`Schedule.ts`). */
const basis = `jsonb_build_object('start', old.start, 'due', old.due, 'repeat', old.repeat,
        'occurrence', old.occurrence, 'series', old.series, 'completion', old.completion,
        'completed', old.completed_at IS NOT NULL)`

/** A replay has no counter at hand. */
const putPlace = `result := jsonb_set(result, '{thing,place}', coalesce(
      CASE WHEN counter.user_id IS NULL THEN todo.set_place(uid) ELSE counter.place END, 'null'
    ));`

/** A completion as a row `c`, from what a task has of its last one. */
const rowOf = (completion: string) =>
  `jsonb_to_record(${completion}) AS c(nth integer, occurrence text, "completedAt" timestamptz(3), skipped boolean)`

const conflict = `ON CONFLICT (user_id, task_id, nth) DO UPDATE
        SET occurrence = excluded.occurrence, completed_at = excluded.completed_at, skipped = excluded.skipped`

/** What an undo brings back may be a key by older data of zones: it is made anew (`fixedTimes.sql.ts`). */
const noteUndone = `INSERT INTO todo.agenda (user_id, kind, at)
  SELECT uid, 'zones', clock_timestamp() WHERE EXISTS (
    SELECT FROM todo.changes c WHERE c.user_id = uid AND c.seq = counter.seq AND c.noun = 'task'
      AND (c.was IS NULL OR c.was ?| '{start_key,due_key}')
      AND (c.now ->> 'start_key' LIKE 'z%' OR c.now ->> 'due_key' LIKE 'z%')
  ) ON CONFLICT (user_id, kind) DO UPDATE SET at = excluded.at;
`

/**
 * What writes of tasks do about dates (docs/adr/0032, 0033). Zones and rules are the service's: it computes, and says from
 * what, and where that is not what there is, or it has to compute what it was not known to, it is told what there is.
 */
export const rulesOfDates: Rules = {
  update: {
    early: `-- Of another date than the task is now nothing happens.
IF op ? 'occurrence' AND op ->> 'occurrence' IS DISTINCT FROM old.occurrence THEN
  body := '{}';
ELSIF (CASE
  WHEN op ? 'basis' THEN op -> 'basis' <> ${basis}
  ELSE body ?| '{start,due,repeat}' OR op ? 'skip'
    OR ((body ->> 'completed')::boolean AND old.repeat IS NOT NULL AND old.completed_at IS NULL)
END) THEN
  verdict := 'stale';
  result := jsonb_build_object('thing', to_jsonb(old));
  ${putPlace}
  EXIT work;
END IF;
`,
    after: `IF was ? 'completion' THEN
  INSERT INTO todo.completions (user_id, task_id, nth, occurrence, completed_at, skipped)
    SELECT uid, made.id, c.* FROM ${rowOf("made.completion")}
    ${conflict};
END IF;
`
  },
  undo: {
    // By what came since: it repeats, and would have no date for it, or none in the zone that counts hours.
    breaks: (row) =>
      `${row}.repeat IS NOT NULL AND (${row}.due IS NULL OR (${row}.repeat ->> 'rule' ~* 'FREQ=HOURLY'
          AND coalesce(${row}.due ->> 'timeZone', '') NOT IN ('Etc/UTC', 'UTC')))`,
    beside: `IF NOT u.takes AND u.was ? 'completion' AND made.completion IS NOT NULL THEN
  INSERT INTO todo.completions (user_id, task_id, nth, occurrence, completed_at, skipped)
    SELECT uid, u.id, c.* FROM ${rowOf("made.completion")} WHERE c.nth IS NOT NULL
    ${conflict};
END IF;
`,
    done: noteUndone
  },
  answer: `  IF result #> '{thing,due}' <> 'null' OR result #> '{thing,start}' <> 'null' THEN
    ${putPlace}
  END IF;
`
}
