import { NodeHttpServer } from "@effect/platform-node"
import { Api } from "@todo/domain/Api"
import { AuthContract, DeviceContract } from "@todo/domain/auth/AuthContract"
import { SessionAuthorization } from "@todo/domain/auth/SessionAuthorization"
import { RequestContract } from "@todo/domain/http/RequestContract"
import { InvalidRequest } from "@todo/domain/http/RequestProblems"
import { Effect, Exit, Layer, Scope } from "effect"
import { HttpRouter } from "effect/http"
import { HttpApiBuilder, HttpApiMiddleware } from "effect/http-api"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { AccountHandlers } from "./fake/AccountHandlers.ts"
import { AuthHandlers } from "./fake/AuthHandlers.ts"
import { AuthorizationLayer } from "./fake/Authorization.ts"
import { BatchHandlers } from "./fake/BatchHandlers.ts"
import { ChangesHandlers } from "./fake/ChangesHandlers.ts"
import { DeviceHandlers } from "./fake/DeviceHandlers.ts"
import { FakeState, type Received, State } from "./fake/FakeState.ts"
import { LimitsHandlers } from "./fake/LimitsHandlers.ts"
import { OperationsHandlers } from "./fake/OperationsHandlers.ts"
import { SessionsHandlers } from "./fake/SessionsHandlers.ts"
import { TasksHandlers } from "./fake/TasksHandlers.ts"
import { TokensHandlers } from "./fake/TokensHandlers.ts"
import { TrashHandlers } from "./fake/TrashHandlers.ts"
import { UsersHandlers } from "./fake/UsersHandlers.ts"

const SystemHandlers = HttpApiBuilder.group(Api, "system", (handlers) =>
  Effect.succeed(handlers.handleAll({
    live: () => Effect.succeed({ status: "ok" as const }),
    ready: () => Effect.succeed({ status: "ok" as const })
  })))

const SessionAuthorizationLayer = Layer.succeed(SessionAuthorization, { sessionToken: (httpEffect) => httpEffect })

const RequestContractLayer = HttpApiMiddleware.layerSchemaErrorTransform(
  RequestContract,
  (error) => Effect.fail(new InvalidRequest({ detail: error.message, errors: [] }))
)

/** The client sends nothing there that does not follow the contract. */
const AuthContractLayers = Layer.merge(
  Layer.succeed(AuthContract, (httpEffect) => httpEffect),
  Layer.succeed(DeviceContract, (httpEffect) => httpEffect)
)

const routes = HttpApiBuilder.layer(Api).pipe(
  Layer.provide([
    AuthHandlers,
    AccountHandlers,
    DeviceHandlers,
    UsersHandlers,
    SessionsHandlers,
    TokensHandlers,
    TasksHandlers,
    BatchHandlers,
    OperationsHandlers,
    TrashHandlers,
    LimitsHandlers,
    ChangesHandlers,
    SystemHandlers
  ]),
  Layer.provide([AuthorizationLayer, SessionAuthorizationLayer, RequestContractLayer, AuthContractLayers])
)

/** The contract of the service, real to its last header, over tasks in memory. */
export interface FakeService {
  readonly url: string
  readonly state: FakeState
  close(): Promise<void>
}

/** Serves the contract on a free port. */
export const startFakeService = async (): Promise<FakeService> => {
  const state = new FakeState()
  const server = createServer()
  server.on("request", ({ headers, method = "", url = "" }) => {
    state.received.push({ method, url, headers: headers as Received["headers"] })
  })
  const scope = await Effect.runPromise(Scope.make())
  await HttpRouter.serve(routes, { disableLogger: true, disableListenLog: true }).pipe(
    Layer.provide(NodeHttpServer.layer(() => server, { port: 0, host: "127.0.0.1" })),
    Layer.provide(Layer.succeed(State, state)),
    Layer.buildWithScope(scope),
    Effect.runPromise
  )
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    state,
    close: () => Effect.runPromise(Scope.close(scope, Exit.void))
  }
}
