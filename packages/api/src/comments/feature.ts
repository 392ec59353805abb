import { Authorization } from "@todo/domain/auth/Authorization"
import { RequestContract } from "@todo/domain/http/RequestContract"
import { Layer } from "effect"
import { entityFunctions } from "../database/functions/entity.sql.ts"
import { foldedFunctions } from "../database/functions/folded.sql.ts"
import { removeForGood } from "../database/functions/remove.sql.ts"
import { recordedFunction } from "../database/functions/Write.sql.ts"
import type { Feature } from "../Feature.ts"
import { knowing } from "../http/NarrowContext.ts"
import { Tasks } from "../tasks/Tasks.ts"
import { Comments } from "./Comments.ts"
import { CommentsHandlers } from "./CommentsHandlers.ts"
import { forgetComments } from "./forget.sql.ts"
import { comments as noun } from "./table.ts"

/** What is said about tasks. */
export const comments = {
  noun,
  functions: () => [
    ...foldedFunctions(noun),
    ...entityFunctions(noun),
    recordedFunction(removeForGood(noun)),
    ...forgetComments
  ],
  handlers: knowing(Comments, Tasks, RequestContract, Authorization)(CommentsHandlers).pipe(
    Layer.provide([Comments.layer, Tasks.layer])
  )
} satisfies Feature
