import { Option, Schema } from "effect"
import type { HttpServerResponse } from "effect/http"

const Refusal = Schema.Struct({ code: Schema.String, detail: Schema.String })
const decodeRefusal = Schema.decodeUnknownOption(Refusal)

/** What an operation answered, for a page to show. */
export interface Reply {
  readonly status: number
  /** The JSON; undefined where there is none. */
  readonly body: unknown
  /** What its problem document says, if it is one. */
  readonly refusal: typeof Refusal.Type | undefined
  /** The same, and the cookies that the browser is to have. */
  readonly response: HttpServerResponse.HttpServerResponse
}

/** Reads an answer. */
export const replyOf = (response: HttpServerResponse.HttpServerResponse): Reply => {
  const { body, status } = response
  const text = body._tag === "Uint8Array" ? new TextDecoder().decode(body.body) : ""
  const answered: unknown = text === "" ? undefined : JSON.parse(text)
  return { status, body: answered, refusal: Option.getOrUndefined(decodeRefusal(answered)), response }
}
