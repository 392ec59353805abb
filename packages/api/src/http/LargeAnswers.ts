import { HttpBody, HttpServerResponse } from "effect/http"

/** Below it, one string with the head is written faster than two pieces. */
const largeBytes = 32 * 1024

/**
 * Makes bytes of a long text. Node would glue its head to the text and keep the whole, and what it made of that for the
 * kernel, beside the text that Effect keeps, until the client has taken it (docs/adr/0019).
 */
export const inBytes = (response: HttpServerResponse.HttpServerResponse): HttpServerResponse.HttpServerResponse => {
  const { body } = response
  return body._tag === "Uint8Array" && body.text !== undefined && body.contentLength > largeBytes
    ? HttpServerResponse.setBody(response, HttpBody.uint8Array(body.body, body.contentType))
    : response
}
