import { setPlace } from "../dates/SetPlace.sql.ts"

/** A completion as it is read; of a task without one there is a row of nulls. */
export interface CompletionRow {
  readonly nth: number | null
  readonly occurrence: string | null
  readonly completed_at: Date | null
  readonly skipped: boolean | null
}

/** The statements that read the dates of the task $3. */
export const completionReads = {
  dated: `SELECT t.id, t.version, t.completed_at, t.occurrence, t.start, t.due, t.repeat, t.series, t.completion,
      ${setPlace("me.uid")} AS place
    FROM todo.tasks t WHERE t.user_id = me.uid AND t.id = $3 AND t.trashed_at IS NULL`,
  /** What was done of it, before the one of a number ($4), as many as $5: what is beyond its own last one was undone. */
  done: `SELECT k.nth, k.occurrence, k.completed_at, k.skipped FROM todo.tasks t LEFT JOIN LATERAL (
      SELECT * FROM todo.completions c WHERE c.user_id = me.uid AND c.task_id = t.id AND c.nth < $4
        AND c.nth <= (t.completion ->> 'nth')::integer ORDER BY c.nth DESC LIMIT $5
    ) k ON true
    WHERE t.user_id = me.uid AND t.id = $3 AND t.trashed_at IS NULL ORDER BY k.nth DESC`
}
