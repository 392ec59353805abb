import type { HttpServerResponse } from "effect/http"
import type { IncomingMessage } from "node:http"
import { makeAuthority } from "./Authority.ts"
import { isCanonicalPath } from "./CanonicalPath.ts"
import { problemFor } from "./ProblemResponses.ts"

/** A target with scheme and authority, which then stands for `Host` (RFC 9112, 3.2.2). */
const absoluteForm = /^https?:\/\/([^/?#]*)(.*)$/i

const malformed = problemFor(400, "Host is missing, or there are two, or it is no host")
const elsewhere = problemFor(404)
const misdirected = problemFor(421)

/**
 * Refuses a request that is not for this service, or whose path is not in its
 * one spelling. Health answers under any name: probes come with addresses.
 */
export const makeTargetCheck = (publicUrl: string) => {
  const authorityOf = makeAuthority(publicUrl)
  return (request: IncomingMessage): HttpServerResponse.HttpServerResponse | undefined => {
    const { host } = request.headers
    const absolute = request.url!.startsWith("/") ? null : absoluteForm.exec(request.url!)
    const path = absolute === null ? request.url! : absolute[2]!
    // HTTP/1.0 knows no `Host`.
    const named = host === undefined && request.httpVersion === "1.0" ? "own" : authorityOf(host ?? "")
    if (named === "malformed") return malformed
    const authority = absolute === null ? named : authorityOf(absolute[1]!)
    if (authority === "malformed") return malformed
    if (!isCanonicalPath(path) && !(path === "*" && request.method === "OPTIONS")) return elsewhere
    return authority === "own" || path.startsWith("/health/") ? undefined : misdirected
  }
}
