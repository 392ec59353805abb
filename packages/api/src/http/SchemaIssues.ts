import type { InvalidRequest } from "@todo/domain/http/RequestProblems"
import { SchemaIssue } from "effect"
import type { HttpApiError } from "effect/http-api"

const format = SchemaIssue.makeFormatterStandardSchemaV1()

export const issuesOf = (error: HttpApiError.HttpApiSchemaError): InvalidRequest["errors"] =>
  format(error.cause.issue).issues.map((issue) => ({
    path: [error.kind.toLowerCase(), ...(issue.path ?? []).map(toSegment)],
    message: issue.message
  }))

const toSegment = (segment: PropertyKey | { readonly key: PropertyKey }): string | number => {
  const key = typeof segment === "object" ? segment.key : segment
  return typeof key === "number" ? key : String(key)
}

export const detailOf = (error: HttpApiError.HttpApiSchemaError) => {
  const [first, ...others] = issuesOf(error)
  const text = first === undefined ? "It does not follow the contract" : `${first.path.join(".")}: ${first.message}`
  return others.length === 0 ? text : `${text} (and ${others.length} more)`
}
