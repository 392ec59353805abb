import { Schema } from "effect"
import { Due } from "../dates/Due.ts"
import { Repeat } from "../repetition/Repeat.ts"

const range = {
  from: Schema.Int.annotate({
    description: "Where it begins in the text, in UTF-16 code units from 0.",
    examples: [9]
  }),
  to: Schema.Int.annotate({ description: "Where it has ended: the first code unit that is not of it.", examples: [17] })
}

/** A part of a text. */
export const Range = Schema.Struct(range).annotate({
  identifier: "Range",
  description: "A part of the text.",
  examples: [{ from: 9, to: 17 }]
})

const day = { date: "2026-10-02" as never }

/** A repetition as words say it. */
export const SpokenRepeat = Schema.Struct({
  rule: Schema.String.annotate({ description: "The RRULE (RFC 5545).", examples: ["FREQ=WEEKLY;BYDAY=MO"] }),
  from: Repeat.fields.from,
  text: Schema.NullOr(Schema.String).annotate({
    description: "What the rule says, in the language of the account.",
    examples: ["every monday"]
  })
}).annotate({
  identifier: "SpokenRepeat",
  description: "A repetition as words say it.",
  examples: [{ rule: "FREQ=WEEKLY;BYDAY=MO", from: "schedule", text: "every monday" }]
})

/** What a part of a text was read as. */
export const Span = Schema.Union([
  Schema.Struct({
    ...range,
    kind: Schema.Literals(["due", "start"]).annotate({ description: "A date.", examples: ["due"] }),
    value: Due
  }),
  Schema.Struct({
    ...range,
    kind: Schema.Literal("repeat").annotate({ description: "A repetition." }),
    value: SpokenRepeat
  }),
  Schema.Struct({
    ...range,
    kind: Schema.Literals(["project", "tag", "priority", "description", "literal", "bullet"]).annotate({
      description: "`literal` is what was quoted or escaped, and stands in the title; `bullet` is the `-` of a line.",
      examples: ["tag"]
    }),
    value: Schema.String.annotate({ description: "The name, the priority, or the text.", examples: ["home"] })
  })
]).annotate({
  identifier: "Span",
  description: "What a part of the text was read as.",
  examples: [{ from: 9, to: 17, kind: "due", value: day }]
})

/** What a part of a text may mean, too. */
export const Alternative = Schema.Struct({
  span: Range,
  reading: Schema.String.annotate({ description: "The other reading, for people.", examples: ["Fri 9 Oct"] }),
  value: Schema.NullOr(Schema.Union([Due, SpokenRepeat])).annotate({
    description: "The date or the repetition that it would be; null: words of the title."
  })
}).annotate({
  identifier: "Alternative",
  description: "Another reading of a part of the text.",
  examples: [{ span: { from: 9, to: 20 }, reading: "Fri 2 Oct", value: day }]
})

/** How a text was read. */
export const Parsed = Schema.Struct({
  spans: Schema.Array(Span).annotate({ description: "What was used, in the order of the text; none is in another." }),
  alternatives: Schema.Array(Alternative).annotate({ description: "What the words may mean, too." }),
  unused: Schema.Array(Range).annotate({ description: "The words that were not used, which are the titles." })
}).annotate({ identifier: "Parsed", description: "How the text was read." })
export interface Parsed extends Schema.Schema.Type<typeof Parsed> {}
