import { Schema } from "effect"
import { oneLine, Text } from "../http/Text.ts"
import { spellingKey } from "../text/Spelling.ts"

/** How many tags a user may have. */
export const mostTags = 5000
/** How many tags a task may have. */
export const maxTagsOfTask = 50

/** The name of a tag: 1 to 60 characters on one line. Spellings that differ in case alone are the same tag. */
export const TagName = Schema.Trim.pipe(
  Schema.decodeTo(
    Text.check(
      Schema.makeFilter((name: string) => spellingKey(name).trim() !== "" || "Expected a name that can be seen"),
      Schema.isPattern(oneLine, { message: "Expected a name without control characters" }),
      Schema.isBetweenCodePoints(1, 60, { message: "Expected a name of 1 to 60 characters" })
    ).annotate({
      description: "The name of a tag: 1 to 60 characters on one line, after white space around it is removed.",
      examples: ["home"]
    })
  )
)

/** The names of a task's tags. */
export const TagNames = Schema.Array(TagName).check(
  Schema.isMaxLength(maxTagsOfTask, { message: `Expected at most ${maxTagsOfTask} tags` })
).annotate({
  description:
    "The names of its tags, at most 50. A tag that there is not is made; all tasks show it as it was first written.",
  examples: [["home"]]
})

/** The name of a tag in a path, percent-encoded there. */
export const TagParameter = TagName.pipe(
  Schema.annotateEncoded({ description: "The tag's name, in any spelling.", examples: ["home"] })
)
