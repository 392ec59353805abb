import { problemPath, problemReference } from "@todo/domain/http/ProblemReference"
import { ProblemDetails } from "effect/http"

/**
 * The `type` of a problem by its code: the address of the page about it. What Better Auth may say beyond the reference
 * is no more than its status tells (RFC 9457, 4.2.1).
 */
export const problemAddress = (publicUrl: string, code: string): string =>
  problemReference.has(code) ? `${publicUrl}${problemPath(code)}` : ProblemDetails.blankType
