import { Schema } from "effect"
import { pageLimit } from "../http/IntegerParameter.ts"
import { Project, ProjectId } from "./Project.ts"

/** Where a page of projects ended: opaque, good for the same user and the same filter only. */
export const ProjectCursor = Schema.String.check(Schema.isMaxLength(2000)).pipe(Schema.brand("ProjectCursor")).annotate(
  {
    description: "`nextCursor` of the page before, unchanged and with the same filter.",
    examples: ["eyJhZnRlciI6N30" as never]
  }
)
export type ProjectCursor = typeof ProjectCursor.Type

/** Which projects to list, and how many on a page (1 to 200, 50 when absent). */
export const ProjectQuery = Schema.Struct({
  archived: Schema.optionalKey(
    Schema.Boolean.annotate({
      description: "true: only what is put away, by itself or by a project above it. false: only the others.",
      examples: [false]
    })
  ),
  limit: Schema.optionalKey(
    pageLimit("How many projects at the most. A page ends at 1 MiB of JSON, too: it may have fewer.")
  ),
  cursor: Schema.optionalKey(ProjectCursor)
})
export interface ProjectQuery extends Schema.Schema.Type<typeof ProjectQuery> {}

/** Some of the user's projects, in their order. */
export const ProjectPage = Schema.Struct({
  items: Schema.Array(Project).annotate({ description: "By `position`, of all lists together." }),
  nextCursor: Schema.NullOr(ProjectCursor).annotate({
    description: "Pass it as `cursor` for more; null when there is none."
  })
}).annotate({ identifier: "ProjectPage", description: "Some of the user's projects." })
export interface ProjectPage extends Schema.Schema.Type<typeof ProjectPage> {}

/** The word for the Inbox, which is no project, where the id of a project is asked for. */
export const inbox = "inbox"

/** What becomes of what a project has, as members of something more. */
export const projectContents = {
  contents: Schema.optionalKey(
    Schema.Literals(["trash", "move"]).annotate({
      description:
        "`trash` deletes what is below it, too, all tasks going to the trash. `move` moves its tasks and the projects below it to `to`. Left out, only what is empty is deleted.",
      examples: ["trash"]
    })
  ),
  to: Schema.optionalKey(
    Schema.Union([Schema.Literal(inbox), ProjectId]).annotate({
      description: "With `contents=move`: the project that takes them, or `inbox`; projects go to the top then.",
      examples: ["inbox"]
    })
  )
}

/** Whether they go together. */
export const isWhole = Schema.makeFilter(({ contents, to }: { readonly contents?: string; readonly to?: string }) =>
  (contents === "move") === (to !== undefined) || "Expected `to` with contents=move, and only with that"
)

/** What becomes of what a project has, when it is deleted. */
export const ProjectRemoval = Schema.Struct(projectContents).check(isWhole).annotate({
  examples: [{ contents: "trash" }, { contents: "move", to: "0198c0de-7a5c-7000-8000-0000000000b1" as ProjectId }]
})
export interface ProjectRemoval extends Schema.Schema.Type<typeof ProjectRemoval> {}
