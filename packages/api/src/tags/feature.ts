import { Authorization } from "@todo/domain/auth/Authorization"
import { RequestContract } from "@todo/domain/http/RequestContract"
import { Layer } from "effect"
import { recordedFunction } from "../database/functions/Write.sql.ts"
import type { Feature } from "../Feature.ts"
import { knowing } from "../http/NarrowContext.ts"
import { tagFunctions } from "./onTasks.sql.ts"
import { tags as noun } from "./table.ts"
import { removeTag, updateTag } from "./tags.sql.ts"
import { Tags } from "./Tags.ts"
import { TagsHandlers } from "./TagsHandlers.ts"

/** Words that tasks have in common. */
export const tags = {
  noun,
  functions: () => [...tagFunctions, ...[updateTag(noun), removeTag(noun)].map(recordedFunction)],
  handlers: knowing(Tags, RequestContract, Authorization)(TagsHandlers).pipe(Layer.provide(Tags.layer))
} satisfies Feature
