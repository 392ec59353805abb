import { Schema } from "effect"
import { oneLine, Text } from "../http/Text.ts"

/** What a script calls a task: 1 to 255 characters on one line, of no other task of the user's. */
export const ExternalId = Text.check(
  Schema.isPattern(oneLine, { message: "Expected an external id without control characters" }),
  Schema.isBetweenCodePoints(1, 255, { message: "Expected an external id of 1 to 255 characters" })
).annotate({
  description: "What a script calls the task: 1 to 255 characters on one line, of no other task of the user's.",
  examples: ["jira:ABC-7"]
})

/** An external id in a path, percent-encoded there. */
export const ExternalIdParameter = ExternalId.annotate({
  description: "What the script calls the task, percent-encoded.",
  examples: ["jira:ABC-7"]
})
