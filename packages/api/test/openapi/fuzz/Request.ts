import { type JsonSchema, type Operation, resolve } from "./Contract.ts"
import type { Sent } from "./Exchange.ts"
import { type Change, intact, type Plan, without } from "./Plan.ts"
import type { Subject, Target } from "./Subject.ts"

/** A request while it is put together. */
interface Draft {
  method: string
  path: string
  id: string
  query: Array<readonly [string, string]>
  rawQuery: string | undefined
  headers: Array<readonly [string, string]>
  mediaType: string | undefined
  body: unknown
  bytes: Buffer | undefined
}

const withOwn = (value: unknown, own: Readonly<Record<string, unknown>>): unknown =>
  value instanceof Object && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, own[name] ?? member]))
    : value

const exampleOf = ({ bodies }: Operation): unknown => {
  const [schema] = bodies.values()
  if (schema === undefined) return undefined
  // Where there may be none, the other is first.
  const [first = schema] = (schema["anyOf"] ?? []) as ReadonlyArray<JsonSchema>
  return (resolve(first)["examples"] as ReadonlyArray<unknown>)[0]
}

/** Of which parameters there has to be one at least. */
const selecting: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  updateTasks: { completed: true },
  deleteTasks: { completed: true }
}

const required = ({ id, parameters }: Operation) => ({
  ...selecting[id],
  ...Object.fromEntries(
    parameters.filter((parameter) => parameter.in === "query" && parameter.required).map(({ name, schema }) => [
      name,
      (schema["examples"] as ReadonlyArray<unknown>)[0]
    ])
  )
})

/** One of a record's names, by any number; undefined where it has none. */
const nameAt = (names: ReadonlyArray<string>, at: number) => names.length === 0 ? undefined : names[at % names.length]

/** The id in a path. */
const anId = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/

const apply = (draft: Draft, change: Change) => {
  switch (change.kind) {
    case "member": {
      if (!(draft.body instanceof Object)) return
      const name = nameAt(Object.keys(draft.body), change.at)
      if (name === undefined) return
      const { [name]: _, ...others } = draft.body as Record<string, unknown>
      draft.body = change.value === without ? others : { ...others, [name]: change.value }
      return
    }
    case "extra member":
      if (draft.body instanceof Object) draft.body = { ...draft.body, [change.name]: change.value }
      return
    case "bytes":
      draft.bytes = change.bytes
      return
    case "no body":
      draft.body = undefined
      return
    case "media type":
      draft.mediaType = change.value
      return
    case "path id":
      draft.path = draft.path.replace(anId, encodeURIComponent(change.value))
      return
    case "parameter": {
      const name = nameAt(draft.query.map(([name]) => name), change.at)
      if (name === undefined) return
      draft.query = [
        ...draft.query.filter(([other]) => other !== name),
        ...change.values.map((value) => [name, value] as const)
      ]
      return
    }
    case "extra parameter":
      draft.query.push([change.name, change.value])
      return
    case "raw query":
      draft.rawQuery = change.text
      return
    case "header":
      draft.headers = [...draft.headers.filter(([name]) => name !== change.name), [change.name, change.value]]
      return
    case "method":
      draft.method = change.method
  }
}

const formOf = (entries: ReadonlyArray<readonly [name: string, value: unknown]>) => {
  const form = new URLSearchParams()
  for (const [name, value] of entries) form.append(name, typeof value === "string" ? value : JSON.stringify(value))
  return form.toString()
}

const bytesOf = ({ body, bytes, mediaType }: Draft): Buffer | undefined => {
  if (bytes !== undefined || body === undefined) return bytes
  return mediaType?.startsWith("application/x-www-form-urlencoded") === true && body instanceof Object
    ? Buffer.from(formOf(Object.entries(body)))
    : Buffer.from(JSON.stringify(body))
}

/** A request as it was planned, with what is the subject's own. */
export const requestFor = async (
  { origin }: Target,
  operation: Operation,
  plan: Plan,
  subject: Subject
): Promise<Sent> => {
  // A mail takes a while: not for what is wrong anyhow.
  const own = plan.own ? await subject.membersFor(operation, plan.changes.length === 0) : {}
  const absent = "01980000-0000-7000-8000-000000000000"
  const name = operation.path.includes("{name}") && plan.own ? await subject.makeTag() : "absent"
  const id = operation.path.includes("{id}") && plan.own ? await subject.idFor(operation.path) : absent
  const externalId = operation.path.includes("{externalId}") && plan.own ? await subject.makeExternalId() : absent
  const mediaTypes = [...operation.bodies.keys()]
  const draft: Draft = {
    method: operation.method,
    path: operation.path.replace("{id}", id).replace("{name}", name).replace("{externalId}", externalId),
    id,
    query: Object.entries(withOwn(plan === intact ? required(operation) : plan.query, own) as object)
      .map(([name, value]) => [name, String(value)]),
    rawQuery: undefined,
    headers: [
      ["origin", origin],
      ...await subject.headersFor(operation, plan.credential),
      ...Object.entries(plan.headers).flatMap(([name, value]) =>
        value === undefined ? [] : [[name.toLowerCase(), value] as const]
      )
    ],
    mediaType: mediaTypes[plan.mediaType % mediaTypes.length],
    body: withOwn(plan.body ?? exampleOf(operation), own),
    bytes: undefined
  }
  for (const change of plan.changes) apply(draft, change)
  const body = bytesOf(draft)
  const query = draft.rawQuery ?? formOf(draft.query)
  const hasType = body !== undefined && draft.mediaType !== undefined
  return {
    method: draft.method,
    target: draft.path + (query === "" && draft.rawQuery === undefined ? "" : `?${query}`),
    headers: hasType ? [...draft.headers, ["content-type", draft.mediaType!]] : draft.headers,
    body
  }
}
