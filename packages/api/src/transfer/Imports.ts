import { InvalidFilter } from "@todo/domain/filter/FilterProblems"
import { LimitReached } from "@todo/domain/http/LimitReached"
import { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import { type ImportDocument, mostImported, nounsOfDocument } from "@todo/domain/transfer/Document"
import type { ImportPlan, PlannedThing } from "@todo/domain/transfer/Plan"
import type { ImportQuery } from "@todo/domain/transfer/TransferApi"
import { ImportRefused, mostProblemsNamed } from "@todo/domain/transfer/TransferProblems"
import { Clock, Context, Effect, Layer } from "effect"
import { mostChanges } from "../database/functions/Write.sql.ts"
import { type Refused, Writes, type Written } from "../database/Write.ts"
import { readable } from "../filter/TaskList.ts"
import { leftOut, type Loosened, looser } from "./Circles.ts"
import { existing } from "./Existing.ts"
import { planComments } from "./PlannedComments.ts"
import { planTags, planViews } from "./PlannedNames.ts"
import { planProjects } from "./PlannedProjects.ts"
import { planTasks } from "./PlannedTasks.ts"
import { keyOf, type Obstacle, Planning } from "./Planning.ts"
import { obstacleOf } from "./Refusals.ts"

/** How often things may turn out to be others than they were when the plan was made. */
const attempts = 5
/** How many things the database may refuse, one after the other, before the rest is not tried any more. */
const mostRefusals = 50

const tooManyChanges = Effect.fail(
  new LimitReached({
    detail: `It would change more than ${mostChanges.toLocaleString("en")} things: send it in parts`,
    limit: "changes",
    max: mostChanges
  })
)

const tooManyThings = Effect.fail(
  new LimitReached({
    detail: `A request brings ${mostImported.toLocaleString("en")} things at the most: send it in parts`,
    limit: "things",
    max: mostImported
  })
)

const refuse = (things: ReadonlyArray<PlannedThing>) => {
  const problems = things.filter(({ status }) => status === "problem")
  const [first] = problems
  return Effect.fail(
    new ImportRefused({
      detail: `${first!.detail}${problems.length > 1 ? `; and ${problems.length - 1} more` : ""}`,
      count: problems.length,
      problems: problems.slice(0, mostProblemsNamed)
    })
  )
}

const planOf = (things: ReadonlyArray<PlannedThing>, dryRun: boolean): ImportPlan => {
  const counts = { create: 0, update: 0, unchanged: 0, kept: 0, problem: 0 }
  for (const { status } of things) counts[status]++
  return { dryRun, counts, things }
}

const idsOf = (things: ReadonlyArray<{ readonly id: string }> = []) => things.map(({ id }) => id)

/** Imports documents into the account of the current user. */
export class Imports extends Context.Service<Imports>()("todo/api/transfer/Imports", {
  make: Effect.gen(function*() {
    const read = yield* existing
    const write = (yield* Writes).make("import_document", "long")

    const unreadableViews = (views: NonNullable<ImportDocument["views"]>) =>
      Effect.map(
        Effect.forEach(views, (view) =>
          readable(view).pipe(
            Effect.as(undefined),
            Effect.catchTag("InvalidFilter", ({ detail, parameter }: InvalidFilter) =>
              Effect.succeed<Obstacle>({
                reason: "invalid_filter",
                detail: detail ?? "The filter cannot be read",
                path: [parameter]
              }))
          )),
        (obstacles) => new Map(views.map((view, index) => [view, obstacles[index]]))
      )

    const plan = Effect.fnUntraced(function*(
      { comments = [], projects = [], tags = [], tasks = [], views = [] }: ImportDocument,
      query: ImportQuery,
      refused: ReadonlyMap<string, Obstacle>,
      loosened: ReadonlyMap<string, Loosened>
    ) {
      const now = yield* Clock.currentTimeMillis
      const planning = new Planning(query, refused)
      const knownProjects = yield* read.projects(idsOf(projects))
      const projectIds = planProjects(planning, projects, knownProjects, now)
      if (tags.length > 0) planTags(planning, tags, yield* read.tags)
      if (views.length > 0) {
        const unreadable = yield* unreadableViews(views)
        planViews(planning, views, yield* read.views(idsOf(views)), (view) => unreadable.get(view), now)
      }
      const referred = [
        ...tasks.flatMap(({ blockedBy, parentId }) => [...parentId == null ? [] : [parentId], ...blockedBy ?? []]),
        ...comments.map(({ taskId }) => taskId)
      ]
      const names = tasks.flatMap(({ externalId }) => externalId ?? [])
      const inDocument = new Set<string>(idsOf(projects))
      const taskOf = planTasks(planning, tasks, {
        known: yield* read.tasks(idsOf(tasks), referred),
        external: new Map((yield* read.external(names)).map((row) => [row["external_id"] as string, row])),
        projectOf: (id) => inDocument.has(id) ? projectIds.get(id) : knownProjects.rows.has(id) ? id : undefined,
        newFirst: yield* read.newFirst,
        now,
        leftOut: leftOut(tasks, loosened)
      })
      if (comments.length > 0) {
        planComments(planning, comments, yield* read.comments(idsOf(comments)), taskOf, now)
      }
      planning.finish()
      return planning
    })

    const run = Effect.fnUntraced(function*(document: ImportDocument, query: ImportQuery) {
      const { dryRun = false, partial = false } = query
      if (nounsOfDocument.reduce((sum, noun) => sum + (document[noun]?.length ?? 0), 0) > mostImported) {
        return yield* tooManyThings
      }
      const refused = new Map<string, Obstacle>()
      const loosened = new Map<string, Loosened>()
      for (let left = attempts; left > 0;) {
        const { items, places, things } = yield* plan(document, query, refused, loosened)
        const made = planOf(things, dryRun)
        const isRefused = made.counts.problem > 0 && !partial
        const outcome = yield* write({
          items: isRefused ? [] : items,
          plan: made,
          refuse: isRefused ? "problems" : dryRun ? "tried" : null
        }).pipe(
          Effect.catchTag("Refused", (refused) => Effect.succeed(refused))
        )
        if (!isRefusal(outcome)) return { ...outcome, plan: outcome["plan"] as ImportPlan }
        switch (outcome.verdict) {
          case "problems":
            return yield* refuse(things)
          case "tried":
            return { plan: made } as Written & { readonly plan: ImportPlan }
          case "many":
            return yield* tooManyChanges
        }
        const place = places[outcome.more["index"] as number]!
        const obstacle = obstacleOf(outcome, place)
        // What waits in a circle is imported, but for what closes the circle.
        const loose = partial && place.noun === "task" && obstacle?.reason === "cycle"
          ? looser(loosened.get(place.id))
          : undefined
        if (obstacle === undefined) left--
        else if (refused.size + loosened.size >= mostRefusals) {
          return yield* refuse([...things, { ...place, status: "problem", ...obstacle }])
        } else if (loose !== undefined) loosened.set(place.id, loose)
        else refused.set(keyOf(place), obstacle)
      }
      return yield* new ServiceUnavailable({ detail: "What is to be imported changes all the time" })
    })

    return { run }
  })
}) {
  static readonly layer = Layer.effect(Imports, Imports.make)
}

const isRefusal = (outcome: Written | Refused): outcome is Refused => "_tag" in outcome && outcome._tag === "Refused"
