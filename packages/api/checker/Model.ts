import { type Change, Draft } from "./Draft.ts"
import type { Intent, Item } from "./Intent.ts"
import { undoChange } from "./modelUndo.ts"
import { shown, type Stored, unsaid } from "./Task.ts"

/** What comes of a write: changes, of which none is no operation, and what is answered; or that it is refused. */
export type Outcome =
  | { readonly done: true; readonly changes: ReadonlyArray<Change>; readonly status: number; readonly answer: unknown }
  | { readonly done: false; readonly status: number; readonly code: string; readonly more: object }

/** An operation that was done. */
export interface Operation {
  readonly id: string
  readonly kind: string
  readonly session: string | undefined
  readonly changes: ReadonlyArray<Change>
  readonly undoes: string | null
  undoneBy: string | null
}

const refused = (status: number, code: string, more: object = {}): Outcome => ({ done: false, status, code, more })

/** Where a task stands that nobody has moved: its number, so that they are in order as texts. */
const placeOf = (number: number) => (0x8000_0000 + number).toString(16)

const absent = refused(404, "task_not_found")

/** What a user has, and what each write has to do to it: the documents' words as a program, without a database. */
export class Model {
  readonly tasks = new Map<string, Stored>()
  readonly operations = new Map<string, Operation>()
  readonly #inOrder: Array<Operation> = []
  #lastNumber = 0

  /**
   * What has to come of a write that is done now. What `listed` says a deletion of a list has seen is taken for granted.
   */
  attempt(intent: Intent, session: string, at: string, listed: ReadonlyArray<string> = []): Outcome {
    const draft = new Draft(this.tasks, at)
    const done = (status: number, answer: unknown): Outcome => ({ done: true, changes: draft.changes, status, answer })
    switch (intent.op) {
      case "task.create":
      case "task.update":
      case "task.remove":
      case "task.restore": {
        const outcome = this.#item(draft, intent)
        if ("done" in outcome) return outcome
        return done(outcome.status, outcome.status === 204 ? undefined : shown(outcome.task))
      }
      case "list.remove":
        for (const id of listed) {
          const task = draft.get(id)
          if (task?.trashedAt === null && (task.completedAt !== null) === intent.completed) {
            draft.patch(task, { trashedAt: at })
          }
        }
        return done(200, { count: draft.changes.length })
      case "batch": {
        const results: Array<object> = []
        for (const [index, item] of intent.operations.entries()) {
          const outcome = this.#item(draft, item)
          if ("done" in outcome) return outcome.done ? outcome : { ...outcome, more: { index } }
          const { status, task: { id, number, version } } = outcome
          results.push({ status, id, number, version })
        }
        return done(200, { results })
      }
      case "undo":
        return this.#undo(draft, intent.id, intent.partial, session)
      case "nonsense":
        return refused(intent.status, intent.code)
    }
  }

  /** Notes an operation, and what it has changed. */
  apply(operation: Operation) {
    for (const { id, now } of operation.changes) {
      if (now === null) this.tasks.delete(id)
      else {
        this.tasks.set(id, now)
        this.#lastNumber = Math.max(this.#lastNumber, now.number)
      }
    }
    this.operations.set(operation.id, operation)
    this.#inOrder.push(operation)
    let undone = operation.undoes === null ? undefined : this.operations.get(operation.undoes)
    let by: string | null = operation.id
    while (undone !== undefined) {
      undone.undoneBy = by
      by = by === null ? undone.id : null
      undone = undone.undoes === null ? undefined : this.operations.get(undone.undoes)
    }
  }

  #item(draft: Draft, item: Item): Outcome | { readonly status: number; readonly task: Stored } {
    if (item.op === "task.create") {
      const { at } = draft
      const { body } = item
      if (draft.get(body.id) !== undefined) return refused(409, "id_taken")
      const number = this.#lastNumber + ++draft.made
      const position = placeOf(number)
      const now = { ...unsaid, ...body, number, position, createdAt: at, updatedAt: at, version: 1 }
      draft.write({ id: body.id, was: null, now })
      return { status: 201, task: now }
    }
    const task = draft.get(item.id)
    if (task === undefined || item.op !== "task.restore" && task.trashedAt !== null) return absent
    if (item.version !== undefined && item.version !== task.version) return refused(412, "task_changed")
    if (item.op === "task.remove") return { status: 204, task: draft.patch(task, { trashedAt: draft.at }) }
    if (item.op === "task.restore") return { status: 200, task: draft.patch(task, { trashedAt: null }) }
    const { completed, ...members } = item.body
    return {
      status: 200,
      task: draft.patch(task, {
        ...members,
        ...completed !== undefined && { completedAt: completed ? task.completedAt ?? draft.at : null }
      })
    }
  }

  #undo(draft: Draft, id: string | undefined, partial: boolean, session: string): Outcome {
    const target = id === undefined
      ? this.#inOrder.findLast((operation) =>
        operation.session === session && operation.kind !== "undo" && operation.undoneBy === null
      )
      : this.operations.get(id)
    if (target === undefined) {
      return id === undefined ? refused(409, "nothing_to_undo") : refused(404, "operation_not_found")
    }
    if (target.undoneBy !== null) return refused(409, "not_undoable")
    const obstacles = target.changes.toReversed().flatMap((change) => undoChange(draft, change) ?? [])
    if (obstacles.length > 0 && (!partial || draft.changes.length === 0)) {
      const changes = [...new Map(obstacles.map((obstacle) => [obstacle.id, obstacle])).values()]
      return refused(409, "changed_since", { changes })
    }
    return {
      done: true,
      changes: draft.changes,
      status: 200,
      answer: { undoes: target.id, count: draft.changes.length }
    }
  }
}
