import { together } from "../batch/batch.sql.ts"
import { entityWrites, thingOf } from "../database/functions/entity.sql.ts"
import { restore } from "../database/functions/trash.sql.ts"
import { mostChanges, type RecordedBody } from "../database/functions/Write.sql.ts"
import type { Table } from "../database/Table.ts"

/** Makes a tag without a task, as the use of it would. */
const makeTag = (table: Table): RecordedBody => ({
  name: "tag_import",
  kind: "tag.create",
  remember: "NULL",
  body: `  <<work>>
  BEGIN
    IF todo.tags_exceed(uid, op -> 'names') THEN
      verdict := 'tags';
      EXIT work;
    END IF;
    PERFORM todo.use_tags(uid, op -> 'names', moment);
    result := (SELECT jsonb_build_object('thing', ${thingOf("t")}) FROM todo.${table.name} t
      WHERE t.user_id = uid AND t.name_key = (op ->> 'nameKey') COLLATE "C");
  END;
`
})

/**
 * The function of an import: writes of its items, which the service has made from the document and from what there is. It
 * keeps the plan, for a replay. What cannot be imported, and an import that is only tried, leave it as a refusal does.
 */
export const importFunctions = (nouns: ReadonlyArray<Table>) => {
  const many = nouns.filter(({ most }) => most !== undefined)
  const moving = (noun: Table) => noun.trash ? [["task.move", noun.batched!(noun)["move"]!] as const] : []
  return [together({
    name: "import_document",
    kind: "import",
    nouns: many,
    writes: many.flatMap((noun) =>
      noun.writes === "its own"
        ? [["tag.create", makeTag(noun)] as const, ["tag.update", noun.batched!(noun)["update"]!] as const]
        : [
          ...entityWrites(noun).filter(({ name }) => /_(?:create|update)$/u.test(name)).map((write) =>
            [write.kind, write] as const
          ),
          ...noun.trash ? [["task.restore", restore(noun)] as const] : [],
          ...moving(noun)
        ]
    ),
    remember: "jsonb_build_object('plan', result -> 'plan')",
    after: `verdict := CASE WHEN ordinal > ${mostChanges} THEN 'many' ELSE import_document.op ->> 'refuse' END;
IF verdict IS NOT NULL THEN
  RAISE EXCEPTION 'refused' USING ERRCODE = 'TD001';
END IF;
`,
    result: "jsonb_build_object('plan', import_document.op -> 'plan')"
  })]
}
