import { BodyLimit, bodyLimitText } from "@todo/domain/http/BodyLimit"
import {
  BodyTooLarge,
  InvalidRequest,
  ServiceUnavailable,
  UnsupportedMediaType
} from "@todo/domain/http/RequestProblems"
import { Effect } from "effect"
import { HttpServerRequest } from "effect/http"
import { isUtf8 } from "node:buffer"
import { whileReceiving } from "./Admission.ts"
import { type BodyRefusal, EdgeRequest } from "./EdgeRequest.ts"

/**
 * The bytes of the body, `limit` at most; the client is told to send it, if it
 * waits for that. Fails with `InvalidRequest` when they are not UTF-8: decoding
 * them all the same would store what nobody sent. To be read once.
 */
export const utf8Body = (
  { source }: HttpServerRequest.HttpServerRequest,
  limit = BodyLimit.defaultValue()
): Effect.Effect<Buffer, InvalidRequest | BodyTooLarge | ServiceUnavailable> => {
  if (!(source instanceof EdgeRequest)) return Effect.die(new Error("The request is not Node's"))
  const known = source.known(limit)
  return Effect.flatMap(
    known === undefined
      ? whileReceiving(
        source,
        Effect.callback<Buffer | BodyRefusal>((resume) => source.receive(limit, (body) => resume(Effect.succeed(body))))
      )
      : Effect.succeed(known),
    (body) =>
      typeof body === "string"
        ? refused(body, limit)
        : isUtf8(body)
        ? Effect.succeed(body)
        : invalid("The body is not UTF-8", "Expected a body in UTF-8")
  )
}

const invalid = (detail: string, message: string) =>
  Effect.fail(new InvalidRequest({ detail, errors: [{ path: ["payload"], message }] }))

const refused = (
  refusal: BodyRefusal,
  limit: number
): Effect.Effect<never, InvalidRequest | BodyTooLarge | ServiceUnavailable> => {
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
 * Runs `next` when the request's body is read, and is its text: JSON, or a form, is all that may be made of it.
 *
 * The text is put into the request itself. An object made of the request (`Object.create`) costs V8 a hidden class
 * and compiled code for each, which live until the next full collection and keep the request with them: 40 % of what a
 * write cost the process.
 */
export const withUtf8Body = <A, E, R>(next: Effect.Effect<A, E, R>, limit: number) =>
  Effect.flatMap(
    HttpServerRequest.HttpServerRequest,
    (request) =>
      Effect.flatMap(textBody(request, limit), (bytes) => {
        Object.defineProperty(request, "text", { value: Effect.succeed(decoder.decode(bytes)) })
        // A form is read off its bytes.
        if (isForm(request.headers["content-type"])) {
          Object.defineProperty(request, "arrayBuffer", { value: Effect.succeed(bytes) })
        }
        return next
      })
  )

/** The bytes of the body, unless it says that they are no text in UTF-8. */
const textBody = (
  request: HttpServerRequest.HttpServerRequest,
  limit: number
): Effect.Effect<Buffer, InvalidRequest | BodyTooLarge | UnsupportedMediaType | ServiceUnavailable> =>
  isCoded(request.headers) ? coded : utf8Body(request, limit)

/** Whether a body says that its bytes are no text in UTF-8. */
const isCoded = (headers: HttpServerRequest.HttpServerRequest["headers"]): boolean =>
  !/^\s*(?:identity)?\s*$/i.test(headers["content-encoding"] ?? "") || otherCharset.test(headers["content-type"] ?? "")

const otherCharset = /;\s*charset\s*=(?!\s*"?(?:utf-?8|us-ascii)"?\s*(?:;|$))/i

const coded = Effect.fail(
  new UnsupportedMediaType({ detail: "Send the body in UTF-8, and without a Content-Encoding" })
)

/** Whether a body is a form, by its media type, which is the same in any case (RFC 9110, 8.3.1). */
export const isForm = (contentType: string | undefined): boolean => contentType !== undefined && form.test(contentType)

const form = /^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i

const decoder = new TextDecoder()
