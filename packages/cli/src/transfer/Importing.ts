import type { ImportPlan, PlannedThing } from "@todo/domain/transfer/Plan"
import { Clock, Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { asFailure } from "../client/HttpFailure.ts"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { checked } from "./Checked.ts"
import type { Things } from "./Document.ts"
import { nothing, partsOf } from "./Parts.ts"
import { linesOfProblems, planLines, titlesOf } from "./PlanText.ts"
import { readFileToImport } from "./ReadFile.ts"
import type { Source } from "./Sources.ts"

interface Wanted {
  readonly file: string
  readonly from: Source | undefined
  readonly dryRun: boolean
  readonly partial: boolean
  readonly overwrite: boolean
}

type Query = Pick<Wanted, "dryRun" | "partial" | "overwrite">

interface Answer {
  readonly plan: ImportPlan
  readonly operation: string | undefined
}

/** Sends a part, safe to be sent again where the answer is lost. */
const send = Effect.fnUntraced(function*(things: Things, query: Query) {
  const { transfer } = yield* ApiClient
  const { body, headers } = yield* transfer.import({
    payload: { version: 1, ...things },
    query,
    headers: { "idempotency-key": crypto.randomUUID() }
  })
  const { "operation-id": operation } = headers as { readonly "operation-id"?: string }
  return { plan: body, operation } satisfies Answer
})

const refusedBy = (
  problems: ReadonlyArray<PlannedThing>,
  titles: ReadonlyMap<string, string>,
  { dryRun }: Pick<Query, "dryRun">,
  count = problems.length
) =>
  new Failure({
    exitCode: ExitCode.usage,
    code: "import_refused",
    message: `${count} ${count === 1 ? "thing" : "things"} cannot be imported, and nothing ${
      dryRun ? "would be" : "was"
    }`,
    status: null,
    hints: [...linesOfProblems(problems, count, titles), "--partial imports the rest."]
  })

/**
 * A problem of a thing that names what a part before has, which was only tried: it would be there. The things that cannot be
 * imported are in no part that comes later.
 */
const isOfAnotherPart = ({ path, reason }: PlannedThing, thing: object | undefined, known: ReadonlySet<string>) => {
  const [member] = path ?? []
  const named = typeof member === "string"
    ? (thing as Readonly<Record<string, unknown>> | undefined)?.[member]
    : undefined
  return (reason === "reference_not_found" || reason === "task_not_found") && typeof named === "string" &&
    known.has(named)
}

/** What leaves something out so that nothing waits for itself is a problem where nothing is to be left out. */
const withoutCircle = ({ circular, ...thing }: PlannedThing): PlannedThing =>
  circular === undefined ? thing : {
    noun: thing.noun,
    id: thing.id,
    status: "problem",
    reason: "cycle",
    path: ["blockedBy"],
    detail: "The task would be below itself, or wait for itself"
  }

const noProblems = { create: 0, update: 0, unchanged: 0, kept: 0, problem: 0 }

/** Imports a document, in as many requests as it needs, and says how. */
const importThings = Effect.fnUntraced(function*(
  things: Things,
  wanted: Query,
  titles: ReadonlyMap<string, string>
) {
  const output = yield* Output
  const { showsProgress } = yield* Settings
  const parts = partsOf(things)
  const ask = (part: Things, query: Query) =>
    send(part, query).pipe(
      Effect.catchTag(
        "ImportRefused",
        ({ count, problems }) => Effect.fail(refusedBy(problems, titles, wanted, count))
      ),
      asFailure
    )
  const many = (part: Things) => Object.values(part).reduce((sum, { length }) => sum + length, 0)
  const total = many(things)

  const run = Effect.fnUntraced(function*(query: Query) {
    const begun = yield* Clock.currentTimeMillis
    const planned: Array<PlannedThing> = []
    const operations: Array<string> = []
    const known = new Set<string>()
    let sent = 0
    for (const part of parts) {
      // What is tried makes nothing that a part behind it could name.
      const answer = yield* ask(part, parts.length > 1 && query.dryRun ? { ...query, partial: true } : query)
      const byId = new Map(
        Object.values(part).flat().map((thing) => ["id" in thing ? thing.id : thing.name, thing] as const)
      )
      for (const answered of answer.plan.things) {
        const thing = wanted.partial ? answered : withoutCircle(answered)
        const status = thing.status === "problem" && query.dryRun && isOfAnotherPart(thing, byId.get(thing.id), known)
          ? "create"
          : thing.status
        planned.push(status === thing.status ? thing : { noun: thing.noun, id: thing.id, status })
        if (status !== "problem") known.add(thing.id)
      }
      if (answer.operation !== undefined) operations.push(answer.operation)
      sent += many(part)
      if (showsProgress && sent < total && (yield* Clock.currentTimeMillis) - begun > 1000) {
        yield* output.note(`${sent.toLocaleString("en")} of ${total.toLocaleString("en")}`)
      }
    }
    return { planned, operations, known }
  })

  const unlessRefused = <Run extends { readonly planned: ReadonlyArray<PlannedThing> }>(tried: Run) => {
    const problems = tried.planned.filter(({ status }) => status === "problem")
    return wanted.partial || problems.length === 0
      ? Effect.succeed(tried)
      : Effect.fail(refusedBy(problems, titles, wanted))
  }
  // Of several parts none is imported where one cannot be.
  if (parts.length > 1 && !wanted.partial && !wanted.dryRun) {
    yield* unlessRefused(yield* run({ ...wanted, dryRun: true }))
  }
  const { known, operations, planned } = yield* unlessRefused(yield* run(wanted))

  // Who waits for a task of a part behind its own waits for it from now on.
  const waiting = new Set(
    planned.flatMap(({ id, missing = [], status }) =>
      ["create", "update", "unchanged"].includes(status) && missing.some((id) => known.has(id)) ? [id] : []
    )
  )
  const inCircles = new Map<string, ReadonlyArray<string>>()
  if (waiting.size > 0 && !wanted.dryRun) {
    const tasks = things.tasks.filter(({ id }) => waiting.has(id))
    for (const part of partsOf({ ...nothing, tasks })) {
      // All is there by now: what would wait in a circle is left out, and told.
      const { operation, plan } = yield* ask(part, { ...wanted, overwrite: true, partial: true })
      if (operation !== undefined) operations.push(operation)
      for (const { circular, id } of plan.things) if (circular !== undefined) inCircles.set(id, circular)
    }
  }
  return {
    operations,
    things: planned.map(({ missing, ...thing }) => {
      const left = (missing ?? []).filter((id) => !known.has(id))
      const circular = inCircles.get(thing.id)
      return {
        ...thing,
        ...left.length > 0 && { missing: left },
        ...circular !== undefined && { circular }
      }
    })
  }
})

/** Imports a file, and what is to be printed of that. */
export const imported = Effect.fnUntraced(function*({ file, from, ...query }: Wanted) {
  const { document, notes } = yield* readFileToImport(file, from)
  const { problems, things } = checked(document)
  const titles = titlesOf(document)
  if (problems.length > 0 && !query.partial) return yield* refusedBy(problems, titles, query)
  const done = yield* importThings(things, query, titles)
  const planned = [...done.things, ...problems]
  const counts = { ...noProblems }
  for (const { status } of planned) counts[status]++
  return {
    json: () => ({ dryRun: query.dryRun, counts, things: planned, notes, operations: done.operations }),
    quiet: () => planned.filter(({ status }) => status === "create").map(({ as, id }) => as ?? id),
    human: () => planLines({ planned, notes, operations: done.operations, dryRun: query.dryRun, titles })
  }
})
