import type { Task, TaskId } from "@todo/domain/tasks/Task"
import { Effect, Result } from "effect"
import { Settings } from "../Settings.ts"
import { circlesIn, type Linked } from "./Circles.ts"
import { hasWords } from "./DateDifferences.ts"
import { type Change, type Compared, type Difference, nothing, type Patch } from "./Difference.ts"
import { differencesOf } from "./Differences.ts"
import type { Entry, Wanted } from "./Entries.ts"
import type { Known } from "./Known.ts"
import { type Mistake, mistaken } from "./Mistakes.ts"
import { newId } from "./NewId.ts"
import { type NewOne, projectPlan } from "./ProjectPlan.ts"
import { prunedOf } from "./Prune.ts"
import { readRepeats } from "./Repeats.ts"
import { dueOf, isRule } from "./SaidDates.ts"

/** What is to be done with a task; `keep` is what a prune leaves, because of what is below it. */
export type Action = "create" | "change" | "restore" | "remove" | "keep" | "unchanged"

/** A task of a plan. */
export interface PlannedTask {
  readonly action: Action
  readonly id: TaskId
  readonly externalId: string
  readonly title: string
  /** The task as it is; undefined where there is none yet. */
  readonly current: Task | undefined
  readonly changes: ReadonlyArray<Change>
  readonly patch: Patch
  readonly completed: boolean | undefined
  /** What it is below then, where that is known. */
  readonly parentId: TaskId | null
  /** Whether the file says that it is done. */
  readonly isSaidDone: boolean
  /** Why it is kept. */
  readonly because?: string
}

/** What has to be done so that all is as files say. */
export interface Plan {
  readonly set: string | undefined
  readonly tasks: ReadonlyArray<PlannedTask>
  readonly projects: ReadonlyArray<NewOne>
  /** What comes out of the trash with what it is below: its version is another by then. */
  readonly along: ReadonlySet<string>
  /** What is in the trash, and is to stay there when what it was below comes out of it; the deepest first. */
  readonly back: ReadonlyArray<Task>
}

/** Whether nothing is to be done. */
export const isEmpty = ({ projects, tasks }: Plan): boolean =>
  projects.length === 0 && tasks.every(({ action }) => action === "unchanged" || action === "keep")

const spokenRepeats = (entries: ReadonlyArray<Entry>, currentOf: (entry: Entry) => Compared) =>
  entries.flatMap((entry) => {
    const { due: text, repeat: words } = entry.said
    const current = currentOf(entry)
    if (typeof words !== "string" || isRule(words) || hasWords(current, words)) return []
    const due = text == null ? current.due : dueOf(text)
    return due == null ? [] : [{ entry, words, due }]
  })

const actionOf = (current: Task | undefined, isTrashed: boolean, { changes }: Difference): Action =>
  current === undefined ? "create" : isTrashed ? "restore" : changes.length > 0 ? "change" : "unchanged"

/** Where tasks would wait for themselves, with what there is already. */
const circlesThen = (
  entries: ReadonlyArray<Entry>,
  planned: ReadonlyArray<PlannedTask>,
  known: Known,
  nameOf: (id: string) => string
) =>
  circlesIn(
    new Map<string, Linked>([
      ...[...known.tasks.values()].map(({ blockedBy, id, parentId }) =>
        [id, { after: blockedBy, parent: parentId, entry: undefined }] as const
      ),
      ...planned.map(({ current, id, parentId, patch }, index) =>
        [id, {
          after: patch.blockedBy ?? current?.blockedBy ?? [],
          parent: parentId,
          entry: entries[index]
        }] as const
      )
    ]),
    nameOf
  )

/** Compares what files say with what there is. Fails (exit code 2) where the files say what cannot be. */
export const planOf = Effect.fn("planOf")(function*({ entries, set }: Wanted, known: Known) {
  const { json } = yield* Settings
  const currents = new Map(
    entries.map((entry) => [entry, known.tasks.get(entry.externalId) ?? known.trashed.get(entry.externalId)] as const)
  )
  const ids = new Map<string, TaskId>([
    ...[...known.tasks].map(([externalId, { id }]) => [externalId, id] as const),
    ...[...currents].map(([{ externalId }, current]) => [externalId, current?.id ?? newId<TaskId>()] as const)
  ])
  const names = new Map<string, string>([
    ...known.names,
    ...[...ids].map(([externalId, id]) => [id, externalId] as const)
  ])
  const projects = projectPlan(known.projects)
  const repeats = yield* readRepeats(spokenRepeats(entries, (entry) => currents.get(entry) ?? nothing))
  const mistakes: Array<Mistake> = []
  const tasks = entries.map((entry): PlannedTask => {
    const { externalId, parent, said } = entry
    const current = currents.get(entry)
    const isTrashed = current !== undefined && !known.tasks.has(externalId)
    const difference = differencesOf(entry, current ?? nothing, {
      idOf: (id) => ids.get(id),
      nameOf: (id) => names.get(id) ?? id,
      projects,
      repeats,
      set
    })
    mistakes.push(...difference.mistakes)
    if (current === undefined && said.title === undefined) {
      mistakes.push({ at: entry.at(), message: "There is no such task yet, and to be made it needs a title" })
    }
    const parentId = parent === undefined ? current?.parentId ?? null : parent === null ? null : ids.get(parent) ?? null
    const project = said.project === undefined ? undefined : said.project === null ? null : projects.idOf(said.project)
    // What it was in, or below, may be gone by now: it comes back without.
    const place = !isTrashed
      ? {}
      : parent !== undefined
      ? { parentId }
      : project === undefined
      ? {}
      : { projectId: project === null || Result.isFailure(project) ? null : project.success }
    return {
      action: actionOf(current, isTrashed, difference),
      id: ids.get(externalId)!,
      externalId,
      title: said.title ?? current?.title ?? "",
      current,
      changes: difference.changes,
      patch: { ...difference.patch, ...place },
      completed: difference.completed,
      parentId,
      isSaidDone: said.completed === true
    }
  })
  if (mistakes.length === 0) mistakes.push(...circlesThen(entries, tasks, known, (id) => names.get(id) ?? id))
  if (mistakes.length > 0) return yield* mistaken(mistakes, json)
  return {
    set,
    projects: projects.made(),
    along: new Set(known.along.map(({ id }) => id)),
    back: known.back,
    tasks: [...tasks, ...prunedOf(known, tasks)]
  } satisfies Plan
})
