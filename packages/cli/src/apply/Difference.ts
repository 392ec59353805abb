import type { Due } from "@todo/domain/dates/Due"
import type { ProjectId } from "@todo/domain/projects/Project"
import type { Task, TaskId } from "@todo/domain/tasks/Task"
import type { Entry } from "./Entries.ts"
import type { Mistake } from "./Mistakes.ts"
import type { ProjectPlan } from "./ProjectPlan.ts"
import type { ReadRepeat } from "./Repeats.ts"

/** A member that is another. */
export interface Change {
  readonly member: string
  readonly from: unknown
  readonly to: unknown
}

/** What is written of a task, but for whether it is done. */
export interface Patch {
  title?: string
  description?: string | null
  projectId?: ProjectId | null
  parentId?: TaskId | null
  tags?: ReadonlyArray<string>
  priority?: Task["priority"]
  start?: { readonly date: Due["date"]; readonly time: unknown; readonly timeZone: unknown } | null
  due?: Patch["start"]
  repeat?: { readonly rule?: string; readonly from?: string; readonly missed?: string; readonly text?: string } | null
  blockedBy?: ReadonlyArray<TaskId>
  extra?: Readonly<Record<string, string | null>>
}

/** The members that are compared. */
export type Compared = Pick<
  Task,
  | "title"
  | "description"
  | "projectId"
  | "parentId"
  | "tags"
  | "priority"
  | "start"
  | "due"
  | "repeat"
  | "blockedBy"
  | "extra"
  | "completed"
>

/** What a task is before there is one. */
export const nothing: Compared = {
  title: "",
  description: null,
  projectId: null,
  parentId: null,
  tags: [],
  priority: null,
  start: null,
  due: null,
  repeat: null,
  blockedBy: [],
  extra: {},
  completed: false
}

/** What the words and ids of files stand for. */
export interface Meaning {
  /** The task of an external id, which there may not be yet. */
  readonly idOf: (externalId: string) => TaskId | undefined
  /** What a task is called in the plan. */
  readonly nameOf: (id: TaskId) => string
  readonly projects: ProjectPlan
  readonly repeats: ReadonlyMap<Entry, ReadRepeat>
  readonly set: string | undefined
}

/** What is to become of a task. */
export interface Difference {
  readonly changes: ReadonlyArray<Change>
  readonly patch: Patch
  /** Whether it is to be done, or open again; undefined where that stays. */
  readonly completed: boolean | undefined
  readonly mistakes: ReadonlyArray<Mistake>
}

/** What is found while a task is compared, member by member. */
export interface Findings {
  readonly changes: Array<Change>
  readonly mistakes: Array<Mistake>
  readonly patch: Patch
  /** What is written of `extra`. */
  readonly extra: Record<string, string | null>
  change(member: string, from: unknown, to: unknown): void
  mistake(at: string, message: string): void
}

/** Nothing, by now. */
export const noFindings = (): Findings => {
  const changes: Array<Change> = []
  const mistakes: Array<Mistake> = []
  return {
    changes,
    mistakes,
    patch: {},
    extra: {},
    change: (member, from, to) => changes.push({ member, from, to }),
    mistake: (at, message) => mistakes.push({ at, message })
  }
}
