import { Effect } from "effect"
import { writeSession } from "../support/accountRows.ts"
import { bearer, origin, type Person, send, sendJson, tokenOf } from "../support/requests.ts"
import type { TestService } from "../support/TestService.ts"
import { claimsOf } from "../support/tokens.ts"
import { absent } from "./IdPlaces.ts"
import { type Operation, operations } from "./Operations.ts"

/** A task with which all can be done that there is to be done with one. */
const repeating = (owner: Person) =>
  Effect.map(
    owner.json("POST", "/api/v1/tasks", {
      title: "Very private",
      due: { date: "2999-01-01" },
      repeat: { rule: "FREQ=DAILY" }
    }),
    ({ body }): string => body.id
  )

/** Makes something of `owner`'s whose id, or name, the operations of each group take. */
export const belongings: Record<string, (owner: Person) => Effect.Effect<string, never, TestService>> = {
  tasks: (owner) => Effect.map(owner.add("Very private"), ({ id }) => id),
  trash: (owner) =>
    Effect.flatMap(
      owner.add("Very private"),
      ({ id }) => Effect.as(owner.json("DELETE", `/api/v1/tasks/${id}`, ""), id)
    ),
  completions: repeating,
  // Who signs in has settings: nothing has to be made.
  settings: (owner) => Effect.map(owner.add("Very private"), ({ id }) => id),
  projects: (owner) =>
    Effect.map(
      owner.json("POST", "/api/v1/projects", { name: `Very private ${crypto.randomUUID()}` }),
      ({ body }) => body.id
    ),
  tags: (owner) => {
    const name = `Very private ${crypto.randomUUID()}`
    return Effect.as(owner.json("POST", "/api/v1/tasks", { title: "x", tags: [name] }), name)
  },
  views: (owner) =>
    Effect.map(
      owner.json("POST", "/api/v1/views", { name: `Very private ${crypto.randomUUID()}`, filter: "open" }),
      ({ body }) => body.id
    ),
  // Of the id of its task: some of the operations take one, some the other.
  comments: (owner) =>
    Effect.flatMap(
      owner.add("Very private"),
      ({ id }) => Effect.as(owner.json("POST", `/api/v1/tasks/${id}/comments`, { id, text: "Very private" }), id)
    ),
  batch: repeating,
  transfer: (owner) => Effect.map(owner.add("Very private"), ({ id }) => id),
  quick: (owner) => Effect.map(owner.add("Very private"), ({ id }) => id),
  sessions: (owner) => Effect.map(Effect.flatMap(writeSession(owner.id), tokenOf), (jwt) => claimsOf(jwt).sid),
  tokens: (owner) =>
    Effect.map(
      owner.json("POST", "/api/v1/tokens", { name: "Very private", scopes: ["tasks:read"], expiresInDays: 1 }),
      ({ body }) => body.id
    ),
  operations: (owner) =>
    Effect.map(
      owner.json("POST", "/api/v1/tasks", { title: "Very private" }),
      ({ headers }) => headers.get("operation-id")!
    )
}

/** Makes the things that the contract's examples name. */
export const makeExamples = (token: string) =>
  Effect.forEach(
    [
      ["tasks", "a1", { title: "Buy milk" }],
      ["tasks", "b2", { title: "One's own" }],
      ["projects", "b1", { name: "An example" }],
      ["projects", "b2", { name: "Another example" }],
      ["views", "d1", { name: "An example", filter: "open" }],
      ["views", "d2", { name: "Another example", filter: "open" }]
    ] as const,
    ([path, end, body]) =>
      sendJson("POST", `/api/v1/${path}`, { id: `0198c0de-7a5c-7000-8000-0000000000${end}`, ...body }, bearer(token))
  )

/** What the bearer of a token has to have done before an operation can do anything. */
const doneBefore: Record<string, (token: string) => Effect.Effect<unknown, never, TestService>> = {
  "tasks.move": makeExamples,
  "projects.move": makeExamples,
  "views.move": makeExamples,
  "operations.undoLatest": (token) => sendJson("POST", "/api/v1/tasks", { title: "One's own" }, bearer(token))
}

/** Does that, if there is anything to be done. */
export const prepare = ({ name }: Operation, token: string): Effect.Effect<unknown, never, TestService> =>
  doneBefore[name]?.(token) ?? Effect.void

/** Asks for what the contract's example proposes, or with another body, with `subject`'s own address and password where it has somebody's. */
export const call = (
  operation: Operation,
  subject: Person,
  token: string | undefined,
  id: string = absent,
  headers: Record<string, string> = {},
  otherBody?: unknown,
  otherQuery?: Readonly<Record<string, string>>
) => {
  const { body, query } = operation.example()
  const { email, password } = subject
  const own: Record<string, string> = { email, password, currentPassword: password }
  const parameters = new URLSearchParams(otherQuery ?? query).toString()
  return send(
    operation.path.replace(operation.parameters[0] === "name" ? ":name" : ":id", encodeURIComponent(id)).replace(
      ":name",
      "home"
    ).replace(":externalId", `external-${id}`) + (parameters === "" ? "" : `?${parameters}`),
    {
      method: operation.method,
      headers: {
        ...origin,
        ...(token === undefined ? {} : bearer(token)),
        ...(body === undefined ? {} : { "content-type": body.contentType }),
        ...headers
      },
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(otherBody ?? body.value, (member, value) => own[member] ?? value) })
    }
  )
}

/** All that somebody has, as far as the contract shows it. What happens to it is told by `changes` once more. */
export const belongingsOf = (person: Person) =>
  Effect.forEach(
    operations.filter(({ group, method, parameters, security }) =>
      security === "jwt" && method === "GET" && parameters.length === 0 && group !== "changes"
    ),
    (operation) =>
      Effect.map(call(operation, person, person.jwt), ({ body, status }) => ({
        name: operation.name,
        status,
        // When it was asked for is no belonging.
        body: { ...body, exportedAt: undefined }
      }))
  )
