import { LimitReached } from "@todo/domain/http/LimitReached"
import { NameTaken } from "@todo/domain/http/ReferenceProblems"
import { maxTagsOfTask, mostTags } from "@todo/domain/tags/TagName"
import { TagChanged, TagNotFound } from "@todo/domain/tags/TagProblems"
import type { Effect } from "effect"
import type { Refused } from "../database/Write.ts"
import { type At, type EntityProblems, refusals } from "../entity/Refusals.ts"
import { tooManyChanges } from "../entity/TooManyChanges.ts"
import { tags } from "./table.ts"

/** The refusals of what gives a task tags. */
export const tagProblems = {
  tags: (_: Refused, at: At) =>
    new LimitReached({
      detail: `You have as many tags as there may be, ${mostTags.toLocaleString("en")}, or would have more`,
      limit: "tags",
      max: mostTags,
      ...at
    }),
  tags_of_task: (_: Refused, at: At) =>
    new LimitReached({
      detail: `The task has ${maxTagsOfTask} tags: take one off first`,
      limit: "tags_of_task",
      max: maxTagsOfTask,
      ...at
    })
}

/** How it is said that there is no such tag, and what else may be wrong with one. */
const ofTags: EntityProblems<TagNotFound, TagChanged, NameTaken> = {
  notFound: (at) => new TagNotFound({ detail: "You have no tag of this name", ...at }),
  changed: (row, asking, at) => {
    const current = tags.answer(row, asking)
    return new TagChanged({ detail: `The tag is at version ${current.version}`, current, ...at })
  },
  ruled: {
    name: (_, at) => new NameTaken({ detail: "There is a tag of this name: `merge` makes one of both", ...at })
  }
}

const refuseChange = refusals(tags, ofTags).ofChange

/** What the refusals of a write of a tag are to the client. */
export const refuseTag = (
  refused: Refused
): Effect.Effect<never, TagNotFound | TagChanged | NameTaken | LimitReached> =>
  refused.verdict === "limit" ? tooManyChanges(refused) : refuseChange(refused)
