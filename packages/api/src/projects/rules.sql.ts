import { maxProjectDepth } from "@todo/domain/projects/Project"
import type { Rules } from "../database/Table.ts"

/** How far anything goes up or down: no further than there may be levels, also where the tables were in a circle. */
const furthest = 2 * maxProjectDepth

/** The projects above and below which a write of the user's goes; none of them changes meanwhile (docs/adr/0026). */
export const projectFunctions = [
  // Why nothing can be written into a project: 'reference' where there is none, 'archived' where it is since then, or one
  // above it.
  `CREATE OR REPLACE FUNCTION todo.project_obstacle(uid uuid, project uuid, since timestamptz DEFAULT '-infinity') RETURNS text
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
    DECLARE
      archived timestamptz;
      above uuid := project;
    BEGIN
      FOR level IN 1..${furthest} LOOP
        SELECT p.parent_id, p.archived_at INTO above, archived FROM todo.projects p WHERE p.user_id = uid AND p.id = above;
        IF NOT FOUND THEN
          RETURN 'reference';
        ELSIF archived > since THEN
          RETURN 'archived';
        END IF;
        EXIT WHEN above IS NULL;
      END LOOP;
      RETURN NULL;
    END $$`,
  // Those that are archived, and those below them: asked for once for a list.
  `CREATE OR REPLACE FUNCTION todo.archived_projects(uid uuid) RETURNS uuid[]
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
    BEGIN
      IF NOT EXISTS (SELECT FROM todo.projects p WHERE p.user_id = uid AND p.archived_at IS NOT NULL) THEN
        RETURN '{}';
      END IF;
      RETURN ARRAY(
        WITH RECURSIVE archived AS (
          SELECT p.id FROM todo.projects p WHERE p.user_id = uid AND p.archived_at IS NOT NULL
          UNION
          SELECT p.id FROM archived a JOIN todo.projects p ON p.user_id = uid AND p.parent_id = a.id
        )
        SELECT a.id FROM archived a
      );
    END $$`,
  // The project and those below it, each with how far below it is.
  `CREATE OR REPLACE FUNCTION todo.projects_below(uid uuid, project uuid) RETURNS TABLE (id uuid, depth integer)
    LANGUAGE sql STABLE SET search_path = '' AS $$
      WITH RECURSIVE below AS (
        SELECT project AS id, 0 AS depth
        UNION ALL
        SELECT p.id, b.depth + 1 FROM below b JOIN todo.projects p ON p.user_id = uid AND p.parent_id = b.id
          WHERE b.depth < ${furthest}
      )
      SELECT b.id, b.depth FROM below b
    $$`,
  // Why a project cannot be below another, called so; null where it can.
  `CREATE OR REPLACE FUNCTION todo.project_misfit(uid uuid, project uuid, parent uuid, key text) RETURNS text
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
    DECLARE
      above uuid := parent;
      levels integer := 0;
    BEGIN
      WHILE above IS NOT NULL AND levels < ${furthest} LOOP
        IF above = project THEN
          RETURN 'cycle';
        END IF;
        levels := levels + 1;
        SELECT p.parent_id INTO above FROM todo.projects p WHERE p.user_id = uid AND p.id = above;
        IF NOT FOUND THEN
          RETURN 'reference';
        END IF;
      END LOOP;
      IF levels + 1 + (SELECT max(b.depth) FROM todo.projects_below(uid, project) b) > ${maxProjectDepth} THEN
        RETURN 'depth';
      END IF;
      IF EXISTS (
        SELECT FROM todo.projects p WHERE p.user_id = uid AND p.parent_id IS NOT DISTINCT FROM parent
          AND p.name_key = key COLLATE "C" AND p.id <> project
      ) THEN
        RETURN 'name';
      END IF;
      RETURN NULL;
    END $$`
]

/** Refuses for a reference in the body, if there is a verdict. */
const refuse = (member: string) =>
  `IF verdict IS NOT NULL THEN
  result := jsonb_build_object('path', jsonb_build_array('${member}'));
  EXIT work;
END IF;
`

/** The same inside of another statement, whose indent is there. */
const inside = (text: string) => text.replaceAll(/\n(?=.)/g, "\n  ")

