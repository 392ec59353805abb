import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { Authorization } from "../auth/Authorization.ts"
import { operation } from "../http/openapi/Operation.ts"
import { RequestContract } from "../http/RequestContract.ts"
import { User } from "./User.ts"

/** The operations on the user's own account. */
export class UsersApi extends HttpApiGroup.make("users")
  .add(
    HttpApiEndpoint.get("me", "/me", { success: User }).annotateMerge(operation({
      id: "getMe",
      scope: "tasks:read",
      summary: "Who am I",
      description: "The user whom the bearer token names.",
      responses: { 200: "The signed-in user." }
    }))
  )
  .middleware(RequestContract)
  .middleware(Authorization)
  .prefix("/api/v1")
  .annotateMerge(OpenApi.annotations({ title: "Users", description: "The signed-in user." }))
{}
