import { Comment } from "@todo/domain/comments/Comment"
import { Schema } from "effect"
import { lenient } from "../client/LenientAnswer.ts"

/** A comment as `--json` has it. */
export const commentJson = Schema.encodeSync(lenient(Comment))
