import type { Due } from "@todo/domain/dates/Due"
import type { Task, TaskId } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { asFailure } from "../client/HttpFailure.ts"
import { suggestion } from "../commandLine/Suggestion.ts"
import { usage } from "../failures/Failure.ts"
import { projectIdOf } from "../projects/ProjectOption.ts"
import { projectPathsOf } from "../projects/ProjectPathsOf.ts"
import { readDates } from "./ReadDates.ts"
import type { DraftMember } from "./TaskDraft.ts"
import { taskIdOf, taskIdsOf } from "./TaskIds.ts"

/** What is told of a value is too much of it: the other tasks are named by their numbers. */
const dateText = (due: Due | null): string =>
  due === null ? "" : "time" in due ? [due.date, due.time, due.timeZone ?? []].flat().join(" ") : due.date

/** A list of names, of which a comma is in none: those that have one are left to options. */
const listOf = (text: string): ReadonlyArray<string> =>
  text.split(",").map((item) => item.trim()).filter((item) => item !== "")

/** What a list of YAML or JSON has, and no name: of what is new only. */
const isQuoted = (name: string): boolean => /^[[\]"'{]|["'\]}]$/.test(name)

/** The names of tags as a draft has them; `before` are those that the task has. */
const tagsOf = Effect.fnUntraced(function*(text: string, before: ReadonlyArray<string>) {
  const names = listOf(text).map((tag) => tag.replace(/^@/, ""))
  const wrong = names.filter((name) => isQuoted(name) && !before.includes(name))
  if (wrong.length === 0) return names
  return yield* usage(
    `tags: ${wrong.join(", ")} is no name of a tag`,
    "Names stand with commas between them, without brackets and quotes: tags: home, errand",
    "`todo tag add` takes any name."
  )
})

/** The members of a task, in the order in which a draft has them. */
export const draftMembers = Effect.fn("draftMembers")(function*(task: Task) {
  const { tasks } = yield* ApiClient
  const numberOf = (id: TaskId) =>
    Effect.map(
      Effect.option(tasks.get({ params: { id }, query: {}, headers: {} })),
      (answer) => answer._tag === "Some" && answer.value !== undefined ? [String(answer.value.body.number)] : []
    )
  const above = yield* Effect.forEach(task.parentId === null ? [] : [task.parentId], numberOf)
  const blockers = yield* Effect.forEach(task.blockedBy, numberOf)
  const paths = yield* projectPathsOf([task])
  const { due, priority, projectId, repeat, start, tags } = task
  return [
    {
      name: "project",
      value: projectId === null ? "" : paths.get(projectId) ?? projectId,
      comment: "The project it is in, by its name or path; none is the Inbox."
    },
    { name: "priority", value: priority ?? "", comment: "p1, p2 or p3." },
    { name: "tags", value: tags.join(", "), comment: "Names with commas between them." },
    {
      name: "start",
      value: dateText(start),
      comment: "Before, it is not ready. In figures or words: 2026-10-05 18:30, next friday."
    },
    { name: "due", value: dateText(due), comment: "The same." },
    {
      name: "repeat",
      value: repeat === null ? "" : repeat.text ?? repeat.rule,
      comment: "every monday, every! 3 days, or an RRULE."
    },
    { name: "below", value: above.flat().join(", "), comment: "The task that it is a part of, by its number." },
    {
      name: "waits for",
      value: blockers.flat().join(", "),
      comment: "Tasks that have to be done before, by their numbers."
    }
  ] satisfies ReadonlyArray<DraftMember>
})

const orNone = (text: string): string | null => text === "" ? null : text

/** What changed members are in a patch. Fails with the name of one that there is not. */
export const patchOf = Effect.fnUntraced(function*(
  changed: ReadonlyMap<string, string>,
  members: ReadonlyArray<DraftMember>
) {
  const names = members.map(({ name }) => name)
  for (const [name, value] of changed) {
    if (!names.includes(name)) {
      return yield* usage(
        `There is no member ${JSON.stringify(value === "" ? name : `${name}: ${value}`)}`,
        ...[suggestion(name, names) ?? []].flat()
      )
    }
  }
  const given = <A>(name: string, read: (text: string) => A): A | undefined => {
    const text = changed.get(name)
    return text === undefined ? undefined : read(text)
  }
  const project = given("project", orNone)
  const parent = given("below", orNone)
  const blockers = given("waits for", listOf)
  const tags = given("tags", (text) => text)
  const tagsBefore = listOf(members.find(({ name }) => name === "tags")?.value ?? "")
  return {
    ...yield* readDates({ start: given("start", orNone), due: given("due", orNone), repeat: given("repeat", orNone) }),
    projectId: yield* asFailure(projectIdOf(project)),
    priority: given("priority", (text) => orNone(text.toLowerCase()) as Task["priority"]),
    tags: tags === undefined ? undefined : yield* tagsOf(tags, tagsBefore),
    parentId: yield* asFailure(taskIdOf(parent)),
    blockedBy: blockers === undefined ? undefined : yield* asFailure(taskIdsOf(blockers))
  }
})
