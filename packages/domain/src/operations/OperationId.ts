import { Schema } from "effect"

/** The header of a write's answer that names the operation which it was. A write that changes nothing is none. */
export const operationId = {
  "operation-id": Schema.optionalKey(
    Schema.String.annotate({
      description: "The operation that the write was, as the history has it. Absent where nothing was changed.",
      examples: ["0198c0de-7a5c-7000-8000-0000000000c1"]
    })
  )
}
