import { acceptPatch } from "@todo/domain/http/AcceptPatch"
import type { HttpServerRequest } from "effect/http"
import { allow } from "./AllowedMethods.ts"

const patchable = { "accept-patch": acceptPatch }

/** What the answer to OPTIONS says of a path with these methods (RFC 9110, 10.2.1; RFC 5789, 3.1). */
export const optionsOf = (methods: ReadonlyArray<string>): Record<string, string> =>
  methods.length === 0
    ? {}
    : { ...allow(methods), ...(methods.includes("PATCH") ? patchable : {}) }

/** What a 415 says to send in place of what was sent: another coding (RFC 9110, 12.5.3), or another media type of a patch. */
export const mediaTypeAdvice = (
  { headers, method }: Pick<HttpServerRequest.HttpServerRequest, "headers" | "method">
): Record<string, string> =>
  hasCoding(headers) ? { "accept-encoding": "identity" } : method === "PATCH" ? patchable : {}

/** Whether a body is in a content coding: none is taken. */
export const hasCoding = (headers: HttpServerRequest.HttpServerRequest["headers"]): boolean => {
  const { "content-encoding": coding } = headers
  return coding !== undefined && !identity.test(coding)
}

const identity = /^\s*(?:identity)?\s*$/i
