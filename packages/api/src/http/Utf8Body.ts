import { InvalidRequest } from "@todo/domain/http/RequestProblems"
import { Effect } from "effect"
import { HttpServerRequest } from "effect/http"
import { isUtf8 } from "node:buffer"
import { IncomingMessage } from "node:http"

/**
 * The bytes of the body, at most 1 MiB. Fails with `InvalidRequest` when they
 * are not UTF-8: decoding them all the same would store what nobody sent. To be
 * read once.
 */
export const utf8Body = (
  request: HttpServerRequest.HttpServerRequest
): Effect.Effect<ArrayBuffer | Buffer, InvalidRequest> => {
  const buffered = bufferedBody(request)
  // What can go wrong in reading is answered at the edge: a body that is too large, a client that is gone.
  const bytes: Effect.Effect<ArrayBuffer | Buffer> = buffered === undefined
    ? Effect.orDie(request.arrayBuffer)
    : Effect.succeed(buffered)
  return Effect.filterOrFail(bytes, isUtf8, () =>
    new InvalidRequest({
      detail: "The body is not UTF-8",
      errors: [{ path: ["payload"], message: "Expected a body in UTF-8" }]
    }))
}

/**
 * Runs `next` when the request's body is read, and is its text: JSON, or a form, is all that may be made of it.
 *
 * The text is put into the request itself. An object made of the request (`Object.create`) costs V8 a hidden class
 * and compiled code for each, which live until the next full collection and keep the request with them: 40 % of what a
 * write cost the process.
 */
export const withUtf8Body = <A, E, R>(next: Effect.Effect<A, E, R>) =>
  Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) =>
    Effect.flatMap(utf8Body(request), (bytes) => {
      Object.defineProperty(request, "text", { value: Effect.succeed(decoder.decode(bytes)) })
      // A form is read off its bytes.
      if (isForm(request.headers["content-type"])) {
        Object.defineProperty(request, "arrayBuffer", { value: Effect.succeed(bytes) })
      }
      return next
    }))

/** Whether a body is a form, by its media type, which is the same in any case (RFC 9110, 8.3.1). */
export const isForm = (contentType: string | undefined): boolean => contentType !== undefined && form.test(contentType)

const form = /^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i

const decoder = new TextDecoder()

/**
 * The body, where Node has all of it and nobody has begun to read it, as is the
 * rule for a few kilobytes. Waiting for the end of a stream costs more than
 * the rest of decoding a request.
 */
const bufferedBody = ({ source }: HttpServerRequest.HttpServerRequest): Buffer | undefined =>
  source instanceof IncomingMessage && source.complete && !source.readableDidRead
    ? source.read() as Buffer | null ?? undefined
    : undefined
