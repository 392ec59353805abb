import {
  ImportedComment,
  ImportedProject,
  ImportedTag,
  ImportedTask,
  ImportedView
} from "@todo/domain/transfer/Document"
import type { PlannedThing } from "@todo/domain/transfer/Plan"
import { Result, Schema, SchemaIssue } from "effect"
import { type NounOfDocument, nouns, type RawDocument, singular, type Things } from "./Document.ts"

const schemas = {
  projects: ImportedProject,
  tags: ImportedTag,
  views: ImportedView,
  tasks: ImportedTask,
  comments: ImportedComment
}

const formatIssue = SchemaIssue.makeFormatterStandardSchemaV1()

/** What a thing is called that may be no thing. */
const idOf = (noun: NounOfDocument, thing: unknown, index: number): string => {
  const { id, name } = Object(thing) as { readonly id?: unknown; readonly name?: unknown }
  const called = noun === "tags" ? name : id
  return typeof called === "string" ? called : `${singular[noun]} ${index + 1}`
}

const check = <A>(schema: Schema.Codec<A, unknown>, noun: NounOfDocument, things: ReadonlyArray<unknown>) => {
  const decode = Schema.decodeUnknownResult(schema)
  const good: Array<A> = []
  const problems: Array<PlannedThing> = []
  for (const [index, thing] of things.entries()) {
    const result = decode(thing, { errors: "first", onExcessProperty: "error" })
    if (Result.isSuccess(result)) {
      good.push(result.success)
      continue
    }
    const [issue] = formatIssue(result.failure.issue).issues
    const path = (issue?.path ?? []).map((key) => typeof key === "object" ? String(key.key) : key) as Array<
      string | number
    >
    problems.push({
      noun: singular[noun],
      id: idOf(noun, thing, index),
      status: "problem",
      reason: "invalid_request",
      path,
      detail: issue?.message ?? "It is not valid"
    })
  }
  return { good, problems }
}

/** Of a document the things that the contract allows, and what is wrong with the others. */
export const checked = (document: RawDocument) => {
  const things: Record<string, ReadonlyArray<unknown>> = {}
  const problems: Array<PlannedThing> = []
  for (const noun of nouns) {
    const found = check<unknown>(schemas[noun], noun, document[noun] ?? [])
    things[noun] = found.good
    problems.push(...found.problems)
  }
  return { things: things as Things, problems }
}
