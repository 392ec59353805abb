import type { Task } from "@todo/domain/tasks/Task"
import { Effect, Fiber } from "effect"
import { allProjects } from "../projects/AllProjects.ts"
import { projectPathsFrom } from "../projects/ProjectPathsOf.ts"
import { Settings } from "../Settings.ts"
import { placeFrom, placeHere } from "./Place.ts"

/**
 * Asks for tasks, and beside them for what they are shown with, the paths of their projects and where their dates are read:
 * so a list takes one round trip. What they do not need is not waited for. Answers the tasks, and undefined for the rest
 * where what is printed is for programs and has none of it.
 */
export const withAround = Effect.fnUntraced(function*<A, E, R>(
  ask: Effect.Effect<A, E, R>,
  tasksOf: (answer: A) => ReadonlyArray<Pick<Task, "due" | "projectId" | "start">>
) {
  const { json, quiet } = yield* Settings
  if (json || quiet) return [yield* ask, undefined] as const
  const projects = yield* Effect.forkChild(allProjects())
  const place = yield* Effect.forkChild(placeHere)
  return yield* Effect.gen(function*() {
    const answer = yield* ask
    const tasks = tasksOf(answer)
    const around = yield* Effect.all({
      paths: projectPathsFrom(Fiber.join(projects))(tasks),
      place: placeFrom(Fiber.join(place))(tasks)
    })
    return [answer, around] as const
  }).pipe(Effect.ensuring(Fiber.interruptAll([projects, place])))
})

/** What tasks are shown with. */
export type Around = Effect.Success<ReturnType<typeof withAround>>[1]
