import { Result } from "effect"
import type { Client } from "pg"
import type { SchedulePatch } from "../../src/tasks/Schedule.ts"
import { scheduledCreation } from "../../src/tasks/ScheduledPatch.ts"
import { tasks } from "../../src/tasks/table.ts"

/** All that a new task may be told beside its title and description, but what it is below and waits for. */
export const members = (project: string) => ({
  projectId: project,
  priority: "p1",
  tags: ["home", "errands"],
  start: { date: "2998-12-30" },
  due: { date: "2999-01-01", time: "09:30", timeZone: "Europe/Berlin" },
  repeat: { rule: "FREQ=WEEKLY;BYDAY=MO,TH" },
  extra: { source: "mail", ticket: "A-17" }
} as const)

/** Gives each user a project, of their own id, and each task all of these members. */
export const giveMembers = async (database: Client): Promise<void> => {
  const { projectId: _, ...more } = members("")
  const { computed } = Result.getOrThrow(scheduledCreation(more as object as SchedulePatch))
  const given: Record<string, unknown> = { ...tasks.given(more), ...computed }
  await database.query(`INSERT INTO todo.projects (user_id, id, name, name_key, created_at, updated_at, version, seq)
    SELECT u."id", u."id", 'Work', 'work', now(), now(), 1, 0 FROM auth."user" u`)
  await database.query(
    `INSERT INTO todo.tags (user_id, id, name, name_key, created_at, updated_at, version, seq)
    SELECT u."id", gen_random_uuid(), t, t, now(), now(), 1, 0 FROM auth."user" u, unnest($1::text[]) t`,
    [more.tags]
  )
  await database.query("UPDATE todo.counters SET projects = 1, tags = $1::integer", [more.tags.length])
  const columns = [...tasks.members, ...tasks.own].filter(({ name }) => given[name] !== undefined)
  const values = columns.map(({ kind, name }) => kind === "jsonb" ? JSON.stringify(given[name]) : given[name])
  await database.query(
    `UPDATE todo.tasks SET project_id = user_id, external_id = 'issue-' || number,
      ${columns.map(({ column, kind }, i) => `${column} = $${i + 1}::${kind}`).join(", ")}`,
    values
  )
  await database.query("VACUUM ANALYZE")
}
