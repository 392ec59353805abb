import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { Authorization } from "../auth/Authorization.ts"
import { operation } from "../http/openapi/Operation.ts"
import { RequestContract } from "../http/RequestContract.ts"
import { ChangePage, ChangeQuery } from "./Change.ts"
import { CursorExpired } from "./ChangeProblems.ts"

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
    }))
  )
  .middleware(RequestContract)
  .middleware(Authorization)
  .prefix("/api/v1")
  .annotateMerge(OpenApi.annotations({ title: "Changes", description: "What happens to the signed-in user's things." }))
{}
