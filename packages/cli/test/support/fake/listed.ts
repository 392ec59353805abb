import { HttpApiSchema } from "effect/http-api"

/** A list with a tag, which nobody compares. */
export const listed = <Page>(page: Page) => HttpApiSchema.withHeaders({ body: page, headers: { etag: "W/\"0.0\"" } })
