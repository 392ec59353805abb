import type { ExternalTask, NewTask, TaskPatch } from "@todo/domain/tasks/Task"
import { spellingKey } from "@todo/domain/text/Spelling"
import type { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Context, Effect, Layer, Result } from "effect"
import { SecureRandom } from "effect/crypto"
import { list } from "../database/List.ts"
import { type Refused, Writes } from "../database/Write.ts"
import { entityStore, there, type WrittenThing } from "../entity/EntityStore.ts"
import { mover } from "../entity/Mover.ts"
import { refusals, ruledBy } from "../entity/Refusals.ts"
import type { RequestKey } from "../http/RequestKey.ts"
import * as Randomness from "../Randomness.ts"
import { tagsByKey } from "../tags/onTasks.ts"
import { dateProblem } from "./DateRefusals.ts"
import { externalCreation } from "./ExternalCreation.ts"
import { hearing } from "./Hearing.ts"
import { listedTasks } from "./ListedTasks.ts"
import { taskList } from "./lists.ts"
import { taskProblems, taskRulings } from "./problems.ts"
import { type ReadPatch, type repeats, scheduledCreation, scheduledPatch } from "./ScheduledPatch.ts"
import { type Compute, scheduledWrite } from "./ScheduledWrite.ts"
import { tasks } from "./table.ts"

/** What the current user can do with their tasks. Another user's task is a task that does not exist. */
export class Tasks extends Context.Service<Tasks>()("todo/api/tasks/Tasks", {
  make: Effect.gen(function*() {
    const writes = yield* Writes
    const purge = writes.make("task_purge", "unknown")
    const remove = writes.make("task_remove", "unknown")
    const { ofChange: refuseChange, ofCreation } = refusals(tasks, ruledBy(taskProblems, taskRulings.change))
    const refusing = {
      change: refuseChange,
      tagging: refusals(tasks, ruledBy(taskProblems, taskRulings.tagging)).ofChange,
      removal: refusals(tasks, ruledBy(taskProblems, taskRulings.removal)).ofChange
    }
    /** Of one whose id the service has chosen. */
    const refuseCreation = (refused: Refused) => Effect.catchTag(ofCreation(refused), "IdTaken", Effect.die)
    const store = yield* entityStore(tasks, ruledBy(taskProblems, taskRulings.creation))
    const random = yield* SecureRandom.SecureRandom
    const update = writes.make("task_update", "unknown")
    const put = writes.make("task_put", "unknown")
    const tag = writes.make("task_tag")
    const heard = yield* hearing
    const tagging = (op: object) =>
      tag({ ...op }).pipe(Effect.catchTag("Refused", refusing.tagging), Effect.flatMap(there))
    return {
      ...store,
      ...yield* listedTasks,
      create: Effect.fnUntraced(function*(
        creation: NewTask
      ): Effect.fn.Return<
        WrittenThing,
        Effect.Error<ReturnType<typeof store.create>> | ReturnType<typeof dateProblem>,
        CurrentUser | RequestKey
      > {
        const scheduled = scheduledCreation(yield* heard(creation))
        if (Result.isFailure(scheduled)) return yield* dateProblem(scheduled.failure, { path: ["payload"] })
        return yield* store.create(creation, scheduled.success.computed)
      }),
      /** Applies a merge-patch if the version is among these; undefined: whatever it is. */
      update: (id: string, patch: TaskPatch, versions: ReadonlyArray<number> | undefined) =>
        Effect.flatMap(
          heard(patch),
          (read) =>
            scheduledWrite(update, { id, body: tasks.given(read), versions }, datesOf(read, versions)).pipe(
              Effect.catchTag("Refused", refusing.change),
              Effect.flatMap(there)
            )
        ),
      /** Makes the task of an external id, or applies the same merge-patch to it, if its version is among these. */
      put: Effect.fnUntraced(function*(
        externalId: string,
        sent: ExternalTask,
        versions: ReadonlyArray<number> | undefined
      ) {
        const patch = yield* heard(sent)
        const creation = externalCreation(externalId, patch)
        const op = { externalId, id: yield* random.uuidV7(), body: tasks.given(patch), versions }
        const refusePut = (
          refused: Refused
        ): Effect.Effect<
          never,
          Effect.Error<ReturnType<typeof refusing.change>> | Result.Result.Failure<typeof creation>
        > =>
          refused.verdict === "unmade" && Result.isFailure(creation)
            ? Effect.fail(creation.failure)
            : refused.verdict === "limit"
            ? refuseCreation(refused)
            : refusing.change(refused)
        return yield* scheduledWrite(
          put,
          Result.isSuccess(creation) ? { ...op, ...creation.success } : op,
          datesOf(patch, versions)
        ).pipe(
          Effect.catchTag("Refused", refusePut),
          // It is what it is called: there is one, or it is made.
          Effect.catchTag("ExternalIdTaken", Effect.die),
          Effect.flatMap(there)
        )
      }),
      /** Moves the task to the trash, with what is below it, if its version is among these. */
      remove: (id: string, among: ReadonlyArray<number> | undefined) =>
        Effect.catchTag(remove({ id, versions: among }), "Refused", refusing.removal),
      /** Puts tasks in order. */
      move: mover(writes, tasks, taskRulings.move),
      /** Lists without a filter, whose statements are prepared. */
      list: yield* list(tasks, taskList),
      /** Gives a task one more tag, if its version is among these. */
      tag: (id: string, name: string, among: ReadonlyArray<number> | undefined) =>
        tagging({ id, versions: among, add: tagsByKey([name]) }),
      /** Takes a tag off a task, if its version is among these. */
      untag: (id: string, name: string, among: ReadonlyArray<number> | undefined) =>
        tagging({ id, versions: among, remove: spellingKey(name) }),
      /** Deletes a task for good, wherever it is, if its version is among these. */
      purge: (id: string, among: ReadonlyArray<number> | undefined) =>
        Effect.catchTag(purge({ id, versions: among }), "Refused", refusing.removal)
    }
  })
}) {
  static readonly layer = Layer.effect(Tasks, Tasks.make).pipe(Layer.provide(Randomness.layer))
}

/** What a merge-patch makes of the dates that there are. */
const datesOf = (
  patch: ReadPatch,
  versions: ReadonlyArray<number> | undefined
): Compute<ReturnType<typeof dateProblem> | typeof repeats> =>
(was, place, now) =>
  Result.match(scheduledPatch(was, patch, { namesVersion: versions !== undefined, now, place }), {
    onFailure: (problem) =>
      Effect.fail(problem._tag === "Unprocessable" ? dateProblem(problem, { path: ["payload"] }) : problem),
    onSuccess: ({ computed }) => Effect.succeed(computed)
  })
