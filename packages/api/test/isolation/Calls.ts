import { Effect } from "effect"
import { writeSession } from "../support/accountRows.ts"
import { bearer, origin, type Person, send, sendJson, tokenOf } from "../support/requests.ts"
import type { TestService } from "../support/TestService.ts"
import { claimsOf } from "../support/tokens.ts"
import { absent } from "./IdPlaces.ts"
import { type Operation, operations } from "./Operations.ts"

/** Makes something of `owner`'s whose id the operations of each group take. */
export const belongings: Record<string, (owner: Person) => Effect.Effect<string, never, TestService>> = {
  tasks: (owner) => Effect.map(owner.add("Very private"), ({ id }) => id),
  trash: (owner) =>
    Effect.flatMap(
      owner.add("Very private"),
      ({ id }) => Effect.as(owner.json("DELETE", `/api/v1/tasks/${id}`, ""), id)
    ),
  batch: (owner) => Effect.map(owner.add("Very private"), ({ id }) => id),
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

/** What the bearer of a token has to have done before an operation can do anything. */
export const doneBefore: Record<string, (token: string) => Effect.Effect<unknown, never, TestService>> = {
  "operations.undoLatest": (token) => sendJson("POST", "/api/v1/tasks", { title: "One's own" }, bearer(token))
}

/** Asks for what the contract's example proposes, or with another body, with `subject`'s own address and password where it has somebody's. */
export const call = (
  operation: Operation,
  subject: Person,
  token: string | undefined,
  id: string = absent,
  headers: Record<string, string> = {},
  otherBody?: unknown
) => {
  const { body, query } = operation.example()
  const { email, password } = subject
  const own: Record<string, string> = { email, password, currentPassword: password }
  const parameters = new URLSearchParams(query).toString()
  return send(operation.path.replace(":id", id) + (parameters === "" ? "" : `?${parameters}`), {
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
  })
}

/** All that somebody has, as far as the contract shows it. What happens to it is told by `changes` once more. */
export const belongingsOf = (person: Person) =>
  Effect.forEach(
    operations.filter(({ group, method, parameters, security }) =>
      security === "jwt" && method === "GET" && parameters.length === 0 && group !== "changes"
    ),
    (operation) =>
      Effect.map(call(operation, person, person.jwt), ({ body, status }) => ({ name: operation.name, status, body }))
  )
