import { Effect } from "effect"
import { HttpServerRequest, HttpServerResponse } from "effect/http"
import { createHash } from "node:crypto"
import { promisify } from "node:util"
import { brotliCompress, constants, gzip } from "node:zlib"
import { type ContentCoding, preferredCoding } from "../http/ContentCoding.ts"
import { noneMatches } from "../http/Preconditions.ts"
import { share } from "../http/SharedBytes.ts"

/** What everybody gets who asks. */
export interface Content {
  readonly text: string
  readonly contentType: string
  readonly headers?: Readonly<Record<string, string>>
}

const brotli = promisify(brotliCompress)
const gzipped = promisify(gzip)

/** In a thread of the pool, never on the event loop. Brotli's best takes seconds for 3 MB, and this 0.1. */
const compress: Record<ContentCoding, (bytes: Uint8Array) => Promise<Uint8Array>> = {
  br: (bytes) => brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }),
  gzip: (bytes) => gzipped(bytes),
  identity: (bytes) => Promise.resolve(bytes)
}

const entityTagOf = (bytes: Uint8Array) => `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`

const represent = Effect.fnUntraced(function*({ contentType, headers, text }: Content, coding: ContentCoding) {
  const bytes = share(yield* Effect.promise(() => compress[coding](Buffer.from(text))))
  return {
    bytes,
    contentType,
    headers: {
      ...headers,
      "etag": entityTagOf(bytes),
      "cache-control": "public, max-age=60, must-revalidate",
      "vary": "Accept-Encoding",
      ...(coding === "identity" ? {} : { "content-encoding": coding })
    }
  }
})

const answering = <E, R>(
  representations: Record<ContentCoding, Effect.Effect<Effect.Success<ReturnType<typeof represent>>, E, R>>
) =>
  Effect.gen(function*() {
    const request = yield* HttpServerRequest.HttpServerRequest
    const { bytes, contentType, headers } = yield* representations[preferredCoding(request.headers["accept-encoding"])]
    return noneMatches(request.headers["if-none-match"], headers.etag)
      ? HttpServerResponse.empty({ status: 304, headers })
      : HttpServerResponse.uint8Array(bytes, { headers, contentType })
  })

/**
 * Answers with what is the same for everybody. It is made when somebody asks first, compressed once for each coding
 * that is asked for, and all connections share its bytes. Nothing that is a user's may be answered so: an answer that
 * has both a secret and what a stranger chose tells the secret by its compressed length (BREACH).
 */
export const makePublished = <E, R>(make: Effect.Effect<Content, E, R>) =>
  Effect.gen(function*() {
    const content = yield* Effect.cached(Effect.uninterruptible(make))
    const representation = (coding: ContentCoding) =>
      Effect.cached(Effect.uninterruptible(Effect.flatMap(content, (one) => represent(one, coding))))
    return {
      br: yield* representation("br"),
      gzip: yield* representation("gzip"),
      identity: yield* representation("identity")
    }
  }).pipe(Effect.map(answering))
