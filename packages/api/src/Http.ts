import { NodeHttpServer } from "@effect/platform-node"
import { Authorization } from "@todo/domain/auth/Authorization"
import { DocumentedApi } from "@todo/domain/DocumentedApi"
import { RequestContract } from "@todo/domain/http/RequestContract"
import { ByteSize, Effect, Layer, Stdio, Terminal } from "effect"
import { HttpIncomingMessage, HttpRouter, HttpServer } from "effect/http"
import { HttpApiBuilder, HttpApiScalar } from "effect/http-api"
import { ChildProcessSpawner } from "effect/process"
import { SqlClient } from "effect/sql"
import { AccessTokens } from "./auth/AccessTokens.ts"
import { AuthContractsLive } from "./auth/AuthContractLive.ts"
import { AccountHandlers, AuthHandlers, DeviceHandlers } from "./auth/AuthHandlers.ts"
import { AuthOperations } from "./auth/AuthOperations.ts"
import { AuthorizationLive, SessionAuthorizationLive } from "./auth/AuthorizationLive.ts"
import { BetterAuth } from "./auth/BetterAuth.ts"
import { DeviceOperations } from "./auth/DeviceOperations.ts"
import { DeviceRequests } from "./auth/DeviceRequests.ts"
import { KeyRotation } from "./auth/KeyRotation.ts"
import { Passwords } from "./auth/Passwords.ts"
import { SigningKeys } from "./auth/SigningKeys.ts"
import { AppConfig } from "./Config.ts"
import { PoolUse } from "./database/PoolUse.ts"
import { Statements } from "./database/Statements.ts"
import { Admission } from "./http/Admission.ts"
import { routerConfig } from "./http/CanonicalPath.ts"
import { Drain } from "./http/Drain.ts"
import { Edge } from "./http/Edge.ts"
import { FairShare } from "./http/FairShare.ts"
import { makeServer } from "./http/NodeServer.ts"
import { makeRefuse } from "./http/Refusal.ts"
import { RequestContractLive } from "./http/RequestContractLive.ts"
import { forgetting, knowing } from "./http/Surroundings.ts"
import { RateLimits } from "./limits/RateLimits.ts"
import { DevicePage } from "./pages/DevicePage.ts"
import { ResetPasswordPage } from "./pages/ResetPasswordPage.ts"
import { VerifyEmailPage } from "./pages/VerifyEmailPage.ts"
import { Secret } from "./Secret.ts"
import { SessionsHandlers } from "./sessions/SessionsHandlers.ts"
import { SessionsRepository } from "./sessions/SessionsRepository.ts"
import { SystemHandlers } from "./system/SystemHandlers.ts"
import { Tasks } from "./tasks/Tasks.ts"
import { TasksHandlers } from "./tasks/TasksHandlers.ts"
import { TasksRepository } from "./tasks/TasksRepository.ts"
import { TokensHandlers } from "./tokens/TokensHandlers.ts"
import { TokensRepository } from "./tokens/TokensRepository.ts"
import { UsersHandlers } from "./users/UsersHandlers.ts"
import { UsersRepository } from "./users/UsersRepository.ts"

/** The longest body that is read. */
export const maxBodySize = ByteSize.mebibytes(1)

const Handlers = Layer.mergeAll(
  knowing(Tasks, RequestContract, Authorization)(TasksHandlers),
  UsersHandlers,
  SessionsHandlers,
  TokensHandlers,
  AuthHandlers,
  AccountHandlers,
  DeviceHandlers,
  SystemHandlers
).pipe(
  Layer.provide(Tasks.layer),
  Layer.provide([TasksRepository.layer, UsersRepository.layer, SessionsRepository.layer, TokensRepository.layer]),
  Layer.provide([RequestContractLive, AuthContractsLive]),
  Layer.provide([AuthorizationLive, SessionAuthorizationLive]),
  Layer.provide(AccessTokens.layer)
)

/** Scalar without what leads to its makers' cloud: nobody but this service hears of a look at the documentation. */
const scalar = {
  withDefaultFonts: false,
  defaultOpenAllTags: true,
  authentication: { preferredSecurityScheme: "accessToken" },
  // An empty icon: without one a browser asks for /favicon.ico.
  favicon: "data:,",
  // Options of Scalar that Effect's type does not list.
  telemetry: false,
  showDeveloperTools: "never",
  hideClientButton: true
}

/** Made when somebody asks for it first: what it is made of is 3 MB, which the heap has more than once. */
const Documentation = HttpRouter.use(Effect.fnUntraced(function*(router) {
  const path = "/docs"
  const answer = yield* Effect.cached(HttpRouter.toHttpEffect(HttpApiScalar.layer(DocumentedApi, { path, scalar })))
  yield* router.add("GET", path, Effect.flatten(answer))
}))

/** Every route of the service: the contract, Better Auth's own, the pages, and the documentation. */
export const Routes = Layer.mergeAll(
  HttpApiBuilder.layer(DocumentedApi, { openapiPath: "/openapi.json" }).pipe(Layer.provide(Handlers)),
  DevicePage.pipe(Layer.provide(DeviceRequests.layer)),
  ResetPasswordPage,
  VerifyEmailPage,
  Documentation,
  Edge,
  KeyRotation
).pipe(
  Layer.provide([AuthOperations.layer.pipe(Layer.provide(TokensRepository.layer)), DeviceOperations.layer]),
  Layer.provide([BetterAuth.layer, RateLimits.layer]),
  Layer.provide([SigningKeys.layer, Passwords.layer])
)

/** The service on its port. When it stops it takes no new request and finishes those it has. */
export const HttpLive = Layer.unwrap(
  Effect.map(
    Effect.provideService(HttpRouter.toHttpEffect(Routes), HttpRouter.RouterConfig, routerConfig),
    (answer) =>
      forgetting(
        AppConfig,
        Secret,
        SqlClient.SqlClient,
        Statements,
        PoolUse,
        Admission,
        FairShare,
        Drain,
        Stdio.Stdio,
        Terminal.Terminal,
        ChildProcessSpawner.ChildProcessSpawner
      )(HttpServer.serve(answer))
  )
).pipe(
  Layer.provide(Layer.succeed(HttpIncomingMessage.MaxBodySize, maxBodySize)),
  Layer.provideMerge(
    Layer.unwrap(
      Effect.map(
        Effect.all([AppConfig, Drain, Admission]),
        ([{ corsOrigins, host, port }, drain, admission]) =>
          NodeHttpServer.layer(() => makeServer({ drain, admission, refuse: makeRefuse(corsOrigins) }), {
            host,
            port,
            // Node takes one connection in each turn of its loop. Where the queue is full the kernel drops a
            // connection, which is tried again after a second, then three, then seven.
            backlog: 4096,
            gracefulShutdownTimeout: "20 seconds"
          })
      )
    )
  ),
  Layer.provideMerge(Layer.merge(Layer.provideMerge(FairShare.layer, Admission.layer), Drain.layer))
)
