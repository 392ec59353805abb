import { Schema } from "effect"
import { batchIndex } from "../http/BatchIndex.ts"
import { Changed, NotFound } from "../http/NounProblems.ts"
import { ProblemClass } from "../http/ProblemClass.ts"
import { ChangedProject } from "./Project.ts"

export class ProjectNotFound extends NotFound<ProjectNotFound>()("project", "project", batchIndex) {}

export class ProjectChanged extends Changed<ProjectChanged>()("project", ChangedProject) {}

/** The project is archived, or one above it, and takes nothing (409). */
export class ProjectArchived extends ProblemClass<ProjectArchived>()(
  "project_archived",
  "The project, or one above it, is archived, and nothing is written into it.",
  batchIndex
) {}

/** The project has tasks, or projects below it, and nothing says what becomes of them (409). */
export class ProjectNotEmpty extends ProblemClass<ProjectNotEmpty>()(
  "project_not_empty",
  "The project has tasks, or projects below it, and `contents` does not say what becomes of them.",
  {
    ...batchIndex,
    tasks: Schema.Int.annotate({ description: "How many tasks, at all depths.", examples: [12] }),
    projects: Schema.Int.annotate({ description: "How many projects are below it.", examples: [2] })
  }
) {}
