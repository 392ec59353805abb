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
