import { entityTag } from "@todo/domain/http/EntityTag"
import { Effect } from "effect"
import { HttpServerResponse } from "effect/http"
import type { Row } from "../database/Table.ts"
import type { Written } from "../database/Write.ts"
import { type Asking, asking } from "../dates/Asker.ts"
import type { WrittenThing } from "../entity/EntityStore.ts"
import { jsonResponse } from "../http/JsonResponse.ts"
import { noneMatches } from "../http/Preconditions.ts"

/** The header with the operation that a write was, where it was one. */
export const operationId = ({ operation }: Written) =>
  operation === undefined ? undefined : { "operation-id": operation }

/** The answer of a write of many things, which says how many. */
export const counted = (written: Written) =>
  jsonResponse(200, JSON.stringify({ count: written["count"] }), { ...operationId(written) })

/** How things of a noun are answered: as its table has them, or with more. */
type Answered<Thing extends Row> = {
  /** The JSON text of a thing for who asks. */
  json(thing: Thing, who: Asking): string
  /** What its version does not cover, as an entity tag has it. */
  beyond(thing: Thing, who: Asking): string
}

/** The entity tag of a thing as it is answered. */
export const tagOf = <Thing extends Row>({ beyond }: Answered<Thing>, thing: Thing, who: Asking) =>
  entityTag(thing.version, beyond(thing, who))

/** The answers of the operations on things of a noun, at `path`. */
export const entityResponses = <Thing extends Row>(table: Answered<Thing>, path: string) => ({
  /** A thing that was made, now or by an earlier request with its id. */
  created: (written: WrittenThing & { readonly thing: Thing }) =>
    Effect.map(
      asking,
      (who) =>
        jsonResponse(written.operation === undefined ? 200 : 201, table.json(written.thing, who), {
          location: `${path}/${written.thing.id}`,
          etag: tagOf(table, written.thing, who),
          ...operationId(written)
        })
    ),
  /** A thing, or 304 where the request says that it has it. */
  found: (thing: Thing, ifNoneMatch: string | undefined) =>
    Effect.map(asking, (who) => {
      const etag = tagOf(table, thing, who)
      return noneMatches(ifNoneMatch, etag)
        ? HttpServerResponse.empty({ status: 304, headers: { etag } })
        : jsonResponse(200, table.json(thing, who), { etag })
    }),
  updated: (written: WrittenThing & { readonly thing: Thing }) =>
    Effect.map(asking, (who) =>
      jsonResponse(200, table.json(written.thing, who), {
        etag: tagOf(table, written.thing, who),
        ...operationId(written)
      })),
  removed: (written: Written) => HttpServerResponse.empty({ status: 204, headers: operationId(written) })
})
