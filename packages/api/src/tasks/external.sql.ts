import { maxExtra, maxExtraBytes } from "@todo/domain/tasks/Extra"
import { answerOf, entityWrites, remember, replay } from "../database/functions/entity.sql.ts"
import { restore } from "../database/functions/trash.sql.ts"
import { indent, type RecordedBody } from "../database/functions/Write.sql.ts"
import type { Made, Rules, Table } from "../database/Table.ts"

/**
 * The one task `t` of an external id, if there is one. A range in its order: where a table was small when the plan was made, the
 * planner takes the primary key for as good, and would go through all that the user has by now.
 */
export const ofExternalId = (externalId: string, user = "uid") =>
  `t.user_id = ${user} AND t.external_id >= ${externalId} AND t.external_id <= ${externalId} ORDER BY t.external_id LIMIT 1`

/** Refuses where a task of the user's has the external id: there are as many writers as one, so that it stays so. */
const refuseTaken = (externalId: string) =>
  `result := (SELECT jsonb_build_object('id', t.id) FROM todo.tasks t WHERE ${ofExternalId(externalId)});
  IF result IS NOT NULL THEN
    verdict := 'external_id';
    EXIT work;
  END IF;
`

/** What tasks ask of what scripts call them. In the trash they keep it. */
export const rulesOfExternalIds: Rules = {
  create: {
    before: `IF body ->> 'externalId' IS NOT NULL THEN
  ${refuseTaken("(body ->> 'externalId')")}END IF;
`
  },
  update: {
    before: `IF was ? 'external_id' AND made.external_id IS NOT NULL THEN
  ${refuseTaken("made.external_id")}END IF;
`
  },
  undo: {
    // Of two things that have one after the other.
    oneByOne: (change) =>
      `coalesce(CASE WHEN ${change}.was IS NULL THEN ${change}.now ->> 'external_id' IS NOT NULL ELSE ${change}.was ? 'external_id' END, false)`,
    made: `CASE WHEN made.external_id IS NOT NULL AND EXISTS (
            SELECT FROM todo.tasks x WHERE x.user_id = uid AND x.external_id = made.external_id AND x.id <> j.id
          ) THEN 'taken' END`
  }
}

/** What is kept with a task: a patch changes what it names, and null takes away. */
export const madeOfExtra: Made = {
  read: (given, old) =>
    `CASE WHEN jsonb_typeof(${given}) = 'object' THEN nullif(jsonb_strip_nulls(coalesce(${old}, '{}') || (${given})), '{}') END`
}

/** Refuses where there is too much of it. */
const refuseExcess = `verdict := (
    SELECT CASE WHEN count(*) > ${maxExtra} THEN 'extra_of_task'
        WHEN sum(octet_length(e.key) + octet_length(e.value)) > ${maxExtraBytes} THEN 'extra_bytes' END
      FROM jsonb_each_text(made.extra) e
  );
  IF verdict IS NOT NULL THEN
    EXIT work;
  END IF;
`

/** What tasks ask of what is kept with them: of how much a new one is given the contract says, and a patch adds to what there is. */
export const rulesOfExtra: Rules = {
  update: {
    before: `IF was ? 'extra' AND made.extra IS NOT NULL THEN
  ${refuseExcess}END IF;
`
  }
}

/**
 * Makes the task of an external id, by `make`, or changes the one that there is, by `body`; one in the trash comes back. It
 * is the text of each of these writes. `afterwards` is what is done with what was made, too: it may be completed at once.
 */
export const put = (table: Table): RecordedBody => {
  const writes = new Map(entityWrites(table).map((write) => [write.kind, write.body]))
  return {
    name: `${table.noun}_put`,
    kind: `${table.noun}.put`,
    replay: replay(table),
    remember: `${remember} || jsonb_build_object('created', result -> 'created')`,
    answer: answerOf(table),
    body: `  DECLARE
    op jsonb := ${table.noun}_put.op;
    held todo.${table.name};
    created boolean;
  BEGIN
    SELECT * INTO held FROM todo.${table.name} t WHERE ${ofExternalId("(op ->> 'externalId')")};
    created := held.id IS NULL;
    IF NOT created THEN
      op := op || jsonb_build_object('id', held.id);
      IF held.trashed_at IS NOT NULL THEN
${indent(restore(table).body, 6)}        op := op - 'versions';
      END IF;
    ELSIF op ? 'versions' THEN
      verdict := 'absent';
    ELSIF NOT op ? 'make' THEN
      verdict := 'unmade';
    ELSE
      op := op || jsonb_build_object('body', op -> 'make');
      counter.last_number := counter.last_number + 1;
      counter.${table.name} := counter.${table.name} + 1;
${indent(writes.get(`${table.noun}.create`)!, 4)}      IF verdict IS NULL THEN
        UPDATE todo.counters c SET last_number = counter.last_number, ${table.name} = counter.${table.name} WHERE c.user_id = uid;
        op := op || jsonb_build_object('body', op -> 'afterwards');
      END IF;
    END IF;
    IF verdict IS NULL AND jsonb_typeof(op -> 'body') = 'object' THEN
${indent(writes.get(`${table.noun}.update`)!, 4)}    END IF;
    IF verdict IS NOT NULL THEN
      RAISE EXCEPTION 'refused' USING ERRCODE = 'TD001';
    END IF;
    result := result || jsonb_build_object('created', created);
  EXCEPTION WHEN SQLSTATE 'TD001' THEN
    ordinal := 0;
  END;
`
  }
}
