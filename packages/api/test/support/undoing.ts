import { Effect } from "effect"
import * as fc from "fast-check"
import type { Answer, Person } from "./requests.ts"

/** What is kept beside tasks and does not follow from them: folded texts, tags and their index, what is known of parents. */
export const astray = `(SELECT coalesce(jsonb_agg(t.id), '[]') FROM todo.tasks t
    WHERE t.title_folded IS DISTINCT FROM todo.folded(t.title) OR t.description_folded IS DISTINCT FROM todo.folded(t.description)
      OR ARRAY(SELECT x.name_key FROM todo.task_tags x WHERE x.user_id = t.user_id AND x.number = t.number ORDER BY 1)
        <> ARRAY(SELECT k COLLATE "C" FROM jsonb_object_keys(t.tags) k ORDER BY 1)
      OR EXISTS (SELECT FROM jsonb_each_text(t.tags) u WHERE NOT EXISTS (
        SELECT FROM todo.tags g WHERE g.user_id = t.user_id AND g.name_key = u.key COLLATE "C" AND g.name = u.value))
      OR NOT coalesce(t.is_parent, false)
        AND EXISTS (SELECT FROM todo.tasks c WHERE c.user_id = t.user_id AND c.parent_id = t.id))`

export const operationOf = ({ headers }: Answer) => headers.get("operation-id")

export const undo = (person: Person, operation: string, body: unknown = {}) =>
  person.json("POST", `/api/v1/operations/${operation}/undo`, body)

/** Runs a property with that many of its values. */
export const forAll = <A, R>(
  numRuns: number,
  values: fc.Arbitrary<A>,
  run: (value: A) => Effect.Effect<void, unknown, R>
) =>
  Effect.flatMap(
    Effect.context<R>(),
    (context) =>
      Effect.promise(() =>
        fc.assert(fc.asyncProperty(values, (value) => Effect.runPromiseWith(context)(run(value))), { numRuns })
      )
  )
