import { batchIndex } from "../http/BatchIndex.ts"
import { Changed, NotFound } from "../http/NounProblems.ts"
import { Comment } from "./Comment.ts"

export class CommentNotFound extends NotFound<CommentNotFound>()("comment", "comment", batchIndex) {}

export class CommentChanged extends Changed<CommentChanged>()("comment", Comment) {}
