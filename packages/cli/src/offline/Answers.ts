import { HttpBody, HttpClientRequest, HttpClientResponse, UrlParams } from "effect/http"
import { keyHeader } from "../client/Retry.ts"
import type { LastKnown } from "./LastKnown.ts"
import type { Prepared } from "./Queueable.ts"
import type { Kept } from "./QueueFolder.ts"
import { withQueued } from "./WithQueued.ts"

type Request = HttpClientRequest.HttpClientRequest

const textOf = ({ body }: Request): string | undefined =>
  body._tag === "Uint8Array" ? body.text ?? new TextDecoder().decode(body.body) : undefined

/** The media type of what a request sends; undefined where it sends nothing. */
export const typeOf = ({ body }: Request): string | undefined =>
  body._tag === "Uint8Array" ? body.contentType : undefined

/** A question that is too long for an address is a body. */
const isQuestion = ({ method, url }: Request): boolean => method === "POST" && url === "/api/v1/tasks/query"

/** Whether a request asks, and changes nothing. */
export const isRead = (request: Request): boolean =>
  request.method === "GET" || isQuestion(request) || request.method === "POST" && request.url === "/api/v1/tasks/parse"

/** The path of a request with its query. */
export const pathOf = ({ url, urlParams }: Request): string => {
  const query = UrlParams.toString(urlParams)
  return query === "" ? url : `${url}?${query}`
}

/** What tells a question from others. */
export const questionOf = (request: Request): string =>
  [request.method, pathOf(request), ...isQuestion(request) ? [textOf(request)] : []].join(" ")

const kept = /^\/api\/v1\/(?:tasks|projects|tags|views|settings|stats|trash)\b/

/** Whether an answer is of use when the service is away. */
export const isKept = (request: Request, { status }: HttpClientResponse.HttpClientResponse): boolean =>
  status === 200 && kept.test(request.url) && request.url !== "/api/v1/tasks/parse"

/** An answer, and when it was given. */
interface Answer {
  readonly body: string
  readonly at: number
}

const byNumber = /^GET \/api\/v1\/tasks\?number=(\d+)$/
const byId = /^GET \/api\/v1\/tasks\/([0-9a-f-]{36})$/

/**
 * What is known of an answer: what was asked so before, or one task that was in an answer to something else, as it will be
 * once what waits is sent.
 */
export const answerOf = (
  { known, pending }: { readonly known: LastKnown; readonly pending: ReadonlyArray<Kept> },
  question: string
): Answer | undefined => {
  const number = byNumber.exec(question)?.[1]
  const id = byId.exec(question)?.[1]
  if (number === undefined && id === undefined) return known.find(question)
  const task = known.task((one) => id === undefined ? one.number === Number(number) : one.id === id)
  if (task === undefined) return undefined
  const json = withQueued(task.json, pending)
  const body = id === undefined ? { items: [json], nextCursor: null } : json
  return { at: task.at, body: JSON.stringify(body) }
}

/** The response that an answer of before was. */
export const responseOf = (request: Request, body: string): HttpClientResponse.HttpClientResponse => {
  const bytes = new TextEncoder().encode(body)
  // As in NodeFetch.ts: the built-in class costs more time than all the rest.
  const source = {
    status: 200,
    url: request.url,
    headers: { "content-type": "application/json" },
    body: null,
    arrayBuffer: () => Promise.resolve(bytes.buffer)
  }
  return HttpClientResponse.fromWeb(request, source as unknown as Response)
}

/** The JSON object that a request sends; null where it sends none. */
export const jsonOf = (request: Request): Readonly<Record<string, unknown>> | null => {
  const text = textOf(request)
  return text === undefined ? null : JSON.parse(text)
}

/** A write with a key, and with the ids of what it makes. */
export const withPrepared = (request: Request, { body, taskIds }: Prepared): Request => {
  const headers = {
    ...request.headers[keyHeader] === undefined && { [keyHeader]: crypto.randomUUID() },
    ...taskIds.length > 0 && { "task-ids": taskIds.join(",") }
  }
  const keyed = HttpClientRequest.setHeaders(request, headers)
  return body === null
    ? keyed
    : HttpClientRequest.setBody(keyed, HttpBody.text(JSON.stringify(body), typeOf(request)))
}
