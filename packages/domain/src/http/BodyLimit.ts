import { Context } from "effect"

/**
 * The longest body that an operation takes, in bytes, as an annotation of its
 * endpoint: what its longest valid request can be, however it is written, and
 * little more. 16 KiB where it says nothing.
 */
export const BodyLimit = Context.Reference<number>("todo/domain/http/BodyLimit", {
  defaultValue: () => 16 * 1024
})

/** A limit as people are told it. */
export const bodyLimitText = (bytes: number): string => `${bytes / 1024} KiB`

/**
 * How many members and elements the body of an operation may have in all, as an annotation of its endpoint, where that is
 * more than follows from its schema, which takes a hundred things of a list for large ones.
 */
export const BodyValues = Context.Reference<number>("todo/domain/http/BodyValues", { defaultValue: () => 0 })
