import { Schema } from "effect"

/** What an import does with a thing. */
const statuses = ["create", "update", "unchanged", "kept", "problem"] as const
export type ImportStatus = (typeof statuses)[number]

const text = (description: string, example: string) =>
  Schema.optionalKey(Schema.String.annotate({ description, examples: [example] }))
const texts = (description: string, example: string) =>
  Schema.optionalKey(Schema.Array(Schema.String).annotate({ description, examples: [[example]] }))

/** What an import does with one thing, or would do. */
export const PlannedThing = Schema.Struct({
  noun: Schema.Literals(["project", "tag", "view", "task", "comment"]).annotate({
    description: "What the thing is.",
    examples: ["task"]
  }),
  id: Schema.String.annotate({
    description: "Its id in the document; of a tag, its name.",
    examples: ["0198c0de-7a5c-7000-8000-0000000000a7"]
  }),
  status: Schema.Literals(statuses).annotate({
    description:
      "`create`: it is new. `update`: what there is differs, and is changed. `unchanged`: it is there as it is. `kept`: what there is differs, and stays, since `overwrite` is not asked for. `problem`: it cannot be imported.",
    examples: ["create"]
  }),
  as: text("The id that it has here, where that is another.", "0198c0de-7a5c-7000-8000-0000000000a9"),
  differs: texts("Which members of what there is differ.", "title"),
  missing: texts(
    "Of `blockedBy`, the ids of what is neither in the document nor here: they are left out.",
    "0198c0de-7a5c-7000-8000-0000000000a8"
  ),
  circular: texts(
    "Of `blockedBy`, with `partial`, the ids of what waits for it in turn: they are left out.",
    "0198c0de-7a5c-7000-8000-0000000000a6"
  ),
  reason: text("Of a problem, the `code` that a request for this thing alone would be answered.", "name_taken"),
  path: Schema.optionalKey(
    Schema.Array(Schema.Union([Schema.String, Schema.Int])).annotate({
      description: "Of a problem, where in the thing it is.",
      examples: [["projectId"]]
    })
  ),
  detail: text("Of a problem, what it is, in words.", "Another project there is called so")
}).annotate({ identifier: "PlannedThing", description: "What an import does with one thing." })
export interface PlannedThing extends Schema.Schema.Type<typeof PlannedThing> {}

const count = (what: string) => Schema.Int.annotate({ description: `How many things are ${what}.`, examples: [2] })

/** What an import has done, or would do. */
export const ImportPlan = Schema.Struct({
  dryRun: Schema.Boolean.annotate({ description: "Whether nothing was done.", examples: [false] }),
  counts: Schema.Struct({
    create: count("new"),
    update: count("changed"),
    unchanged: count("there as they are"),
    kept: count("there, differ, and stay"),
    problem: count("not imported")
  }).annotate({ description: "How many things there are of each status." }),
  things: Schema.Array(PlannedThing).annotate({
    description: "Each thing of the document: projects, tags, views, tasks, comments, in their order."
  })
}).annotate({ identifier: "ImportPlan", description: "What an import has done, or with `dryRun` would do." })
export interface ImportPlan extends Schema.Schema.Type<typeof ImportPlan> {}