/** When what is undone was done: what was archived already is as it was. */
const then = "(SELECT o.at FROM todo.operations o WHERE o.user_id = uid AND o.seq = undone)"

/** What a project has to be like beside others. */
export const projectRules: Rules = {
  create: {
    before: `verdict := coalesce(
  CASE WHEN body ->> 'parentId' IS NOT NULL THEN todo.project_obstacle(uid, (body ->> 'parentId')::uuid) END,
  todo.project_misfit(uid, (op ->> 'id')::uuid, (body ->> 'parentId')::uuid, body ->> 'nameKey')
);
${refuse("parentId")}`
  },
  update: {
    before: `IF was ? 'parent_id' OR was ? 'name_key' THEN
  verdict := coalesce(
    CASE WHEN was ? 'parent_id' AND made.parent_id IS NOT NULL THEN todo.project_obstacle(uid, made.parent_id) END,
    todo.project_misfit(uid, old.id, made.parent_id, made.name_key)
  );
  ${inside(refuse("parentId"))}END IF;
`
  },
  undo: {
    oneByOne: () => "true",
    made: `CASE coalesce(
            CASE WHEN j.was ? 'parent_id' AND made.parent_id IS NOT NULL
              THEN todo.project_obstacle(uid, made.parent_id, ${then}) END,
            todo.project_misfit(uid, j.id, made.parent_id, made.name_key)
          ) WHEN 'reference' THEN 'project_gone' WHEN 'archived' THEN 'project_archived' WHEN 'name' THEN 'taken'
            WHEN 'depth' THEN 'limit' WHEN 'cycle' THEN 'cycle' END`,
    taken: `CASE WHEN EXISTS (
            SELECT FROM todo.tasks x WHERE x.user_id = uid AND x.project_id = j.id AND x.trashed_at IS NULL
          ) OR EXISTS (SELECT FROM todo.projects x WHERE x.user_id = uid AND x.parent_id = j.id) THEN 'referred' END`
  }
}

/** Whether the project of a row is archived, or one above it: of what is in none it is not asked. */
export const archivedOf = (row: string, user: string) => ({
  archived:
    `${row}.project_id IS NOT NULL AND ${row}.project_id = ANY ((SELECT todo.archived_projects(${user}))::uuid[])`
})

/** The project of a task that could be written is not archived: an answer need not look again. */
const isInLiving = `IF made.project_id IS NOT NULL THEN
  result := jsonb_set(result, '{thing,archived}', 'false');
END IF;
`

/** What a task may ask of the project that it is in: nothing where it is in none. */
export const inProjectRules: Rules = {
  columns: ["project_id", "position"],
  create: {
    before: `IF body ->> 'projectId' IS NOT NULL THEN
  verdict := todo.project_obstacle(uid, (body ->> 'projectId')::uuid);
  ${inside(refuse("projectId"))}END IF;
`,
    after: isInLiving
  },
  place: `IF made.project_id IS NOT NULL THEN
  verdict := todo.project_obstacle(uid, made.project_id);
  ${inside(refuse("projectId"))}END IF;
`,
  update: { after: isInLiving },
  restore: {
    before: `IF made.project_id IS NOT NULL THEN
  verdict := todo.project_obstacle(uid, made.project_id);
  -- What was in a project that is gone comes back into the Inbox.
  IF verdict = 'reference' THEN
    verdict := NULL;
    was := was || jsonb_build_object('project_id', old.project_id, 'position', old.position);
    made.project_id := NULL;
    made.position := NULL;
  END IF;
  ${inside(refuse("projectId"))}END IF;
`
  },
  undo: {
    made: `CASE WHEN made.project_id IS NOT NULL AND made.trashed_at IS NULL THEN
            'project_' || CASE todo.project_obstacle(uid, made.project_id, ${then})
              WHEN 'reference' THEN 'gone' WHEN 'archived' THEN 'archived' END END`
  },
  answer: `  IF result #> '{thing,project_id}' <> 'null' AND NOT result -> 'thing' ? 'archived' THEN
    result := jsonb_set(result, '{thing,archived}', to_jsonb(
      todo.project_obstacle(uid, (result #>> '{thing,project_id}')::uuid) IS NOT DISTINCT FROM 'archived'
    ));
  END IF;
`
}
