import type { HttpClientRequest } from "effect/http"
import { keyHeader } from "../client/Retry.ts"
import { pathOf, typeOf } from "./Answers.ts"
import type { LastKnown } from "./LastKnown.ts"
import type { Queue } from "./Queue.ts"
import type { Prepared } from "./Queueable.ts"
import type { QueuedWrite } from "./QueuedWrite.ts"
import { withSeenVersions } from "./SeenVersions.ts"

type Request = HttpClientRequest.HttpClientRequest

const keptHeaders = ["if-match", "time-zone", "task-ids", "said-at"]

/** What a request says beside its body that it has to say later, too. */
const headersOf = (request: Request): Readonly<Record<string, string>> => {
  const type = typeOf(request)
  const said = keptHeaders.flatMap((name) => {
    const value = request.headers[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(said), ...type !== undefined && { "content-type": type } }
}

/** The write that a request is when it is sent later. One that may have been done has to stay the same, for its key. */
export const queuedWrite = (request: Request, made: Prepared, { known, labels, mayBeSent, queue }: {
  readonly known: LastKnown
  readonly labels: ReadonlyArray<number>
  readonly queue: Queue
  readonly mayBeSent: boolean
}): QueuedWrite => {
  const headers = headersOf(request)
  const seen = mayBeSent
    ? { headers, body: made.body }
    : withSeenVersions(request.method, made, { headers, known, pending: queue.pending() })
  const at = new Date().toISOString()
  return {
    key: request.headers[keyHeader]!,
    method: request.method,
    path: pathOf(request),
    headers: { "said-at": at, ...seen.headers },
    body: seen.body === null ? null : JSON.stringify(seen.body),
    at,
    command: process.argv.slice(2).join(" "),
    tasks: made.tasks.map((task, index) => ({ ...task, label: labels[index]! })),
    changes: made.changes,
    refusal: null
  }
}
