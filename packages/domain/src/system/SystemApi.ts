import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { operation } from "../http/openapi/Operation.ts"
import { ServiceUnavailable } from "../http/RequestProblems.ts"

const Health = Schema.Struct({
  status: Schema.Literal("ok").annotate({ description: "`ok`; otherwise the answer is 503." })
}).annotate({
  identifier: "Health",
  description: "That it is well."
})

/** What load balancers and supervisors ask. */
export class SystemApi extends HttpApiGroup.make("system")
  .add(
    HttpApiEndpoint.get("live", "/health/live", { success: Health }).annotateMerge(operation({
      id: "getLiveness",
      summary: "Is the process alive",
      description: "200 as long as the process can answer at all.",
      responses: { 200: "It is." }
    })),
    HttpApiEndpoint.get("ready", "/health/ready", { success: Health, error: ServiceUnavailable }).annotateMerge(
      operation({
        id: "getReadiness",
        summary: "Can it serve requests",
        description: "200 when the database answers; 503 while starting, draining or without a database.",
        responses: { 200: "It can." }
      })
    )
  )
  .annotateMerge(OpenApi.annotations({ title: "System", description: "Health of the service." }))
{}
