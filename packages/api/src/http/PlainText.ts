import { HttpServerResponse } from "effect/http"

/** Plain text, which says that it is UTF-8: without that, some readers take it for something else (RFC 2046, 4.1.2). */
export const plainText = (
  text: string,
  options: HttpServerResponse.Options.WithContent = {}
): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.text(text, { ...options, contentType: "text/plain; charset=utf-8" })
