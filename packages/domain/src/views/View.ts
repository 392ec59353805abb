import { Schema } from "effect"
import { clearable, entity, given, settable } from "../entity/Entity.ts"
import { maxLength } from "../filter/Bounds.ts"
import { oneLine, Text } from "../http/Text.ts"
import { spellingKey } from "../text/Spelling.ts"

/** The id of a view: a UUID of version 7. */
export const ViewId = Schema.String.check(Schema.isUUID()).pipe(Schema.brand("ViewId")).annotate({
  identifier: "ViewId",
  description: "The view's id, a UUID of version 7.",
  examples: ["0198c0de-7a5c-7000-8000-0000000000d1" as never]
})
export type ViewId = typeof ViewId.Type

/** How many views a user may have. */
export const mostViews = 500

/** What a view is called: 1 to 120 characters on one line. */
export const ViewName = Schema.Trim.pipe(
  Schema.decodeTo(
    Text.check(
      Schema.makeFilter((name: string) => spellingKey(name).trim() !== "" || "Expected a name that can be seen"),
      Schema.isPattern(oneLine, { message: "Expected a name without control characters" }),
      Schema.isBetweenCodePoints(1, 120, { message: "Expected a name of 1 to 120 characters" })
    ).annotate({
      description:
        "What it is called: 1 to 120 characters on one line, after white space around it is removed. No other view is called so, in whatever spelling.",
      examples: ["This week"]
    })
  )
)

/** Where a view stands: opaque, and made by the service alone. */
export const ViewPosition = Schema.String.annotate({
  description:
    "Where it stands among the views: compared by code unit it gives their order. `POST /api/v1/views/move` changes it; it means nothing else.",
  default: "",
  examples: ["80000000V"]
})

const filter = Text.check(
  Schema.isMaxCodePoints(maxLength, { message: `Expected at most ${maxLength} characters` })
).annotate({
  description: "Which tasks, as the `filter` of a list has it.",
  examples: ["open and p1"]
})
const sort = Text.check(Schema.isMaxLength(200)).annotate({
  description: "In which order, as the `sort` of a list has it.",
  examples: ["priority,-created"]
})

const chosen = ViewId.check(Schema.isUUID(7)).annotate({
  description:
    "The id of the new view, a UUID of version 7, if the client chooses it, so that the request sent again makes no second one. Left out, the service makes one.",
  examples: ["0198c0de-7a5c-7000-8000-0000000000d1" as never]
})

const shapes = entity({ answer: ViewId, chosen }, {
  name: settable(ViewName, Schema.String.annotate({ description: "What it is called.", examples: ["This week"] })),
  filter: settable(
    filter,
    Schema.String.annotate({ description: "Which tasks it lists.", examples: ["open and p1"] })
  ),
  sort: clearable(
    sort,
    Schema.String.annotate({ description: "In which order, or null.", examples: ["priority,-created"] })
  ),
  position: given(ViewPosition)
})

/** A saved list, as its owner sees it. */
export const View = shapes.answer.annotate({ identifier: "View", description: "A list that is kept by its name." })
export interface View extends Schema.Schema.Type<typeof View> {}

/** A view to make. */
export const NewView = shapes.creation.annotate({
  identifier: "NewView",
  description: "A view to make.",
  examples: [{ name: "This week", filter: "open and p1", sort: "priority,-created" }]
})
export interface NewView extends Schema.Schema.Type<typeof NewView> {}

/** A change of a view, as a JSON merge-patch (RFC 7396). */
export const ViewPatch = shapes.patch.annotate({
  identifier: "ViewPatch",
  description: "A merge-patch (RFC 7396): what is absent stays, null clears, {} changes nothing.",
  examples: [{ filter: "open and not p3" }, { sort: null }]
})
export interface ViewPatch extends Schema.Schema.Type<typeof ViewPatch> {}
