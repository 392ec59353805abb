import type { Table } from "../Table.ts"
import { entityWrites } from "./entity.sql.ts"
import { indent, mostChanges, type RecordedBody } from "./Write.sql.ts"

/**
 * Applies one patch to all that was listed, or to each what was computed for it, if it is still at the version that was seen, by the text of the function
 * that does so to one. Where one is refused the block is left by an exception, which takes back what was done to others.
 */
export const updateListed = (table: Table): RecordedBody => {
  const name = `${table.noun}_update_listed`
  const { body } = entityWrites(table).find(({ kind }) => kind === `${table.noun}.update`)!
  return {
    name,
    kind: `${table.noun}.update`,
    remember: "result",
    body: `  DECLARE
    op jsonb;
    things jsonb := ${name}.op -> 'things';
    many integer := jsonb_array_length(things);
  BEGIN
    IF many > ${mostChanges} THEN
      verdict := 'limit';
    ELSE
      FOR op IN SELECT jsonb_build_object(
          'id', seen.thing -> 0, 'versions', jsonb_build_array(seen.thing -> 1), 'body', ${name}.op -> 'body'
        ) || coalesce(seen.thing -> 2, '{}') FROM jsonb_array_elements(things) WITH ORDINALITY seen(thing, place) ORDER BY seen.place
      LOOP
${indent(body, 4)}        IF verdict IS NOT NULL THEN
          RAISE EXCEPTION 'refused' USING ERRCODE = 'TD001';
        END IF;
      END LOOP;
      result := jsonb_build_object('count', many);
    END IF;
  EXCEPTION WHEN SQLSTATE 'TD001' THEN
    verdict := CASE WHEN verdict = 'absent' THEN 'changed' ELSE verdict END;
  END;
`
  }
}
