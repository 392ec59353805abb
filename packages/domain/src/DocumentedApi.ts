import { HttpApi, OpenApi } from "effect/http-api"
import packageJson from "../package.json" with { type: "json" }
import { Api } from "./Api.ts"
import { openApiDocument } from "./http/openapi/OpenApiDocument.ts"
import { Problem, RateLimited } from "./http/Problem.ts"

/**
 * The contract with what its OpenAPI document needs beyond it. Apart from
 * `Api`, so that clients do not carry what only the document is made with.
 */
export class DocumentedApi extends Api
  .annotate(HttpApi.AdditionalSchemas, [Problem, RateLimited])
  .annotateMerge(OpenApi.annotations({ version: packageJson.version }))
  .annotateMerge(openApiDocument(Api))
{}
