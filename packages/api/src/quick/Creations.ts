import { InvalidRequest } from "@todo/domain/http/RequestProblems"
import { NewProject } from "@todo/domain/projects/Project"
import type { NewQuick } from "@todo/domain/quick/Quick"
import { AmbiguousProject, UnknownProject } from "@todo/domain/quick/QuickProblems"
import { NewTask } from "@todo/domain/tasks/Task"
import { spellingKey } from "@todo/domain/text/Spelling"
import type { TaskReading } from "@todo/domain/words/Reading"
import { Effect, Result, Schema, SchemaIssue } from "effect"
import { complaint, complaints } from "../http/Complaints.ts"
import type { ProjectNames } from "./ProjectNames.ts"

/** What a task has beside what its line says. */
interface Beside {
  readonly id: string
  readonly parentId: string | undefined
  readonly task: NewQuick["task"]
}

type Problem = InvalidRequest | UnknownProject | AmbiguousProject

const asProject = Schema.decodeUnknownEffect(NewProject)

const path = ["payload", "text"]

const formatIssue = SchemaIssue.makeFormatterStandardSchemaV1()

/** What is wrong with what a line would make. */
export const messagesOf = ({ issue }: Schema.SchemaError): ReadonlyArray<string> =>
  formatIssue(issue).issues.map(({ message }) => message)

/** What a line makes is longer than such a thing may be; it is told which one, from 1. */
const notValid = (error: Schema.SchemaError, line: number) =>
  new InvalidRequest({
    detail: `Line ${line} makes nothing that there may be`,
    errors: complaints(
      messagesOf(error),
      (message) => complaint(path, `Line ${line}: ${message}`)
    ).listed
  })

/** Adds tags to others, each once whatever its spelling. */
const withTags = (tags: ReadonlyArray<string>, more: ReadonlyArray<string>): ReadonlyArray<string> => {
  const keys = new Set(tags.map(spellingKey))
  return [...tags, ...more.filter((tag) => !keys.has(spellingKey(tag)))]
}

/** A task as its line and what is beside it say it, if there may be one. */
export const creationOf = (
  line: TaskReading,
  { id, projectId, parentId, task }: Beside & { readonly projectId?: string | undefined }
) => {
  const { description, priority, title } = line
  const beside = parentId === undefined ? task ?? {} : {}
  const { due, repeat, start } = unsaid(line, beside)
  return Schema.decodeResult(NewTask)({
    ...description !== null && { description },
    ...due !== null && { due },
    ...start !== null && { start },
    ...repeat !== null && { repeat },
    ...priority !== null && { priority },
    ...projectId !== undefined && { projectId },
    ...beside,
    tags: withTags(beside.tags ?? [], line.tags),
    ...parentId !== undefined && { parentId },
    id,
    title
  })
}

/** What a line says of dates that is not said beside it, as it is or in words. */
const unsaid = ({ due, repeat, start }: TaskReading, beside: NonNullable<NewQuick["task"]>) => ({
  due: (beside.due ?? beside.dueText) === undefined ? due : null,
  repeat: (beside.repeat ?? beside.repeatText) === undefined ? repeat : null,
  start: (beside.start ?? beside.startText) === undefined ? start : null
})

/** What is to be made of a text: projects first, then tasks in the order of the lines. */
export class Creations {
  readonly projects: Array<NewProject> = []
  readonly tasks: Array<NewTask> = []
  private readonly text: string
  private readonly names: ProjectNames
  private readonly makesProjects: boolean
  private readonly newId: Effect.Effect<string>

  constructor(text: string, names: ProjectNames, { makesProjects, newId }: {
    readonly makesProjects: boolean
    readonly newId: Effect.Effect<string>
  }) {
    this.text = text
    this.names = names
    this.makesProjects = makesProjects
    this.newId = newId
  }

  /** Adds the task that a line is. */
  add(line: TaskReading, { id, parentId, task = {} }: Beside): Effect.Effect<void, Problem> {
    return Effect.gen({ self: this }, function*() {
      const projectId = task.projectId === undefined && line.project !== null
        ? yield* this.projectOf(line, line.project)
        : undefined
      const created = creationOf(line, { id, parentId, projectId, task })
      if (Result.isFailure(created)) return yield* notValid(created.failure, this.lineOf(line))
      this.tasks.push(created.success)
    })
  }

  private lineOf({ from }: TaskReading): number {
    return this.text.slice(0, from).split("\n").length
  }

  /** The id of the project that a line names, which is made where it may be. */
  private projectOf(line: TaskReading, name: string): Effect.Effect<string, Problem> {
    const called = this.names.called(name)
    if (called.length === 1) return Effect.succeed(called[0]!.id)
    if (called.length === 0 && this.makesProjects) return this.make(name, line)
    const position = line.spans.find(({ kind }) => kind === "project")?.from ?? line.from
    return Effect.fail(
      called.length === 0
        ? new UnknownProject({ path, position, detail: `You have no project #${name}`, nearest: this.names.near(name) })
        : new AmbiguousProject({
          path,
          position,
          detail: `Several of your projects are called #${name}`,
          paths: called.map((project) => this.names.pathOf(project))
        })
    )
  }

  /** Makes what there is not yet of a path. */
  private make(name: string, line: TaskReading): Effect.Effect<string, Problem> {
    return Effect.gen({ self: this }, function*() {
      const cut = name.lastIndexOf("/")
      const above = cut < 0 ? [] : this.names.called(name.slice(0, cut))
      const parentId = cut < 0 ? null : above.length > 0 ? above[0]!.id : yield* this.make(name.slice(0, cut), line)
      const project = yield* Effect.mapError(
        asProject({ id: yield* this.newId, name: name.slice(cut + 1), ...parentId !== null && { parentId } }),
        (error) => notValid(error, this.lineOf(line))
      )
      this.projects.push(project)
      this.names.add({ id: project.id!, name: project.name, parentId })
      return project.id!
    })
  }
}
