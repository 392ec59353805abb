import { type FilterTree, termsOf } from "../../../src/filter/FilterTree.ts"
import { folded, searchWords } from "../../../src/filter/Search.ts"
import type { SortKey } from "../../../src/filter/Sort.ts"
import { endOfDay, instantOf, type ModelDate, type ModelTask, type World } from "./World.ts"

type Value = string | number | null

/** Tasks in order: what has no value is last both ways, and ties are by number. */
export const inOrder = (
  keys: ReadonlyArray<SortKey>,
  tasks: ReadonlyArray<ModelTask>,
  tree: FilterTree,
  world: World
): ReadonlyArray<ModelTask> =>
  tasks.toSorted((one, other) => {
    for (const { descending, key } of keys) {
      const values = [valueOf(key, one, tree, world), valueOf(key, other, tree, world)] as const
      if (values[0] === values[1]) continue
      if (values[0] === null) return 1
      if (values[1] === null) return -1
      return values[0] < values[1] === descending ? 1 : -1
    }
    return one.number - other.number
  })

const valueOf = (key: SortKey["key"], task: ModelTask, tree: FilterTree, world: World): Value => {
  switch (key) {
    case "created":
      return task.createdAt
    case "changed":
      return task.updatedAt
    case "completed":
      return task.completedAt
    case "start":
    case "due":
      return placeOf(task[key], world)
    case "relevance":
      return isInTitle(task, tree) ? 0 : 1
    case "position":
      throw new Error("The place of a task is of its list, and no filter asks for it")
    case "title":
      return byCodePoints(folded(task.title))
    default:
      return task[key]
  }
}

/** A text that is in the order of code points where texts are compared by code units. */
const byCodePoints = (text: string) =>
  Array.from(text, (letter) => letter.codePointAt(0)!.toString(16).padStart(6, "0")).join("")

/** All-day is at the very end of its day, just before what is at the beginning of the next. */
const placeOf = (date: ModelDate | null, world: World) =>
  date === null ? null : instantOf(world, date) ?? endOfDay(world, date.date) - 0.5

const isInTitle = ({ title }: ModelTask, tree: FilterTree) =>
  termsOf(tree).every((term) =>
    !("search" in term) || searchWords(term.search).every((word) => folded(title).includes(word))
  )
