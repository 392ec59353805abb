import { Schema } from "effect"
import { clearable, entity, given, patchable, settable } from "../entity/Entity.ts"
import { instant } from "../http/Instant.ts"
import { oneLine, Text } from "../http/Text.ts"
import { spellingKey } from "../text/Spelling.ts"

/** The id of a project: a UUID of version 7. */
export const ProjectId = Schema.String.check(Schema.isUUID()).pipe(Schema.brand("ProjectId")).annotate({
  identifier: "ProjectId",
  description: "The project's id, a UUID of version 7.",
  examples: ["0198c0de-7a5c-7000-8000-0000000000b1" as never]
})
export type ProjectId = typeof ProjectId.Type

/** The id of a project where another thing names it. */
export const projectRef = (description: string) =>
  Schema.String.check(Schema.isUUID()).pipe(Schema.brand("ProjectId")).annotate({
    description,
    examples: ["0198c0de-7a5c-7000-8000-0000000000b1" as never]
  })

/** How many projects a user may have. */
export const mostProjects = 1000
/** How many levels of projects there may be, one below the other. */
export const maxProjectDepth = 8

/** What a project is called: 1 to 120 characters on one line. */
export const ProjectName = Schema.Trim.pipe(
  Schema.decodeTo(
    Text.check(
      // Nothing is left in NFKC of some that are white space there.
      Schema.makeFilter((name: string) => spellingKey(name).trim() !== "" || "Expected a name that can be seen"),
      Schema.isPattern(oneLine, { message: "Expected a name without control characters" }),
      Schema.isBetweenCodePoints(1, 120, { message: "Expected a name of 1 to 120 characters" })
    ).annotate({
      description:
        "What it is called: 1 to 120 characters on one line, after white space around it is removed. No other project below the same one is called so, in whatever spelling.",
      examples: ["Work"]
    })
  )
)

/** Where a project stands: opaque, and made by the service alone. */
export const ProjectPosition = Schema.String.annotate({
  description:
    "Where it stands among the projects with the same `parentId`: compared by code unit it gives their order. `POST /api/v1/projects/move` changes it; it means nothing else.",
  default: "",
  examples: ["80000000V"]
})

/** More about a project: up to 20,000 characters, kept as they are. */
export const ProjectDescription = Text.check(Schema.isMaxCodePoints(20_000, {
  message: "Expected a description of at most 20000 characters"
})).annotate({
  description: "More about it, as plain text: up to 20,000 characters.",
  examples: ["What earns a living"]
})

/** The colour of a project or a tag, as CSS writes it with six digits. */
export const Color = Schema.String.check(
  Schema.isPattern(/^#[0-9a-fA-F]{6}$/u, { message: "Expected a colour such as #3366ff" })
).annotate({ description: "A colour, as `#rrggbb`.", examples: ["#3366ff"] })

const chosen = ProjectId.check(Schema.isUUID(7)).annotate({
  description:
    "The id of the new project, a UUID of version 7, if the client chooses it, so that the request sent again makes no second one. Left out, the service makes one.",
  examples: ["0198c0de-7a5c-7000-8000-0000000000b1" as never]
})

const shapes = entity({ answer: ProjectId, chosen }, {
  name: settable(
    ProjectName,
    Schema.String.annotate({ description: "What it is called.", examples: ["Work"] })
  ),
  description: clearable(
    ProjectDescription,
    Schema.String.annotate({ description: "More about it, or null.", examples: ["What earns a living"] })
  ),
  parentId: clearable(
    projectRef("The project that it is to be below; null for none."),
    projectRef("The project that it is below; null at the top.")
  ),
  position: given(ProjectPosition),
  color: clearable(Color, Schema.String.annotate({ description: "Its colour, or null.", examples: ["#3366ff"] })),
  archived: patchable(
    Schema.Boolean.annotate({
      description:
        "true puts it away with all that is below it (the time is kept from the first), false takes it back.",
      examples: [true]
    }),
    Schema.Boolean.annotate({
      description: "Whether it is put away by itself; what is below such a project is put away, too.",
      examples: [false]
    })
  ),
  archivedAt: given(
    Schema.NullOr(instant("When it was put away.")).pipe(Schema.annotateEncoded({
      description: "When it was put away; null where it is not.",
      examples: [null]
    }))
  )
})

/** A project as a change left it, on record and in the feed: without what follows from its tasks. */
export const ChangedProject = shapes.answer.annotate({
  identifier: "ChangedProject",
  description: "A project as a change left it."
})

/** How many tasks there are that are not in the trash. */
export const TaskCounts = Schema.Struct({
  open: Schema.Int.annotate({ description: "How many are open.", examples: [3] }),
  done: Schema.Int.annotate({ description: "How many are done.", examples: [12] })
}).annotate({ identifier: "TaskCounts", description: "How many tasks there are, without those in the trash." })
export interface TaskCounts extends Schema.Schema.Type<typeof TaskCounts> {}

/** A project as its owner sees it. */
export const Project = Schema.Struct({
  ...shapes.answer.fields,
  counts: TaskCounts
}).annotate({ identifier: "Project", description: "What tasks belong to. The Inbox is none." })
export interface Project extends Schema.Schema.Type<typeof Project> {}

/** A project to make. */
export const NewProject = shapes.creation.annotate({
  identifier: "NewProject",
  description: "A project to make.",
  examples: [{ name: "Work", color: "#3366ff" }]
})
export interface NewProject extends Schema.Schema.Type<typeof NewProject> {}

/** A change of a project, as a JSON merge-patch (RFC 7396). */
export const ProjectPatch = shapes.patch.annotate({
  identifier: "ProjectPatch",
  description: "A merge-patch (RFC 7396): what is absent stays, null clears, {} changes nothing.",
  examples: [{ name: "Office" }, { archived: true }]
})
export interface ProjectPatch extends Schema.Schema.Type<typeof ProjectPatch> {}
