import { maxPageBytes } from "@todo/domain/http/Page"
import { HttpServerResponse } from "effect/http"
import type { Listing } from "../database/List.ts"
import { jsonResponse } from "../http/JsonResponse.ts"

/** Answers a page: as many things as there are up to the limit, and as fit. One always does. */
export const listResponse = <R>(listing: Listing<R>): HttpServerResponse.HttpServerResponse => {
  const { items, nextCursor } = pageOf(listing)
  return jsonResponse(200, `{"items":${items},"nextCursor":${nextCursor}}`, {})
}

/** The JSON of a page: its items, and where the next begins. */
export const pageOf = <R>({ cursorAfter, found, json, limit }: Listing<R>) => {
  const items = found.slice(0, limit).map(json)
  const characters = items.reduce((sum, item) => sum + item.length + 1, bytesBesideItems)
  const count = characters * bytesPerCharacter <= maxPageBytes ? items.length : fitting(items)
  const nextCursor = found.length > count ? `"${cursorAfter(found[count - 1]!)}"` : "null"
  return { items: `[${items.slice(0, count).join(",")}]`, nextCursor }
}

/** How many of them fit. */
const fitting = (items: ReadonlyArray<string>) => {
  let bytes = bytesBesideItems
  const tooMany = items.findIndex((item) => (bytes += Buffer.byteLength(item) + 1) > maxPageBytes)
  return tooMany === -1 ? items.length : tooMany
}

/** More than all of a page's JSON but its items, the cursor included. */
const bytesBesideItems = 600
/** The most bytes that a character (UTF-16) takes in UTF-8. */
const bytesPerCharacter = 3
