import { Schema } from "effect"
import { clearable, entity, settable } from "../entity/Entity.ts"
import { Color, TaskCounts } from "../projects/Project.ts"
import { TagName } from "./TagName.ts"

/** The id of a tag, by which its changes name it; requests name it by its name. */
export const TagId = Schema.String.check(Schema.isUUID()).pipe(Schema.brand("TagId")).annotate({
  identifier: "TagId",
  description: "The tag's id, a UUID; requests name a tag by its name.",
  examples: ["0198c0de-7a5c-4000-8000-0000000000e1" as never]
})

const shapes = entity({ answer: TagId, chosen: TagId }, {
  name: settable(TagName, Schema.String.annotate({ description: "What it is called.", examples: ["home"] })),
  color: clearable(Color, Schema.String.annotate({ description: "Its colour, or null.", examples: ["#3366ff"] }))
})

/** A tag as a change left it, on record and in the feed. */
export const ChangedTag = shapes.answer.annotate({
  identifier: "ChangedTag",
  description: "A tag as a change left it. That tasks have made one, by using it, is no change."
})

/** A tag as its owner sees it. */
export const Tag = Schema.Struct({ ...shapes.answer.fields, counts: TaskCounts }).annotate({
  identifier: "Tag",
  description: "A word that tasks have in common."
})
export interface Tag extends Schema.Schema.Type<typeof Tag> {}

/** What a tag would be made from: tasks make them, by using them. */
export const NewTag = shapes.creation

/** The members of a tag that a patch changes. */
export const TagMembers = shapes.patch

/** A change of a tag, as a JSON merge-patch (RFC 7396), and whether it may become another. */
export const TagPatch = Schema.Struct({
  ...shapes.patch.fields,
  merge: Schema.optionalKey(
    Schema.Boolean.annotate({
      description: "true: where there is a tag of the new name, the tasks get that one, and this one is gone.",
      examples: [true]
    })
  )
}).annotate({
  identifier: "TagPatch",
  description: "A merge-patch (RFC 7396): what is absent stays, null clears, {} changes nothing.",
  examples: [{ name: "house" }, { name: "work", merge: true }, { color: "#3366ff" }]
})
export interface TagPatch extends Schema.Schema.Type<typeof TagPatch> {}
