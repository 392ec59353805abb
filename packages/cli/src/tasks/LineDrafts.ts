import { NewQuick, type ReadTask, TextToRead } from "@todo/domain/quick/Quick"
import { NewTask, type TaskId } from "@todo/domain/tasks/Task"
import { Effect, Result } from "effect"
import crypto from "node:crypto"
import { ApiClient } from "../client/ApiClient.ts"
import { asFailure } from "../client/HttpFailure.ts"
import { repeatable } from "../client/IdempotencyKey.ts"
import { validate } from "../client/Validation.ts"
import { ExitCode } from "../failures/ExitCode.ts"
import { type Failure, queuedCode, usage } from "../failures/Failure.ts"
import { projectIdOf } from "../projects/ProjectOption.ts"
import { stopsAll } from "../refs/ForEach.ts"
import { Settings } from "../Settings.ts"
import type { Output } from "../terminal/Output.ts"
import type { Line } from "../terminal/StandardInput.ts"
import { type Block, blocksOf, requestsOf, textsOf } from "./LineBlocks.ts"
import { otherReadings, understood } from "./Understood.ts"

/**
 * The id of the task of a line, a UUID of version 7 as far as anybody can tell: whoever runs it again with the same key and
 * lines adds nothing twice, and what was wrong with a line and is no more is added.
 */
const idFor = (key: string, line: number): TaskId => {
  const hash = crypto.createHash("sha256").update(`${key}-${line}`).digest("hex")
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-7${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${
    hash.slice(20, 32)
  }` as TaskId
}

/** What a line is to make, with what is said of it behind and below its title. */
export interface Draft {
  readonly body: NewTask
  readonly words: string
  readonly project: string | null
  readonly others: ReadonlyArray<string>
}

/** It, or what is wrong with the line. */
export type Drafted = Result.Result<Draft, Failure>

/** Lines as titles, as they are. */
export const asTitles = (lines: ReadonlyArray<Line>, key: string): Effect.Effect<ReadonlyArray<Drafted>> =>
  Effect.forEach(lines, ({ number, text }) =>
    Effect.result(Effect.gen(function*() {
      return {
        body: yield* validate(NewTask, { id: idFor(key, number), title: yield* text }),
        words: "",
        project: null,
        others: []
      }
    })))

/** What the lines of some blocks say. Where one cannot be read, it is found by halves, and the others are read. */
const read = (blocks: ReadonlyArray<Block>, key: string): Effect.Effect<
  ReadonlyArray<readonly [Line, Drafted]>,
  Failure,
  ApiClient | Settings | Output
> =>
  Effect.gen(function*() {
    const texts = blocks.flatMap(({ texts }) => texts)
    const lines = blocks.flatMap(({ lines }) => lines)
    const text = texts.join("\n")
    const parsing = Effect.gen(function*() {
      const payload = yield* validate(TextToRead, { text })
      const { quick } = yield* ApiClient
      return yield* asFailure(quick.parse({ headers: {}, payload }))
    })
    const outcome = yield* Effect.result(parsing)
    if (Result.isFailure(outcome)) {
      const { failure } = outcome
      if (stopsAll(failure)) return yield* failure
      const [first] = lines
      if (blocks.length === 1) {
        return lines.map((line) => [line, Result.fail(line === first ? failure : notAdded(first!))] as const)
      }
      const middle = Math.ceil(blocks.length / 2)
      return [...yield* read(blocks.slice(0, middle), key), ...yield* read(blocks.slice(middle), key)]
    }
    const { parsed, tasks } = outcome.success
    let from = 0
    const drafts: Array<readonly [Line, Drafted]> = []
    for (const [index, line] of lines.entries()) {
      const to = from + texts[index]!.length
      const others = otherReadings(text, {
        ...parsed,
        alternatives: parsed.alternatives.filter(({ span }) => from <= span.from && span.from <= to)
      })
      from = to + 1
      const told = tasks[index]!
      const above = told.parent === null ? undefined : drafts[told.parent]
      const parent = above === undefined ? Result.succeed(undefined) : Result.map(above[1], ({ body }) => body.id)
      const draft = Result.isFailure(parent)
        ? Result.fail(notAdded(above![0]))
        : yield* Effect.result(draftOf(told, { id: idFor(key, line.number), parentId: parent.success }))
      drafts.push([line, Result.map(draft, (draft) => ({ ...draft, others }))])
    }
    return drafts
  })

const notAdded = ({ number }: Line): Failure => usage(`Line ${number}, which it is below, was not added`)

const draftOf = Effect.fnUntraced(function*(
  told: ReadTask,
  { id, parentId }: { readonly id: TaskId; readonly parentId: TaskId | undefined }
) {
  const { description, due, priority, project, repeat, start, tags, title } = told
  const projectId = told.projectId ?? (project === null ? undefined : yield* asFailure(projectIdOf(project)))
  const body = yield* validate(NewTask, {
    id,
    title,
    description: description ?? undefined,
    start: start ?? undefined,
    due: due ?? undefined,
    repeat: repeat ?? undefined,
    priority: priority ?? undefined,
    tags: tags.length === 0 ? undefined : tags,
    projectId: projectId ?? undefined,
    parentId
  })
  return { body, words: yield* understood(told), project }
})

/** Why lines that nobody can read now are not added now: they are queued as they are, to be read when they are sent. */
const queuedUnread = Effect.fnUntraced(function*(blocks: ReadonlyArray<Block>, failure: Failure) {
  if (failure.exitCode !== ExitCode.unavailable || !(yield* Settings).queues) return failure
  const payload = yield* validate(NewQuick, {
    text: blocks.flatMap(({ texts }) => texts).join("\n"),
    create: undefined,
    task: undefined
  })
  const { quick } = yield* ApiClient
  const outcome = yield* Effect.result(asFailure(quick.quick({ headers: {}, payload })))
  // Without the service it is queued, or fails.
  return Result.isFailure(outcome) ? outcome.failure : failure
})

/** Lines as the service reads them. */
export const asWords = Effect.fnUntraced(function*(lines: ReadonlyArray<Line>, key: string) {
  const drafts = new Map<Line, Drafted>()
  const blocks: Array<Block> = []
  for (const block of blocksOf(lines)) {
    const texts = yield* Effect.result(textsOf(block))
    if (Result.isSuccess(texts)) blocks.push({ lines: block, texts: texts.success })
    else for (const line of block) drafts.set(line, Result.fail(texts.failure))
  }
  const isWrong = drafts.size > 0
  for (const request of requestsOf(blocks)) {
    const told = yield* Effect.result(repeatable(read(request, key), key))
    // What stops a line stops those below it, which are not tried.
    // Where a line is wrong none is queued.
    const failure = Result.isFailure(told)
      ? isWrong ? told.failure : yield* queuedUnread(request, told.failure)
      : undefined
    if (failure?.code === queuedCode) {
      for (const line of request.flatMap(({ lines }) => lines)) drafts.set(line, Result.fail(failure))
      continue
    }
    if (Result.isFailure(told)) return lines.map((line) => drafts.get(line) ?? Result.fail(told.failure))
    for (const [line, draft] of told.success) drafts.set(line, draft)
  }
  return lines.map((line) => drafts.get(line)!)
})
