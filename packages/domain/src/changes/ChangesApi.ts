import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Authorization } from "../auth/Authorization.ts"
import { operation } from "../http/openapi/Operation.ts"
import { RequestContract } from "../http/RequestContract.ts"
import { ChangeCursor, ChangePage, ChangeQuery } from "./Change.ts"
import { CursorExpired } from "./ChangeProblems.ts"

/** Server-Sent Events (HTML, 9.2), which a client reads as they come. */
const EventStream = Schema.String.pipe(HttpApiSchema.asText({ contentType: "text/event-stream" })).annotate({
  description: "Server-Sent Events: one `start`, and then a `message` for each `Change`, with its cursor as `id`."
})

/** What happens to the user's things, whoever does it. */
export class ChangesApi extends HttpApiGroup.make("changes")
  .add(
    HttpApiEndpoint.get("list", "/changes", {
      query: ChangeQuery,
      success: ChangePage,
      error: CursorExpired
    }).annotateMerge(operation({
      id: "listChanges",
      scope: "tasks:read",
      summary: "List changes",
      description:
        "What has happened since `cursor`, in the order in which it did. Without a cursor first all that there is, the trash included, and then what has happened since the first page.",
      responses: { 200: "A page of changes." }
    })),
    HttpApiEndpoint.get("follow", "/events", {
      query: { cursor: Schema.optionalKey(ChangeCursor) },
      headers: {
        "last-event-id": Schema.optionalKey(
          ChangeCursor.annotate({ description: "The `id` of the last event that came; it goes before `cursor`." })
        )
      },
      success: EventStream,
      error: CursorExpired
    }).annotateMerge(operation({
      id: "followChanges",
      scope: "tasks:read",
      summary: "Follow changes",
      description:
        "The same as it happens, as Server-Sent Events, from a cursor on, or from now on. It goes on as long as the session or the token for scripts lives, whatever becomes of the JWT.",
      responses: { 200: "A stream of events, which does not end by itself." }
    }))
  )
  .middleware(RequestContract)
  .middleware(Authorization)
  .prefix("/api/v1")
  .annotateMerge(OpenApi.annotations({ title: "Changes", description: "What happens to the signed-in user's things." }))
{}
