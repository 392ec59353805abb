import { Schema } from "effect"

/** The member of a problem that says which operation of a batch has it. */
export const batchIndex = {
  index: Schema.optionalKey(
    Schema.Int.annotate({
      description: "In an answer to a batch: which of its operations cannot be done, counted from 0.",
      examples: [56]
    })
  )
}
