import { Authorization } from "@todo/domain/auth/Authorization"
import { ProjectsApi } from "@todo/domain/projects/ProjectsApi"
import { SettingsApi } from "@todo/domain/settings/SettingsApi"
import { TasksApi } from "@todo/domain/tasks/TasksApi"
import { Context, Effect, Layer, Option } from "effect"
import { HttpClient, HttpClientError, HttpClientRequest } from "effect/http"
import { HttpApiMiddleware } from "effect/http-api"
import type { Failure } from "../failures/Failure.ts"
import { AroundRequest } from "./AroundRequest.ts"
import { type GroupClients, groupClients } from "./GroupClient.ts"
import { notingVersion } from "./ServiceVersion.ts"
import { TokenSource } from "./TokenSource.ts"

/**
 * Signs requests with a JWT. When the service refuses it, a new one is tried,
 * once: the service may have changed its keys, or the clocks may differ.
 */
const AccessTokenBearer = HttpApiMiddleware.layerClient(
  Authorization,
  Effect.fnUntraced(function*({ next, request }) {
    const around = yield* AroundRequest
    const tokens = yield* TokenSource
    // A middleware of the contract may fail as the transport does, and with nothing else.
    const asTransportError = Effect.mapError((cause: Failure) =>
      new HttpClientError.HttpClientError({ reason: new HttpClientError.TransportError({ request, cause }) })
    )
    const send = Effect.fnUntraced(function*(request: HttpClientRequest.HttpClientRequest) {
      const token = yield* asTransportError(tokens.current)
      const response = yield* next(HttpClientRequest.bearerToken(request, token))
      if (response.status !== 401) return response
      const renewed = yield* asTransportError(tokens.renew)
      return Option.isNone(renewed) ? response : yield* next(HttpClientRequest.bearerToken(request, renewed.value))
    })
    return yield* around(request, send)
  })
)

const others = () => import("./OtherGroups.ts")

/** The groups of the contract that need a signed-in user; those that are used most are there at once. */
const groups = {
  batch: async () => (await others()).BatchApi,
  changes: async () => (await others()).ChangesApi,
  comments: async () => (await others()).CommentsApi,
  completions: async () => (await others()).CompletionsApi,
  operations: async () => (await others()).OperationsApi,
  projects: async () => ProjectsApi,
  quick: async () => (await others()).QuickApi,
  sessions: async () => (await others()).SessionsApi,
  settings: async () => SettingsApi,
  stats: async () => (await others()).StatsApi,
  tags: async () => (await others()).TagsApi,
  tasks: async () => TasksApi,
  tokens: async () => (await others()).TokensApi,
  transfer: async () => (await others()).TransferApi,
  trash: async () => (await others()).TrashApi,
  users: async () => (await others()).UsersApi,
  views: async () => (await others()).ViewsApi
}

/** The operations of the service that need a signed-in user. */
export class ApiClient extends Context.Service<ApiClient, GroupClients<typeof groups>>()("todo/cli/ApiClient") {
  static readonly layer = Layer.effect(
    ApiClient,
    Effect.gen(function*() {
      return ApiClient.of(yield* groupClients(groups, notingVersion(yield* HttpClient.HttpClient)))
    })
  ).pipe(Layer.provide(AccessTokenBearer))
}
