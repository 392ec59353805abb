import { answerOf, entityWrites } from "../database/functions/entity.sql.ts"
import { restore } from "../database/functions/trash.sql.ts"
import { indent, type RecordedBody, recordedFunction } from "../database/functions/Write.sql.ts"
import type { Table } from "../database/Table.ts"

/** What there is of what a write has taken off a counter by itself. */
const freed = (name: string) =>
  `counter.${name} := counter.${name} - taken.${name};
taken.${name} := (SELECT c.${name} FROM todo.counters c WHERE c.user_id = uid);
counter.${name} := counter.${name} + taken.${name};
`

/** What a write does, for an item that is one. In `counter` is what the items before have made, too. */
const branch = (kind: string, { body, claims = [], frees }: RecordedBody) => {
  const count = (sign: "+" | "-") => claims.map((name) => `counter.${name} := counter.${name} ${sign} 1;\n`).join("")
  const release = claims.length === 0 ? "" : `IF ordinal = before THEN\n${indent(count("-"), 2)}END IF;\n`
  return `      WHEN '${kind}' THEN\n${indent(count("+"), 8)}${indent(body, 6)}${indent(release, 8)}${
    frees === undefined ? "" : indent(freed(frees), 8)
  }`
}

const more = (name: string) => `${name} = c.${name} + counter.${name} - taken.${name}`

/** Many writes as one: its name, which writes an item may be of by what items call them, and what else it does. */
export interface Together {
  readonly name: string
  /** What the history calls it. */
  readonly kind: string
  readonly nouns: ReadonlyArray<Table>
  readonly writes: ReadonlyArray<readonly [kind: string, write: RecordedBody]>
  readonly remember: string
  /** Behind the last of the items. */
  readonly after?: string
  /** What is answered, where that is not what each has done. */
  readonly result?: string
}

/** What each item has done. */
const whatEachDid = "jsonb_build_object('results', to_jsonb(results))"

/**
 * Does the items in their order, by the same text as the function of each. Where one is refused the block is left by an
 * exception, which takes back what the others have done; it is caught, so that nobody's log has it.
 */
export const together = ({ after = "", kind, name, nouns, remember, result = whatEachDid, writes }: Together) => {
  /** The counters that any of them takes more of. */
  const counters = [...new Set(writes.flatMap(([, { claims = [] }]) => claims))]
  return recordedFunction({
    name,
    kind,
    answer: nouns.map(answerOf).join(""),
    remember: `${remember} || jsonb_strip_nulls(jsonb_build_object('operation', result -> 'operation'))`,
    body: `  DECLARE
    op jsonb;
    place integer := 0;
    before integer;
    taken todo.counters := counter;
    results jsonb[];
  BEGIN
    FOR op IN SELECT e.item FROM jsonb_array_elements(${name}.op -> 'items') e(item) LOOP
      result := NULL;
      before := ordinal;
      CASE op ->> 'op'
${writes.map(([kind, write]) => branch(kind, write)).join("")}      END CASE;
      IF verdict IS NOT NULL THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'TD001';
      END IF;
      results[place] := jsonb_build_array(
        result -> 'thing' -> 'id', result -> 'thing' -> 'number', result -> 'thing' -> 'version', ordinal > before
      );
      place := place + 1;
    END LOOP;
${indent(after, 4)}    IF ${counters.map((name) => `counter.${name} <> taken.${name}`).join(" OR ")} THEN
      UPDATE todo.counters c SET ${counters.map(more).join(", ")} WHERE c.user_id = uid;
    END IF;
    result := ${result};
  EXCEPTION WHEN SQLSTATE 'TD001' THEN
    result := coalesce(result, '{}') || jsonb_build_object('index', place);
  END;
`
  })
}

/** The function of a batch, of all writes that there are of things of which there may be many. */
export const batchFunctions = (nouns: ReadonlyArray<Table>) => {
  const many = nouns.filter(({ most }) => most !== undefined)
  return [together({
    name: "batch",
    kind: "batch",
    nouns: many,
    writes: many.flatMap((noun) => [
      ...[...entityWrites(noun), ...noun.trash ? [restore(noun)] : []].map((write) => [write.kind, write] as const),
      ...Object.entries(noun.batched?.(noun) ?? {}).map(([verb, write]) => [`${noun.noun}.${verb}`, write] as const)
    ]),
    remember: "jsonb_build_object('results', result -> 'results')"
  })]
}
