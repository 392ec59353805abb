import { maxPageBytes } from "@todo/domain/http/Page"
import type { HttpServerResponse } from "effect/http"
import type { Listing } from "../database/List.ts"
import { taggedList } from "../http/ListTag.ts"

/** Answers a page: as many things as there are up to the limit, and as fit, or 304. One always does. */
export const listResponse = <R>(
  listing: Listing<R>,
  ifNoneMatch: string | undefined,
  /** Members more, as JSON has them. */
  more = ""
): HttpServerResponse.HttpServerResponse => {
  const { items, nextCursor } = pageOf(listing)
  return taggedList(`{"items":${items},"nextCursor":${nextCursor}${more}}`, ifNoneMatch)
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
const bytesBesideItems = 5000
/** The most bytes that a character (UTF-16) takes in UTF-8. */
const bytesPerCharacter = 3
