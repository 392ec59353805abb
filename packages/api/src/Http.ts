import { Authorization } from "@todo/domain/auth/Authorization"
import { DocumentedApi } from "@todo/domain/DocumentedApi"
import { RequestContract } from "@todo/domain/http/RequestContract"
import { Effect, Layer, Stdio, Terminal } from "effect"
import { HttpRouter, HttpServer } from "effect/http"
import { HttpApiBuilder } from "effect/http-api"
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
import { Changes } from "./changes/Changes.ts"
import { ChangesHandlers } from "./changes/ChangesHandlers.ts"
import { Looks } from "./changes/Looks.ts"
import { AppConfig } from "./Config.ts"
import { PoolUse } from "./database/PoolUse.ts"
import { Statements } from "./database/Statements.ts"
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
import { makeServer } from "./http/NodeServer.ts"
import { OpenStreams } from "./http/OpenStreams.ts"
import { makeRefuse } from "./http/Refusal.ts"
import { RequestContractLive } from "./http/RequestContractLive.ts"
import { forgetting, knowing } from "./http/Surroundings.ts"
import { UnsentAnswers } from "./http/UnsentAnswers.ts"
import { RateLimits } from "./limits/RateLimits.ts"
import { DevicePage } from "./pages/DevicePage.ts"
import { HomePage } from "./pages/HomePage.ts"
import { ProblemsPage } from "./pages/ProblemsPage.ts"
import { ResetPasswordPage } from "./pages/ResetPasswordPage.ts"
import { SignInPage } from "./pages/SignInPage.ts"
import { SiteFiles } from "./pages/SiteFiles.ts"
import { VerifyEmailPage } from "./pages/VerifyEmailPage.ts"
import { Secret } from "./Secret.ts"
import { SessionsHandlers } from "./sessions/SessionsHandlers.ts"
import { SessionsRepository } from "./sessions/SessionsRepository.ts"
import { Documentation } from "./system/Documentation.ts"
import { SystemHandlers } from "./system/SystemHandlers.ts"
import { Tasks } from "./tasks/Tasks.ts"
import { TasksHandlers } from "./tasks/TasksHandlers.ts"
import { ExchangedTokens } from "./tokens/ExchangedTokens.ts"
import { TokensHandlers } from "./tokens/TokensHandlers.ts"
import { TokensRepository } from "./tokens/TokensRepository.ts"
import { UsersHandlers } from "./users/UsersHandlers.ts"
import { UsersRepository } from "./users/UsersRepository.ts"

const Handlers = Layer.mergeAll(
  knowing(Tasks, RequestContract, Authorization)(TasksHandlers),
  ChangesHandlers,
  UsersHandlers,
  SessionsHandlers,
  TokensHandlers,
  AuthHandlers,
  AccountHandlers,
  DeviceHandlers,
  SystemHandlers
).pipe(
  Layer.provide([Tasks.layer, Changes.layer]),
  Layer.provide([UsersRepository.layer, SessionsRepository.layer, TokensRepository.layer]),
  Layer.provide([RequestContractLive, AuthContractsLive]),
  Layer.provide([AuthorizationLive.pipe(Layer.provide(ExchangedTokens.layer)), SessionAuthorizationLive]),
  Layer.provide(AccessTokens.layer)
)

/** Every route of the service: the contract, Better Auth's own, the pages, and the documentation. */
export const Routes = Layer.mergeAll(
  HttpApiBuilder.layer(DocumentedApi).pipe(Layer.provide(Handlers)),
  DevicePage.pipe(Layer.provide(DeviceRequests.layer)),
  ResetPasswordPage,
  VerifyEmailPage,
  HomePage,
  SignInPage,
  ProblemsPage,
  SiteFiles,
  Documentation,
  Edge,
  KeyRotation,
  Looks
).pipe(
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
