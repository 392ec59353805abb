import { problemReference } from "@todo/domain/http/ProblemReference"
import addFormats from "ajv-formats"
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js"
import { type Described, type JsonSchema, methodsOf, type Operation, resolve, schemas } from "./Contract.ts"
import type { Answer, Sent } from "./Exchange.ts"

/** Headers that the document need not describe: HTTP's own, those of CORS, and what secures a page. */
const known = new Set([
  "date",
  "connection",
  "keep-alive",
  "content-length",
  "content-type",
  "transfer-encoding",
  "vary",
  "cache-control",
  // With tokens (RFC 6749, 5.1).
  "pragma",
  "x-content-type-options",
  "x-frame-options",
  "cross-origin-opener-policy",
  "referrer-policy",
  "content-security-policy",
  // What nginx reads, so that it passes a stream on as it comes.
  "x-accel-buffering",
  "strict-transport-security",
  "access-control-allow-origin",
  "access-control-allow-credentials",
  "access-control-expose-headers"
])

const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats.default(ajv)
ajv.addFormat("password", true)
ajv.addSchema({ $id: "document", components: { schemas } })

/** Objects are open in the document: what a schema does not know is no fault of an answer. */
const validators = new Map<string, ValidateFunction>()

const validatorOf = (schema: JsonSchema) => {
  const text = JSON.stringify(schema).replaceAll("\"#/components", "\"document#/components")
  const made = validators.get(text) ?? ajv.compile(JSON.parse(text) as object)
  validators.set(text, made)
  return made
}

/** What a value has that a schema of the document does not allow. */
export const misfitsOf = (schema: JsonSchema, value: unknown): ReadonlyArray<string> => {
  const validate = validatorOf(schema)
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || "the body"} ${message}`)
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The members that a schema describes, those of each alternative. */
const membersOf = (reference: JsonSchema): ReadonlyArray<string> => {
  const { anyOf = [], properties = {} } = resolve(reference) as {
    readonly anyOf?: ReadonlyArray<JsonSchema>
    readonly properties?: Readonly<Record<string, unknown>>
  }
  return [...Object.keys(properties), ...anyOf.flatMap(membersOf)]
}

/** A problem has the members that the document has of it, and a code whose kind has its status. */
const problemFaults = (status: number, schema: JsonSchema, problem: object): ReadonlyArray<string> => {
  const described = membersOf(schema)
  const { code, type } = problem as { readonly code?: unknown; readonly type?: unknown }
  const kind = problemReference.get(String(code))
  return [
    ...Object.keys(problem)
      .filter((member) => !described.includes(member))
      .map((member) => `${status} has the member ${member}, which the document does not describe`),
    ...(kind === undefined || kind.statuses.includes(status)
      ? []
      : [`${status} is ${kind.code}, which is ${kind.statuses.join(" or ")}`]),
    ...(kind === undefined || String(type).endsWith(`/problems/${kind.code}`)
      ? []
      : [`${status} is ${kind.code}, and of the type ${String(type)}`])
  ]
}

const bodyFaults = (status: number, { content }: Described, { body, headers }: Answer): ReadonlyArray<string> => {
  const types = Object.keys(content)
  if (types.length === 0) return body.length === 0 ? [] : [`${status} has a body, and the document none`]
  const type = String(headers["content-type"] ?? "").split(";")[0]!
  const schema = content[type]?.schema
  if (schema === undefined) return [`${status} is ${type || "of no media type"}, and not ${types.join(" or ")}`]
  const text = body.toString()
  const value = type.includes("json") ? parsed(text) : text
  return value === undefined
    ? [`${status} is no JSON`]
    : [
      ...misfitsOf(schema, value).map((misfit) => `${status}: ${misfit}`),
      ...(status < 400 || typeof value !== "object" || value === null ? [] : problemFaults(status, schema, value))
    ]
}

const headerFaults = (status: number, described: Described, { headers }: Answer): ReadonlyArray<string> => [
  ...Object.entries(described.headers).flatMap(([name, { required, schema }]) => {
    const value = headers[name]
    if (value === undefined) return required === true ? [`${status} has no ${name}`] : []
    return misfitsOf(schema, String(value)).map((misfit) => `${status}, ${name}: ${misfit}`)
  }),
  ...Object.keys(headers)
    .filter((name) => !known.has(name) && !(name in described.headers))
    .map((name) => `${status} has ${name}, which the document does not describe`)
]

/** What is answered before a request is one for an operation: no operation has it in its list. */
const beforehand = new Set([404, 405, 408, 417, 421, 431])
const problem: Described = {
  headers: {
    "x-request-id": { required: true, schema: { type: "string" } },
    "todo-version": { required: true, schema: { type: "string" } },
    "allow": { schema: { type: "string" } }
  },
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } }
}

/** How an answer differs from what the document says of the operation that a request was for. */
export const faultsOf = (operation: Operation, sent: Sent, answer: Answer): ReadonlyArray<string> => {
  const { status } = answer
  if (status >= 500) return [`${status}: a fault of the service`]
  const described = operation.responses.get(String(status)) ?? (beforehand.has(status) ? problem : undefined)
  if (described === undefined) return [`${status}, which the document does not list`]
  return [
    // Nothing that is sent with HEAD has a body.
    ...(sent.method === "HEAD" ? [] : bodyFaults(status, described, answer)),
    ...headerFaults(status, described, answer)
  ]
}

/** The same for a method that the document does not have on the operation's path. */
export const methodFaults = (operation: Operation, sent: Sent, answer: Answer): ReadonlyArray<string> => {
  // Looked at before the method.
  if (answer.status === 421 || answer.status === 431) return faultsOf(operation, sent, answer)
  if (sent.method === "OPTIONS") return answer.status === 204 ? [] : [`OPTIONS is ${answer.status}`]
  if (answer.status !== 405) return [`${sent.method} is ${answer.status}, and the document does not have it`]
  const allowed = String(answer.headers["allow"]).split(", ").toSorted()
  const documented = [...methodsOf(operation.path), "OPTIONS"].toSorted()
  return [
    ...(allowed.join() === documented.join()
      ? []
      : [`Allow is ${allowed.join()}, and the document has ${documented.join()}`]),
    ...faultsOf(operation, sent, answer)
  ]
}
