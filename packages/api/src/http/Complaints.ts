import { InvalidRequest } from "@todo/domain/http/RequestProblems"
import { Effect, SchemaIssue } from "effect"
import { HttpServerRequest } from "effect/http"
import type { HttpApiError } from "effect/http-api"

/** The most complaints about one request that are listed. */
const mostListed = 20
/** The longest text of a client's that a complaint repeats, in characters: the name of a member. */
const longestName = 64
/** The longest message of a complaint, in characters. */
const longestMessage = 200

/** What is wrong with a parameter that no operation has, or not this one. */
export const noSuchParameter = "There is no such parameter"

type Complaint = InvalidRequest["errors"][number]

/** What is wrong with a request: the first of its complaints, and how many there are. */
export interface Complaints {
  readonly listed: ReadonlyArray<Complaint>
  readonly count: number
}

/** The complaint about one place. */
export const complaint = (path: Complaint["path"], message: string): Complaint => ({
  path: path.map((segment) => typeof segment === "string" ? cut(segment, longestName) : segment),
  message: cut(message, longestMessage)
})

/** A complaint for each of these. */
export const complaints = <A>(about: ReadonlyArray<A>, complain: (one: A) => Complaint): Complaints => ({
  listed: about.slice(0, mostListed).map(complain),
  count: about.length
})

/** The answer to a request of which a schema of the contract has refused a part, with what it has found wrong. */
export const misfitOf = (
  { cause, kind }: HttpApiError.HttpApiSchemaError
): Effect.Effect<InvalidRequest, never, HttpServerRequest.ParsedSearchParams> =>
  Effect.map(HttpServerRequest.ParsedSearchParams, (parameters) => {
    const isRepeated = (path: Complaint["path"]) => kind === "Query" && Array.isArray(parameters[String(path[0])])
    return invalidRequest(
      complaints(
        withoutRepeats((kind === "Query" ? ofQuery : ofOthers)(cause.issue).issues),
        ({ message, path: segments = [] }) => {
          const path = segments.map(segmentOf)
          return complaint([kind.toLowerCase(), ...path], isRepeated(path) ? "Expected it once" : message)
        }
      )
    )
  })

/** Each once: where a body may be one of several, all of them complain of what they have in common. */
const withoutRepeats = (issues: ReadonlyArray<Issue>): ReadonlyArray<Issue> => [
  ...new Map(issues.map((issue) => [JSON.stringify([issue.message, issue.path?.map(segmentOf)]), issue])).values()
]

/** The answer to a request with these complaints. */
export const invalidRequest = ({ count, listed }: Complaints): InvalidRequest => {
  const [first] = listed
  const text = first === undefined ? "It does not follow the contract" : `${first.path.join(".")}: ${first.message}`
  return new InvalidRequest({ detail: count > 1 ? `${text} (and ${count - 1} more)` : text, errors: listed })
}

/** What a schema finds wrong, in words for those who do not know it. */
const formatter = (unknown: string) =>
  SchemaIssue.makeFormatterStandardSchemaV1({
    leafHook: (issue) => {
      if (issue._tag === "MissingKey") return "It is missing"
      return issue._tag === "UnexpectedKey" ? unknown : SchemaIssue.defaultLeafHook(issue)
    }
  })

const ofQuery = formatter(noSuchParameter)
const ofOthers = formatter("There is no such member")

type Issue = ReturnType<typeof ofOthers>["issues"][number]

const segmentOf = (segment: PropertyKey | { readonly key: PropertyKey }): string | number => {
  const key = typeof segment === "object" ? segment.key : segment
  return typeof key === "number" ? key : String(key)
}

const cut = (text: string, length: number) => text.length <= length ? text : `${text.slice(0, length).toWellFormed()}…`
