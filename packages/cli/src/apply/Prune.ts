import type { Task } from "@todo/domain/tasks/Task"
import { printable } from "../terminal/TerminalText.ts"
import type { Known } from "./Known.ts"
import type { PlannedTask } from "./Plan.ts"

/**
 * What becomes of the tasks of the set that no file has. What is below one goes to the trash with it, and so one is kept
 * that has something below it which no earlier run has made.
 */
export const prunedOf = (
  { below, left }: Pick<Known, "below" | "left">,
  planned: ReadonlyArray<PlannedTask>
): ReadonlyArray<PlannedTask> => {
  const ofSet = new Map<string, Task>(left.map((task) => [task.id, task]))
  const moved = new Map(
    planned.flatMap(({ id, patch: { parentId } }) => parentId === undefined ? [] : [[id, parentId]])
  )
  const inTheWay = (task: Task): ReadonlyArray<Task> =>
    below.filter(({ id, parentId }) => parentId === task.id && !moved.has(id))
      .filter((child) => !ofSet.has(child.id) || inTheWay(child).length > 0)
  const depthOf = ({ parentId }: Task): number => {
    const parent = parentId === null ? undefined : ofSet.get(parentId)
    return parent === undefined ? 0 : 1 + depthOf(parent)
  }
  // The deepest first: each is a deletion of its own.
  return left.toSorted((one, other) => depthOf(other) - depthOf(one)).map((task): PlannedTask => {
    const others = inTheWay(task)
    const named = others.map(({ number, title }) => `${number}  ${printable(title)}`).join(", ")
    return {
      action: others.length === 0 ? "remove" : "keep",
      id: task.id,
      externalId: task.externalId!,
      title: task.title,
      current: task,
      changes: [],
      patch: {},
      completed: undefined,
      parentId: task.parentId,
      isSaidDone: false,
      ...others.length > 0 && { because: `below it is what is not of the set: ${named}` }
    }
  })
}
