import { Schema } from "effect"
import { HttpApi, HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Authorization } from "../auth/Authorization.ts"
import { write } from "../http/Idempotency.ts"
import { LimitReached } from "../http/LimitReached.ts"
import { operation } from "../http/openapi/Operation.ts"
import { RequestContract } from "../http/RequestContract.ts"
import { operationId } from "../operations/OperationId.ts"
import { ExportDocument, ImportDocument, maxImportBytes, maxImportValues } from "./Document.ts"
import { ImportPlan } from "./Plan.ts"
import { ImportRefused } from "./TransferProblems.ts"

const choice = (description: string) => Schema.optionalKey(Schema.Boolean.annotate({ description }))

/** How a document is imported. */
export const ImportQuery = Schema.Struct({
  dryRun: choice("true: nothing is done, and the answer says what would be, or that it would be refused."),
  partial: choice("true: what cannot be imported is left out, and the answer says what; else nothing is imported."),
  overwrite: choice("true: what is there and differs is changed; else it stays, and the answer says so.")
})
export interface ImportQuery extends Schema.Schema.Type<typeof ImportQuery> {}

/** The first that is wrong is told: to find all that is wrong in so much costs too much. */
const untilTheFirst = { onExcessProperty: "error", errors: "first" } as const

/** All that an account has, out of the service and into it. */
export class TransferApi extends HttpApiGroup.make("transfer")
  .add(
    HttpApiEndpoint.get("export", "/export", {
      query: {
        cursor: Schema.optionalKey(
          Schema.String.check(Schema.isMaxLength(500)).annotate({
            description: "`nextCursor` of the part before, unchanged."
          })
        )
      },
      success: ExportDocument
    }).annotateMerge(operation({
      id: "exportAccount",
      scope: "tasks:read",
      summary: "Export all there is",
      description:
        "All projects, tags, views, tasks and comments, without the trash: a document that `POST /api/v1/import` takes. A large one comes in parts of some 1 MiB, each a document by itself; what changes between them may be in it or not.",
      responses: { 200: "The document, or a part of it." }
    })),
    HttpApiEndpoint.post(
      "import",
      "/import",
      write({
        query: ImportQuery,
        payload: ImportDocument,
        success: HttpApiSchema.WithHeaders(ImportPlan, operationId),
        error: [ImportRefused, LimitReached]
      })
    ).annotate(HttpApi.PayloadParseOptions, untilTheFirst).annotateMerge(operation({
      id: "importDocument",
      scope: "tasks:write",
      bodyLimit: maxImportBytes,
      bodyValues: maxImportValues,
      summary: "Import a document",
      description:
        "Makes what the document has and the account has not, as one operation, which one undo takes back. A thing is known by its `id`, a task also by its `externalId`, a project and a view by its name, a tag by its name alone: so the same document again changes nothing. An id that is taken here by what was deleted is replaced by another, and links follow.",
      responses: {
        200: "What was done, or with `dryRun` would be.",
        409:
          "It has, or would change, more than 10,000 things, or a request with this `Idempotency-Key` is being answered at this moment.",
        422:
          "Some of it cannot be imported (`import_refused`), or the `Idempotency-Key` came before with another request."
      }
    }))
  )
  .middleware(RequestContract)
  .middleware(Authorization)
  .prefix("/api/v1")
  .annotateMerge(OpenApi.annotations({ title: "Transfer", description: "Out of the service, and into it." }))
{}
