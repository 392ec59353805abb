import type { Task } from "@todo/domain/tasks/Task"

/** What is below it is none of the task, as git has it. */
const scissors = "# ------------------------ >8 ------------------------"

const instructions = [
  "# The first line is the title, what stands below it the description.",
  "# Leave both as they are to change nothing.",
  "# All from the scissors on is left out."
]

/** A task as text to edit, like a commit message: the title, an empty line, the description, and how it goes. */
export const renderDraft = ({ description, title }: Pick<Task, "title" | "description">): string =>
  [oneLine(title), "", ...description === null ? [] : [description], "", scissors, ...instructions, ""].join("\n")

const oneLine = (title: string): string => title.replace(/\s*[\r\n]+\s*/g, " ")

/** What an edited draft changes: nothing where the text is still as it was rendered. No description is null. */
export const changesIn = (
  draft: string,
  task: Pick<Task, "title" | "description">
): { readonly title?: string; readonly description?: string | null } => {
  const edited = parse(draft)
  const original = parse(renderDraft(task))
  return {
    ...(edited.title === original.title ? {} : { title: edited.title }),
    ...(edited.description === original.description ? {} : { description: edited.description })
  }
}

/** The lines of a task itself; a description may have a line of scissors too, and ours is the last. */
const linesOf = (draft: string): ReadonlyArray<string> => {
  const lines = draft.replaceAll("\r\n", "\n").split("\n")
  const end = lines.lastIndexOf(scissors)
  return end === -1 ? lines : lines.slice(0, end)
}

const parse = (draft: string): { readonly title: string; readonly description: string | null } => {
  const [title = "", ...rest] = linesOf(draft)
  const description = rest.join("\n").replace(/^\n+/, "").trimEnd()
  return { title: title.trim(), description: description === "" ? null : description }
}
