import { OpenApi } from "effect/http-api"
import { AccountApi } from "./auth/AccountApi.ts"
import { AuthApi } from "./auth/AuthApi.ts"
import { DeviceApi } from "./auth/DeviceApi.ts"
import { BatchApi } from "./batch/BatchApi.ts"
import { ChangesApi } from "./changes/ChangesApi.ts"
import { CommentsApi } from "./comments/CommentsApi.ts"
import { strictApi } from "./http/StrictApi.ts"
import { LimitsApi } from "./limits/LimitsApi.ts"
import { OperationsApi } from "./operations/OperationsApi.ts"
import { ProjectsApi } from "./projects/ProjectsApi.ts"
import { QuickApi } from "./quick/QuickApi.ts"
import { CompletionsApi } from "./repetition/CompletionsApi.ts"
import { SessionsApi } from "./sessions/SessionsApi.ts"
import { SettingsApi } from "./settings/SettingsApi.ts"
import { StatsApi } from "./stats/StatsApi.ts"
import { SystemApi } from "./system/SystemApi.ts"
import { TagsApi } from "./tags/TagsApi.ts"
import { TasksApi } from "./tasks/TasksApi.ts"
import { TokensApi } from "./tokens/TokensApi.ts"
import { TransferApi } from "./transfer/TransferApi.ts"
import { TrashApi } from "./trash/TrashApi.ts"
import { UsersApi } from "./users/UsersApi.ts"
import { ViewsApi } from "./views/ViewsApi.ts"

/** The HTTP contract of the service: server, clients and documentation all come from it. */
export class Api extends strictApi
  .add(
    TasksApi,
    QuickApi,
    ProjectsApi,
    CompletionsApi,
    TagsApi,
    CommentsApi,
    ViewsApi,
    TrashApi,
    BatchApi,
    OperationsApi,
    ChangesApi,
    StatsApi,
    TransferApi,
    LimitsApi,
    UsersApi,
    SettingsApi,
    SessionsApi,
    TokensApi,
    AuthApi,
    AccountApi,
    DeviceApi,
    SystemApi
  )
  .annotateMerge(OpenApi.annotations({
    title: "todo",
    license: { name: "MIT", identifier: "MIT" },
    servers: [{ url: "/", description: "This service." }],
    description: [
      "A to-do service. Sign up or in under `/api/auth`, get a JWT from `GET /api/auth/token`, and send it as",
      "`Authorization: Bearer …`; get a new one when it expires. In scripts a token from `POST /api/v1/tokens` stands in",
      "the place of the JWT.",
      "",
      "Every error is a problem document (RFC 9457): branch on its `code`. Every response has `X-Request-Id` and `Todo-Version`."
    ].join("\n")
  }))
{}
