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

const refusedBy = (problems: ReadonlyArray<PlannedThing>, count: number, titles: ReadonlyMap<string, string>) =>
  new Failure({
    exitCode: ExitCode.usage,
    code: "import_refused",
    message: `${count} ${count === 1 ? "thing" : "things"} cannot be imported, and nothing was`,
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

const noProblems = { create: 0, update: 0, unchanged: 0, kept: 0, problem: 0 }

/** Imports a document, in as many requests as it needs, and says how. */
const importThings = Effect.fnUntraced(function*(
  things: Things,
  query: Query,
  titles: ReadonlyMap<string, string>
) {
  const output = yield* Output
  const { showsProgress } = yield* Settings
  const parts = partsOf(things)
  const ask = (part: Things, query: Query) =>
    send(part, query).pipe(
      Effect.catchTag("ImportRefused", ({ count, problems }) => Effect.fail(refusedBy(problems, count, titles))),
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
      for (const thing of answer.plan.things) {
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

  // Of several parts none is imported where one cannot be.
  if (parts.length > 1 && !query.partial && !query.dryRun) {
    const { planned } = yield* run({ ...query, dryRun: true })
    const problems = planned.filter(({ status }) => status === "problem")
    if (problems.length > 0) return yield* refusedBy(problems, problems.length, titles)
  }
  const { known, operations, planned } = yield* run(query)

  // Who waits for a task of a part behind its own waits for it from now on.
  const waiting = new Set(
    planned.flatMap(({ id, missing = [], status }) =>
      ["create", "update", "unchanged"].includes(status) && missing.some((id) => known.has(id)) ? [id] : []
    )
  )
  if (waiting.size > 0 && !query.dryRun) {
    const tasks = things.tasks.filter(({ id }) => waiting.has(id))
    for (const part of partsOf({ ...nothing, tasks })) {
      const { operation } = yield* ask(part, { ...query, overwrite: true })
      if (operation !== undefined) operations.push(operation)
    }
  }
  return {
    operations,
    things: planned.map(({ missing, ...thing }) => {
      const left = (missing ?? []).filter((id) => !known.has(id))
      return left.length === 0 ? thing : { ...thing, missing: left }
    })
  }
})

/** Imports a file, and what is to be printed of that. */
export const imported = Effect.fnUntraced(function*({ file, from, ...query }: Wanted) {
  const { document, notes } = yield* readFileToImport(file, from)
  const { problems, things } = checked(document)
  const titles = titlesOf(document)
  if (problems.length > 0 && !query.partial && !query.dryRun) return yield* refusedBy(problems, problems.length, titles)
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
