import type { ImportedComment } from "@todo/domain/transfer/Document"
import { comments } from "../comments/table.ts"
import { idTaken, type Moment, notThere, pastOf } from "./Compared.ts"
import type { Known } from "./Existing.ts"
import type { Place, Planning } from "./Planning.ts"

/** Plans the comments of a document, each known by its id. One stays on the task that it is on. */
export const planComments = (
  planning: Planning,
  document: ReadonlyArray<ImportedComment>,
  { idOf, rows }: Known,
  taskOf: (id: string) => string | undefined,
  now: Moment
) => {
  const claimed = new Set<string>()
  for (const [index, comment] of document.entries()) {
    const place: Place = { noun: "comment", index, id: comment.id }
    if (planning.isRefused(place)) continue
    const id = idOf(comment.id)
    const taskId = taskOf(comment.taskId)
    if (id === undefined || claimed.has(id)) {
      planning.problem(place, idTaken)
      continue
    }
    const row = rows.get(id)
    const as = { ...id !== comment.id && { as: id } }
    if (row === undefined && taskId === undefined) {
      planning.problem(place, notThere("task", ["taskId"]))
      continue
    }
    claimed.add(id)
    if (row === undefined) {
      planning.create(place, as)
      const createdAt = pastOf(comment.createdAt, now)
      planning.item(place, {
        op: "comment.create",
        id,
        body: comments.given({ taskId, text: comment.text }),
        ...createdAt !== undefined && { createdAt }
      })
      continue
    }
    const differs = [
      ...(taskId ?? comment.taskId) === row["task_id"] ? [] : ["taskId"],
      ...comment.text === row["text"] ? [] : ["text"]
    ]
    if (differs.length > 0 && taskId === undefined) {
      planning.problem(place, notThere("task", ["taskId"]))
    } else if (differs.includes("taskId")) {
      planning.problem(place, { reason: "id_taken", detail: "The comment is on another task here", path: ["taskId"] })
    } else if (planning.found(place, differs, as)) {
      planning.item(place, {
        op: "comment.update",
        id,
        versions: [row.version],
        body: comments.given({ text: comment.text })
      })
    }
  }
}
