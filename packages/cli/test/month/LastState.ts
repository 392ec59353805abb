import type { Operation } from "@todo/domain/operations/Operation"
import type { Project } from "@todo/domain/projects/Project"
import type { TaskJson } from "../support/Account.ts"

/** Runs a command and answers its stdout, in the width of a terminal or as it goes into a pipe. */
export type Print = (line: string, columns?: number) => Promise<string>

/** A time to the minute: what is below that differs from run to run. */
const minute = (at: string) => at.slice(0, 16)

/** What nobody has to be told of a thing: null, false, 0, and what is empty. */
const isNothing = (value: unknown) => !value || typeof value === "object" && Object.keys(value).length === 0

/** What is nobody's, or differs from run to run. */
const unsaid = new Set(["id", "parentId", "projectId", "position", "ready"])

/** A task by the names and numbers of what it is beside, and without what it has not. */
const taskLine = (task: TaskJson, names: ReadonlyMap<string, string | number>) =>
  JSON.stringify({
    ...Object.fromEntries(
      Object.entries(task).filter(([member, value]) => !unsaid.has(member) && !isNothing(value))
        .map(([member, value]) => [member, typeof value === "string" && member.endsWith("At") ? minute(value) : value])
    ),
    ...task.projectId !== null && { project: names.get(task.projectId) },
    ...task.parentId !== null && { parent: names.get(task.parentId) },
    ...task.blockedBy.length > 0 && { blockedBy: task.blockedBy.map((id) => names.get(id)) }
  })

const operationLine = ({ at, changes, count, kind, undoneBy }: (typeof Operation)["Encoded"]) =>
  [
    minute(at),
    kind,
    ...count === 1 ? [] : [`${count}:`],
    changes.map(({ noun, number, title }) => `${number ?? noun} ${title ?? "(gone)"}`).join(", "),
    ...undoneBy === null ? [] : ["(undone)"]
  ].join(" ")

/** All that somebody has at the end, in a text that is the same in every run. */
export const lastState = async (print: Print): Promise<string> => {
  const json = async <A>(line: string) => JSON.parse(await print(`${line} --json`)) as ReadonlyArray<A>
  const projects = await json<(typeof Project)["Encoded"]>("project list --all")
  const archived = projects.filter((project) => project.archived).map(({ name }) => `in:="${name}"`)
  const away = archived.length === 0 ? [] : await json<TaskJson>(`list '${archived.join(" or ")}' --all`)
  const tasks = [...await json<TaskJson>("list --all"), ...away].toSorted((one, other) => other.number - one.number)
  const names = new Map<string, string | number>([
    ...projects.map(({ id, name }) => [id, name] as const),
    ...tasks.map(({ id, number }) => [id, number] as const)
  ])
  const sections = {
    "todo list --all": await print("list --all", 100),
    "todo project list --all": await print("project list --all", 100),
    "todo tag": await print("tag", 100),
    "todo list --all --json, and in archived projects": tasks.map((task) => taskLine(task, names)).join("\n"),
    "todo trash --json": (await json<TaskJson>("trash")).map((task) => taskLine(task, names)).join("\n"),
    "todo history --json": (await json<(typeof Operation)["Encoded"]>("history --limit 1000")).map(operationLine)
      .join("\n")
  }
  return Object.entries(sections).map(([command, text]) => `$ ${command}\n${text.trimEnd()}\n`).join("\n")
}
