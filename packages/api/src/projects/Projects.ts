import type { ProjectQuery, ProjectRemoval } from "@todo/domain/projects/ProjectPage"
import type { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Context, Effect, Layer } from "effect"
import type { DoorError } from "../database/Door.ts"
import { Writes } from "../database/Write.ts"
import { atVersions, entityStore, type WrittenThing } from "../entity/EntityStore.ts"
import { mover } from "../entity/Mover.ts"
import * as Randomness from "../Randomness.ts"
import { moveProblems, projectProblems } from "./problems.ts"
import { type CountedRow, projectReads } from "./ProjectReads.ts"
import { refuseRemoval, removalOf } from "./Removal.ts"
import { projects } from "./table.ts"

/** What the current user can do with their projects. Another user's project is a project that does not exist. */
export class Projects extends Context.Service<Projects>()("todo/api/projects/Projects", {
  make: Effect.gen(function*() {
    const writes = yield* Writes
    const store = yield* entityStore(projects, projectProblems)
    const { list, one } = yield* projectReads
    const removeThing = writes.make("project_remove", "unknown")
    const expected = atVersions(projectProblems)

    /** What was written, with how many tasks there are now; they are none of its own where it is gone since. */
    const counted = (written: WrittenThing): Effect.Effect<WrittenProject, DoorError, CurrentUser> =>
      Effect.map(one(written.thing.id), ([now]) => ({
        ...written,
        thing: { ...written.thing, counts: now?.counts ?? { open: 0, done: 0 } }
      }))

    return {
      list: ({ archived, ...query }: ProjectQuery) =>
        list({ ...query, choice: archived === undefined ? "all" : archived ? "archived" : "living" }),
      create: (creation: Parameters<typeof store.create>[0]) => Effect.flatMap(store.create(creation), counted),
      get: (id: string, versions: ReadonlyArray<number> | undefined) =>
        Effect.flatMap(one(id), ([project]) => Effect.as(expected(project, versions), project!)),
      update: (id: string, patch: object, versions: ReadonlyArray<number> | undefined) =>
        Effect.flatMap(store.update(id, patch, versions), counted),
      /** Puts projects in order. */
      move: mover(writes, projects, moveProblems),
      /** Deletes a project, with what it has or after that has moved, if its version is among these. */
      remove: (id: string, removal: ProjectRemoval, versions: ReadonlyArray<number> | undefined) =>
        Effect.catchTag(
          removeThing({ id, versions, ...removalOf(removal) }),
          "Refused",
          refuseRemoval
        )
    }
  })
}) {
  static readonly layer = Layer.effect(Projects, Projects.make).pipe(Layer.provide(Randomness.layer))
}

/** A project that was written. */
export interface WrittenProject extends WrittenThing {
  readonly thing: CountedRow
}
