import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { Authorization } from "../auth/Authorization.ts"
import { tagged } from "../http/ListTag.ts"
import { operation } from "../http/openapi/Operation.ts"
import { RequestContract } from "../http/RequestContract.ts"

/** How many of something a user may have. */
export const Limit = Schema.Struct({
  limit: Schema.String.annotate({
    description: "Of what, as `limit_reached` calls it; `changes` is how many things one operation may change.",
    examples: ["tasks"]
  }),
  max: Schema.Int.annotate({ description: "How many there may be.", examples: [100_000] }),
  count: Schema.NullOr(Schema.Int).annotate({
    description: "How many there are now; null where that is not counted.",
    examples: [12]
  })
}).annotate({ identifier: "Limit", description: "How many of something a user may have." })
export interface Limit extends Schema.Schema.Type<typeof Limit> {}

/** All limits of a user. */
export const LimitList = Schema.Struct({
  items: Schema.Array(Limit).annotate({ description: "Each limit once." })
}).annotate({ identifier: "LimitList", description: "What the user may have, and has." })

/** How much of everything the user may have. */
export class LimitsApi extends HttpApiGroup.make("limits")
  .add(
    HttpApiEndpoint.get("list", "/limits", tagged(LimitList)).annotateMerge(operation({
      id: "listLimits",
      scope: "tasks:read",
      summary: "List limits",
      description: "How many of everything the user may have, and has. Of tasks those in the trash count, too.",
      responses: { 200: "The limits.", 304: "The list is still as `If-None-Match` says." }
    }))
  )
  .middleware(RequestContract)
  .middleware(Authorization)
  .prefix("/api/v1")
  .annotateMerge(OpenApi.annotations({ title: "Limits", description: "How much of everything the user may have." }))
{}
