import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Authorization } from "../auth/Authorization.ts"
import { UnknownTimeZone } from "../dates/DateProblems.ts"
import { Gone } from "../entity/EntityProblems.ts"
import { EntityTag } from "../http/EntityTag.ts"
import { write } from "../http/Idempotency.ts"
import { Changed } from "../http/NounProblems.ts"
import { operation } from "../http/openapi/Operation.ts"
import { readPreconditions, writePreconditions } from "../http/Preconditions.ts"
import { RequestContract } from "../http/RequestContract.ts"
import { operationId } from "../operations/OperationId.ts"
import { Settings, SettingsPatch } from "./Settings.ts"

export class SettingsChanged extends Changed<SettingsChanged>()("settings", Settings) {}

/** What the user has set for the whole account. */
export class SettingsApi extends HttpApiGroup.make("settings")
  .add(
    HttpApiEndpoint.get("get", "/settings", {
      headers: readPreconditions,
      success: [
        HttpApiSchema.WithHeaders(Settings, { etag: EntityTag }),
        HttpApiSchema.Empty(304).annotate({ description: "The settings are still as `If-None-Match` says." })
      ],
      error: SettingsChanged
    }).annotateMerge(operation({
      id: "getSettings",
      scope: "tasks:read",
      summary: "Get the settings",
      description: "What the user has set for the whole account, with its version as `ETag`.",
      responses: { 200: "The settings.", 304: "The settings are still as `If-None-Match` says." }
    })),
    HttpApiEndpoint.patch(
      "update",
      "/settings",
      write({
        headers: writePreconditions,
        payload: [
          SettingsPatch.pipe(HttpApiSchema.asJson({ contentType: "application/merge-patch+json" })),
          SettingsPatch
        ],
        success: HttpApiSchema.WithHeaders(Settings, { etag: EntityTag, ...operationId }),
        error: [SettingsChanged, UnknownTimeZone, Gone]
      })
    ).annotateMerge(operation({
      id: "updateSettings",
      scope: "tasks:write",
      summary: "Change the settings",
      description:
        "Applies a merge-patch (RFC 7396). No task changes with them: what is due at a time that floats, or all day long, is due then where the user is.",
      responses: { 200: "The settings as they are now." }
    }))
  )
  .middleware(RequestContract)
  .middleware(Authorization)
  .prefix("/api/v1")
  .annotateMerge(
    OpenApi.annotations({ title: "Settings", description: "What the user has set for the whole account." })
  )
{}
