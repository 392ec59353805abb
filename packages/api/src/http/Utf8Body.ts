import { BodyLimit, bodyLimitText } from "@todo/domain/http/BodyLimit"
import {
  BodyTooLarge,
  InvalidRequest,
  ServiceUnavailable,
  UnsupportedMediaType
} from "@todo/domain/http/RequestProblems"
import { Effect } from "effect"
import { HttpServerRequest, type HttpServerResponse } from "effect/http"
import { isUtf8 } from "node:buffer"
import { whileReceiving } from "./Admission.ts"
import { type BodyRefusal, EdgeRequest } from "./EdgeRequest.ts"
import type { FairShare } from "./FairShare.ts"
import { hasCoding } from "./Options.ts"

type Response = HttpServerResponse.HttpServerResponse

type BodyProblem = InvalidRequest | BodyTooLarge | UnsupportedMediaType | ServiceUnavailable

/** Have an answer wait for its turn. */
export type Turns = Pick<FairShare["Service"], "take" | "read" | "goOn" | "ofValues">

export const atOnce: Turns = {
  take: (answer) => answer,
  read: (answer) => answer,
  goOn: (answer) => answer,
  ofValues: (_values, next) => next
}

/**
 * The bytes of the body, `limit` at most; the client is told to send it, if it
 * waits for that. Fails with `UnsupportedMediaType` when its headers say that
 * they are no UTF-8, and with `InvalidRequest` when they are not: decoding them
 * all the same would store what nobody sent. To be read once.
 */
export const utf8Body = (
  { headers, source }: HttpServerRequest.HttpServerRequest,
  limit = BodyLimit.defaultValue()
): Effect.Effect<Buffer, BodyProblem> => {
  if (isCoded(headers)) return coded
  const request = edgeRequest(source)
  return Effect.flatMap(received(request, limit), (body) => checked(body, limit))
}

const edgeRequest = (source: object) => {
  if (!(source instanceof EdgeRequest)) throw new Error("The request is not Node's")
  return source
}

/** The body, or why there will be none, when that is known. */
const received = (source: EdgeRequest, limit: number) =>
  Effect.suspend((): Effect.Effect<Buffer | BodyRefusal, ServiceUnavailable> => {
    const known = source.known(limit)
    return known === undefined
      ? whileReceiving(
        source,
        Effect.callback((resume) => source.receive(limit, (body) => resume(Effect.succeed(body))))
      )
      : Effect.succeed(known)
  })

const checked = (body: Buffer | BodyRefusal, limit: number): Effect.Effect<Buffer, BodyProblem> =>
  typeof body === "string"
    ? refused(body, limit)
    : isUtf8(body)
    ? Effect.succeed(body)
    : invalid("The body is not UTF-8", "Expected a body in UTF-8")

const invalid = (detail: string, message: string) =>
  Effect.fail(new InvalidRequest({ detail, errors: [{ path: ["payload"], message }] }))

const refused = (
  refusal: BodyRefusal,
  limit: number
): Effect.Effect<never, BodyProblem> => {
  switch (refusal) {
    case "TooLong":
      return Effect.fail(new BodyTooLarge({ detail: `The body may have ${bodyLimitText(limit)} at the most` }))
    case "TinyPieces":
      return invalid("The body came in too many small pieces", "Expected a body in pieces of more than a few bytes")
    case "Malformed":
      return invalid("The body is no HTTP", "Expected a body that is framed as HTTP has it")
    case "NoRoom":
      return Effect.fail(new ServiceUnavailable({ detail: "There are more requests than can be served" }))
  }
}

/**
 * Runs `next` in the request's turn, when its body is read, and is its text: JSON, or a form, is all that may be made of
 * it. What has not come by then is not taken before the turn, so that nobody has bodies wait here by the hundred.
 *
 * The text is put into the request itself. An object made of the request (`Object.create`) costs V8 a hidden class
 * and compiled code for each, which live until the next full collection and keep the request with them
 * (docs/adr/0017).
 */
export const withUtf8Body = <E, R>(next: Effect.Effect<Response, E, R>, limit: number, turns: Turns) =>
  Effect.flatMap(HttpServerRequest.HttpServerRequest, (request): Effect.Effect<Response, E | BodyProblem, R> => {
    if (isCoded(request.headers)) return coded
    const source = edgeRequest(request.source)
    const known = source.known(limit)
    const withText = (body: Buffer | BodyRefusal) =>
      Effect.flatMap(checked(body, limit), (bytes) => {
        Object.defineProperty(request, "text", { value: Effect.succeed(decoder.decode(bytes)) })
        // A form is read off its bytes.
        if (isForm(request.headers["content-type"])) {
          Object.defineProperty(request, "arrayBuffer", { value: Effect.succeed(bytes) })
        }
        return next
      })
    if (typeof known === "string") return refused(known, limit)
    return known === undefined
      ? turns.read(
        Effect.flatMap(received(source, limit), (body) => turns.goOn(Effect.suspend(() => withText(body)))),
        // Who does not say how much it will be may send all of it.
        Number(request.headers["content-length"] ?? limit)
      )
      : turns.take(Effect.suspend(() => withText(known)), known.length)
  })

/** Whether a body says that its bytes are no text in UTF-8. */
const isCoded = (headers: HttpServerRequest.HttpServerRequest["headers"]): boolean => {
  const { "content-type": type } = headers
  return hasCoding(headers) || (type !== undefined && otherCharset.test(type))
}

const otherCharset = /;\s*charset\s*=(?!\s*"?(?:utf-?8|us-ascii)"?\s*(?:;|$))/i

const coded = Effect.fail(
  new UnsupportedMediaType({ detail: "Send the body in UTF-8, and without a Content-Encoding" })
)

/** Whether a body is a form, by its media type, which is the same in any case (RFC 9110, 8.3.1). */
export const isForm = (contentType: string | undefined): boolean => contentType !== undefined && form.test(contentType)

const form = /^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i

const decoder = new TextDecoder()
