import { entityTag } from "@todo/domain/http/EntityTag"
import { HttpServerResponse } from "effect/http"
import type { Row, Table } from "../database/Table.ts"
import type { Written } from "../database/Write.ts"
import type { WrittenThing } from "../entity/EntityStore.ts"
import { jsonResponse } from "../http/JsonResponse.ts"
import { noneMatches } from "../http/Preconditions.ts"

/** The header with the operation that a write was, where it was one. */
export const operationId = ({ operation }: Written) =>
  operation === undefined ? undefined : { "operation-id": operation }

/** The answer of a write of many things, which says how many. */
export const counted = (written: Written) =>
  jsonResponse(200, JSON.stringify({ count: written["count"] }), { ...operationId(written) })

/** The answers of the operations on things of a noun, at `path`. */
export const entityResponses = ({ json }: Table, path: string) => ({
  /** A thing that was made, now or by an earlier request with its id. */
  created: (written: WrittenThing) =>
    jsonResponse(written.operation === undefined ? 200 : 201, json(written.thing), {
      location: `${path}/${written.thing.id}`,
      etag: entityTag(written.thing.version),
      ...operationId(written)
    }),
  /** A thing, or 304 where the request says that it has it. */
  found: (thing: Row, ifNoneMatch: string | undefined) => {
    const etag = entityTag(thing.version)
    return noneMatches(ifNoneMatch, etag)
      ? HttpServerResponse.empty({ status: 304, headers: { etag } })
      : jsonResponse(200, json(thing), { etag })
  },
  updated: (written: WrittenThing) =>
    jsonResponse(200, json(written.thing), { etag: entityTag(written.thing.version), ...operationId(written) }),
  removed: (written: Written) => HttpServerResponse.empty({ status: 204, headers: operationId(written) })
})
