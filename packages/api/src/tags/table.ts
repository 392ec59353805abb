import { ChangedTag, NewTag, TagMembers } from "@todo/domain/tags/Tag"
import { mostTags } from "@todo/domain/tags/TagName"
import { spellingKey } from "@todo/domain/text/Spelling"
import { table } from "../database/Table.ts"
import { removeTag, rulesOfUndoneTags, updateTag } from "./tags.sql.ts"

/** How tags are stored. */
export const tags = table({
  noun: "tag",
  name: "tags",
  shapes: { answer: ChangedTag, creation: NewTag, patch: TagMembers },
  title: "name",
  most: mostTags,
  stored: { name: (name: string) => ({ name, nameKey: spellingKey(name) }) },
  hidden: { name_key: "text" },
  writes: "its own",
  batched: (table) => ({ update: updateTag(table), remove: removeTag(table) }),
  rules: [rulesOfUndoneTags]
})
