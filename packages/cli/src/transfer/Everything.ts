import { ExportDocument } from "@todo/domain/transfer/Document"
import { Effect, Schema } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { asFailure } from "../client/HttpFailure.ts"
import { lenient } from "../client/LenientAnswer.ts"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure } from "../failures/Failure.ts"
import type { NounOfDocument } from "./Document.ts"

const Lenient = lenient(ExportDocument)
type Encoded = typeof ExportDocument.Encoded
const encode = Schema.encodeSync(Lenient) as (part: ExportDocument) => Encoded

const endless = new Failure({
  exitCode: ExitCode.unexpected,
  code: "unexpected_answer",
  message: "The service gives the same part of the export again and again",
  status: null,
  hints: []
})

/** The parts of an export, one after the other. */
export const eachPart = Effect.fnUntraced(function*<E, R>(use: (part: Encoded) => Effect.Effect<void, E, R>) {
  const { transfer } = yield* ApiClient
  const seen = new Set<string>()
  let cursor: string | null = null
  do {
    const query: { readonly cursor?: string } = cursor === null ? {} : { cursor }
    const part: ExportDocument = yield* asFailure(transfer.export({ query }))
    yield* use(encode(part))
    cursor = part.nextCursor
    if (cursor !== null && seen.has(cursor)) return yield* endless
    if (cursor !== null) seen.add(cursor)
  } while (cursor !== null)
})

/** All that the account has, at once. */
export const everything = Effect.gen(function*() {
  const all = { projects: [], tags: [], views: [], tasks: [], comments: [] } as {
    readonly [N in NounOfDocument]: Array<Encoded[N][number]>
  }
  yield* eachPart((part) =>
    Effect.sync(() => {
      all.projects.push(...part.projects)
      all.tags.push(...part.tags)
      all.views.push(...part.views)
      all.tasks.push(...part.tasks)
      all.comments.push(...part.comments)
    })
  )
  return all
})
