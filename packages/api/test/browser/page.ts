import { Api } from "@todo/domain/Api"
import { Authorization } from "@todo/domain/auth/Authorization"
import { SessionAuthorization } from "@todo/domain/auth/SessionAuthorization"
import { createAuthClient } from "better-auth/client"
import { jwtClient } from "better-auth/client/plugins"
import { Effect, Layer } from "effect"
import { FetchHttpClient, HttpClientRequest } from "effect/http"
import { HttpApiClient, HttpApiMiddleware } from "effect/http-api"

/*
 * The script of a frontend, as its developers would write it: Better Auth's own
 * client, and the client that Effect derives from the contract. The tests
 * bundle it for the browser (Frontends.ts) and call it there.
 */

/** Who signs in. */
export interface Account {
  readonly email: string
  readonly password: string
}

const authClient = (service: string) => createAuthClient({ baseURL: service, plugins: [jwtClient()] })

/** What Better Auth's client answers. */
interface Answer<A> {
  readonly data: A | null
  readonly error: { readonly code?: string | undefined } | null
}

const orThrow = <A>({ data, error }: Answer<A>): A => {
  if (data === null) throw new Error(error?.code ?? "refused")
  return data
}

/** Makes an account and signs it in; the browser keeps the cookie. Answers the user's id. */
export const signUp = async (service: string, account: Account) =>
  orThrow(await authClient(service).signUp.email({ name: "Ada", ...account })).user.id

/** Signs in; the browser keeps the cookie. */
export const signIn = async (service: string, account: Account) =>
  orThrow(await authClient(service).signIn.email(account)).user.email

/** Ends the session of the cookie. */
export const signOut = async (service: string) => orThrow(await authClient(service).signOut()).success

/** A JWT for the session of the cookie. */
export const token = async (service: string) => orThrow(await authClient(service).token()).token

/** Signs in and gets a JWT without any cookie: what a page on another site has to do. */
export const tokenWithoutCookies = async (service: string, account: Account) => {
  let session: string | null = null
  const fetchOptions = { credentials: "omit" as const }
  orThrow(
    await authClient(service).signIn.email(account, {
      ...fetchOptions,
      onSuccess: ({ response }) => {
        session = response.headers.get("set-auth-token")
      }
    })
  )
  const headers = { Authorization: `Bearer ${session}` }
  return orThrow(await authClient(service).token({ fetchOptions: { ...fetchOptions, headers } })).token
}

const withJwt = (jwt: string) =>
  Layer.mergeAll(
    FetchHttpClient.layer,
    HttpApiMiddleware.layerClient(Authorization, ({ next, request }) =>
      next(HttpClientRequest.bearerToken(request, jwt))),
    HttpApiMiddleware.layerClient(SessionAuthorization, ({ next, request }) =>
      next(request))
  )

/** Adds tasks and answers the titles of all, newest first. */
export const addTasks = (service: string, jwt: string, titles: ReadonlyArray<string>) =>
  Effect.gen(function*() {
    const { tasks } = yield* HttpApiClient.make(Api, { baseUrl: service })
    for (const title of titles) yield* tasks.create({ headers: {}, payload: { title } })
    const page = yield* tasks.list({ query: { limit: 10 }, headers: {} })
    return page!.body.items.map((task) => task.title)
  }).pipe(Effect.provide(withJwt(jwt)), Effect.runPromise)

/** Updates a task twice with the same `If-Match`. Answers the first `ETag` and what the second update was told. */
export const staleUpdate = (service: string, jwt: string) =>
  Effect.gen(function*() {
    const { tasks } = yield* HttpApiClient.make(Api, { baseUrl: service })
    const { body: { id }, headers: { etag } } = yield* tasks.create({ headers: {}, payload: { title: "Walk" } })
    const update = (title: string) =>
      tasks.update({ params: { id }, headers: { "if-match": etag }, payload: { title } })
    yield* update("Run")
    const problem = yield* Effect.flip(update("Swim"))
    return { etag, current: "current" in problem ? problem.current.title : problem.message }
  }).pipe(Effect.provide(withJwt(jwt)), Effect.runPromise)

/** Posts as a form or a script may to any origin, without asking first and without reading the answer. */
export const postBlindly = async (service: string, path: string, body: unknown): Promise<void> => {
  await fetch(`${service}${path}`, {
    method: "POST",
    mode: "no-cors",
    credentials: "include",
    headers: { "content-type": "text/plain" },
    body: JSON.stringify(body)
  })
}
