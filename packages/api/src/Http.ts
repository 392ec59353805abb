import { DocumentedApi } from "@todo/domain/DocumentedApi"
import { Effect, Layer, Stdio, Terminal } from "effect"
import { HttpRouter, HttpServer } from "effect/http"
import { HttpApiBuilder } from "effect/http-api"
import { ChildProcessSpawner } from "effect/process"
import { SqlClient } from "effect/sql"
import { AuthOperations } from "./accounts/AuthOperations.ts"
import { BetterAuth } from "./accounts/BetterAuth.ts"
import { DeviceOperations } from "./accounts/DeviceOperations.ts"
import { DeviceRequests } from "./accounts/DeviceRequests.ts"
import { Passwords } from "./accounts/Passwords.ts"
import { Looks } from "./changes/Looks.ts"
import { AppConfig } from "./Config.ts"
import { PoolUse } from "./database/connections/PoolUse.ts"
import { Statements } from "./database/connections/Statements.ts"
import { Wakeups } from "./database/Wakeups.ts"
import { Writes } from "./database/Write.ts"
import { Admission } from "./http/Admission.ts"
import { BodyBudget } from "./http/BodyBudget.ts"
import { routerConfig } from "./http/CanonicalPath.ts"
import { Cuts } from "./http/Cuts.ts"
import { Drain } from "./http/Drain.ts"
import { Edge } from "./http/Edge.ts"
import { FairShare } from "./http/FairShare.ts"
import { listening } from "./http/Listening.ts"
import { forgetting } from "./http/NarrowContext.ts"
import { makeServer } from "./http/NodeServer.ts"
import { OpenStreams } from "./http/OpenStreams.ts"
import { makeRefuse } from "./http/Refusal.ts"
import { RequestContractLive } from "./http/RequestContractLive.ts"
import { SiteRoutes } from "./http/SiteRoutes.ts"
import { UnsentAnswers } from "./http/UnsentAnswers.ts"
import { AccessTokens } from "./identity/AccessTokens.ts"
import { AuthorizationLive, SessionAuthorizationLive } from "./identity/AuthorizationLive.ts"
import { ExchangedTokens } from "./identity/ExchangedTokens.ts"
import { KeyRotation } from "./keys/KeyRotation.ts"
import { SigningKeys } from "./keys/SigningKeys.ts"
import { RateLimits } from "./limits/RateLimits.ts"
import { Secret } from "./Secret.ts"
import { Handlers } from "./Service.ts"
import { SiteLive } from "./SiteLive.ts"
import { TokensRepository } from "./tokens/TokensRepository.ts"

/** What answers a request of the contract before its handler does. */
const Middleware = Layer.mergeAll(
  RequestContractLive,
  AuthorizationLive.pipe(Layer.provide(ExchangedTokens.layer)),
  SessionAuthorizationLive
).pipe(Layer.provide(AccessTokens.layer))

/** Every route of the service: the contract, Better Auth's own, the pages, and the documentation. */
export const Routes = Layer.mergeAll(
  HttpApiBuilder.layer(DocumentedApi).pipe(Layer.provide(Handlers), Layer.provide(Middleware)),
  SiteRoutes,
  Edge,
  KeyRotation,
  Looks
).pipe(
  Layer.provide(SiteLive.pipe(Layer.provide(DeviceRequests.layer))),
  Layer.provide([AuthOperations.layer.pipe(Layer.provide(TokensRepository.layer)), DeviceOperations.layer]),
  Layer.provide([BetterAuth.layer, RateLimits.layer]),
  Layer.provide([SigningKeys.layer, Passwords.layer, Writes.layer]),
  Layer.provide(Wakeups.layer)
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
        UnsentAnswers,
        BodyBudget,
        Cuts,
        OpenStreams,
        Stdio.Stdio,
        Terminal.Terminal,
        ChildProcessSpawner.ChildProcessSpawner
      )(HttpServer.serve(answer))
  )
).pipe(
  Layer.provideMerge(
    Layer.unwrap(
      Effect.map(
        Effect.all([AppConfig, Drain, Admission, UnsentAnswers, BodyBudget, Cuts, OpenStreams]),
        ([{ corsOrigins, host, maxConnections, port, publicUrl }, drain, admission, unsent, bodies, cuts, streams]) =>
          listening(
            () =>
              makeServer({
                drain,
                admission,
                unsent,
                bodies,
                cuts,
                streams,
                maxConnections,
                publicUrl,
                refuse: makeRefuse(publicUrl, corsOrigins)
              }),
            {
              host,
              port,
              settings: { host: "HOST", port: "PORT" },
              // Node takes one connection in each turn of its loop. Where the queue is full the kernel drops a
              // connection, which is tried again after a second, then three, then seven.
              backlog: 4096,
              gracefulShutdownTimeout: "20 seconds"
            }
          )
      )
    )
  ),
  Layer.provideMerge(
    Layer.mergeAll(
      Layer.provideMerge(FairShare.layer, Admission.layer),
      Drain.layer,
      BodyBudget.layer,
      Layer.provideMerge(Layer.merge(UnsentAnswers.layer, OpenStreams.layer), Cuts.layer)
    )
  )
)
