import type { Cursor } from "./Cursor.ts"

/** Reads a list: commas, "and", or both are between what it has. It may be empty. */
export const list = <A>(cursor: Cursor, one: (cursor: Cursor) => A | undefined): ReadonlyArray<A> => {
  const found: Array<A> = []
  for (let item = cursor.attempt(one); item !== undefined;) {
    found.push(item)
    item = cursor.attempt((it) => {
      const comma = it.last?.ending === "comma"
      it.pause()
      return it.role("and") || comma ? one(it) : undefined
    })
  }
  return found
}
