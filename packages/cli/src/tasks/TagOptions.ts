import { Option } from "@commander-js/extra-typings"
import { spellingKey } from "@todo/domain/text/Spelling"

/** The tags to give, and to take off. */
export interface TagChanges {
  readonly add: ReadonlyArray<string>
  readonly remove: ReadonlyArray<string>
}

const none: TagChanges = { add: [], remove: [] }

/** A name as it is typed: @ in front of it is a sign. */
const nameOf = (text: string): string => text.startsWith("@") ? text.slice(1) : text

/** Gives a tag; it may be said more than once. */
export const tagOption = new Option("--tag <tag>", "a tag to give; repeat it for more")
  .argParser((text: string, { add, remove }: TagChanges = none): TagChanges => ({
    add: [...add, nameOf(text)],
    remove
  }))

/** Takes a tag off; it may be said more than once. */
export const noTagOption = new Option("--no-tag <tag>", "a tag to take off; repeat it for more")
  .argParser((text: string, { add, remove }: TagChanges = none): TagChanges => ({
    add,
    remove: [...remove, nameOf(text)]
  }))

/** The tags that a task has after that. */
export const changedTags = (tags: ReadonlyArray<string>, { add, remove }: TagChanges): ReadonlyArray<string> => {
  const off = new Set(remove.map(spellingKey))
  return [...tags.filter((tag) => !off.has(spellingKey(tag))), ...add]
}
