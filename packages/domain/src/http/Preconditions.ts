import { Schema } from "effect"

// The slash as its number: generators put the pattern between slashes, and escape once more what is escaped.
const oneTag = "(?:W\\x2F)?\"[^\"]*\""
const tagsOrAny = new RegExp(`^(?:\\*|[ \\t,]*${oneTag}(?:[ \\t]*,[ \\t,]*${oneTag})*[ \\t,]*)$`, "u")

const entityTags = (description: string) =>
  Schema.optionalKey(
    Schema.String.check(
      Schema.isPattern(tagsOrAny, {
        message: "Expected entity tags such as \"3\", in quotes and separated by commas, or *"
      })
    ).annotate({ description })
  )

/** The precondition of a read that the task is still, or still is not, as somebody has it. */
export const readPreconditions = {
  // What is no list names nothing, and the whole answer is never wrong.
  "if-none-match": Schema.optionalKey(Schema.String.annotate({
    description: "Answer 304 if the task's `ETag` is among these, such as `\"3\"` (RFC 9110, 13.1.2)."
  })),
  "if-match": entityTags(
    "Answer the task only if its `ETag` is among these (RFC 9110, 13.1.1); else 412 with the current state."
  )
}

/** The precondition of a write that the task is still as somebody has it. */
export const writePreconditions = {
  "if-match": entityTags(
    "Do it only if the task's `ETag` is among these, such as `\"3\"` (RFC 9110, 13.1.1); else 412 with the current state."
  ),
  "if-none-match": Schema.optionalKey(
    Schema.String.check(Schema.isPattern(/^\*$/u, { message: "Expected *: name versions in If-Match" })).annotate({
      description: "`*` does it only if there is no such task (RFC 9110, 13.1.2): never, so the answer is 412 or 404."
    })
  )
}
