import type { JsonSchema } from "effect"
import type { SharedHeader } from "./Headers.ts"

/** An answer as an operation of the document has it. */
export interface DocumentedResponse {
  readonly description: string
  readonly headers: Readonly<Record<string, unknown>>
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema.JsonSchema }>>
}

/** An operation of the document, of which only its answers matter here. */
export interface DocumentedOperation {
  readonly [member: string]: unknown
  readonly responses: Readonly<Record<string, DocumentedResponse>>
}

type Schemas = Readonly<Record<string, JsonSchema.JsonSchema>>

type Paths = Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>

/**
 * Has the problems that several operations answer stand once, in `components/responses`. An operation that says in words of
 * its own what one means there spells it out: words beside a reference are allowed, and Scalar does not show them.
 */
export const withSharedResponses = (paths: Paths, schemas: Schemas) => {
  const shared = sharedIn(paths, schemas)
  const refer = (status: string, response: DocumentedResponse) => {
    const name = nameOf(status, response, schemas)
    return name !== undefined && shared[name]?.description === response.description
      ? { $ref: `#/components/responses/${name}` }
      : response
  }
  return {
    responses: shared,
    paths: mapEntries(paths, (methods) =>
      mapEntries(methods, (operation) => ({
        ...operation,
        responses: mapEntries(operation.responses, (response, status) => refer(status, response))
      })))
  }
}

/** Those that stand more than once, by their names, in alphabetical order. */
const sharedIn = (paths: Paths, schemas: Schemas) => {
  const responses = Object.values(paths).flatMap((methods) => Object.values(methods))
    .flatMap((operation) => Object.entries(operation.responses))
    .map(([status, response]) => ({ name: nameOf(status, response, schemas) ?? "", response }))
  const named = Object.entries(Object.groupBy(responses, ({ name }) => name)).toSorted(([a], [b]) => a < b ? -1 : 1)
  const shared: Record<string, DocumentedResponse> = {}
  for (const [name, alike = []] of named) {
    if (name === "") continue
    const [first, second] = inSharedWords(name, alike.map(({ response }) => response), schemas)
    if (first !== undefined && second !== undefined) shared[name] = first
  }
  return shared
}

/** Those in the words that all have, or in those of the problem. */
const inSharedWords = (name: string, alike: ReadonlyArray<DocumentedResponse>, schemas: Schemas) => {
  if (new Set(alike.map(({ content, headers }) => JSON.stringify({ content, headers }))).size > 1) {
    throw new Error(`Two answers of the contract are called ${name}`)
  }
  const words = new Set(alike.map(({ description }) => description))
  const ofProblem = kindsOf(alike[0]!).map((kind) => schemas[kind]!["description"]).join(" | ")
  return words.size === 1 ? alike : alike.filter(({ description }) => description === ofProblem)
}

/**
 * What an answer is called that is one kind of problem, or one of two: by the kind, with its status where that may be
 * several, and by what else its headers tell. Others belong to their operations, and have no name.
 */
const nameOf = (status: string, response: DocumentedResponse, schemas: Schemas) => {
  const kinds = status < "400" ? [] : kindsOf(response)
  if (kinds.length === 0 || kinds.length > 2) return undefined
  const hasStatus = kinds.every((kind) => hasOwnStatus(schemas[kind]!))
  const has = (header: SharedHeader) => header in response.headers
  const told = {
    WithCookie: has("Set-Cookie"),
    // That one is a write's, and says so.
    OnWrite: has("Idempotency-Replayed") && !kinds.includes("IdempotencyKeyInFlight"),
    OnPatch: has("Accept-Patch"),
    // What comes too often is told its limits everywhere, and what may have several statuses is of there alone.
    OnAuth: has("RateLimit") && status !== "429" && hasStatus
  }
  const suffixes = Object.entries(told).map(([suffix, is]) => is ? suffix : "")
  return [kinds.join("Or"), hasStatus ? "" : status, ...suffixes].join("")
}

/** The names of the schemas of its body, of which it has one. */
const kindsOf = ({ content = {} }: Pick<DocumentedResponse, "content">) =>
  Object.values(content).flatMap(({ schema }) =>
    ((schema["anyOf"] ?? [schema]) as ReadonlyArray<{ readonly $ref: string }>).map(({ $ref }) =>
      $ref.split("/").at(-1)!
    )
  )

/** Whether it is one status that all problems of a kind have. */
const hasOwnStatus = ({ properties }: JsonSchema.JsonSchema) =>
  (properties as Readonly<Record<string, JsonSchema.JsonSchema>> | undefined)?.["status"]?.["const"] !== undefined

const mapEntries = <A, B>(record: Readonly<Record<string, A>>, change: (value: A, name: string) => B) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]))
