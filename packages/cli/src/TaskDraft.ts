import type { Task } from "@todo/domain/tasks/Task"

/** A task as text to edit, like a commit message: the title, an empty line, the description. */
export const renderDraft = ({ description, title }: Pick<Task, "title" | "description">): string =>
  `${oneLine(title)}\n\n${description === null ? "" : `${description}\n`}`

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

const parse = (draft: string): { readonly title: string; readonly description: string | null } => {
  const [title = "", ...rest] = draft.replaceAll("\r\n", "\n").split("\n")
  const description = rest.join("\n").replace(/^\n+/, "").trimEnd()
  return { title: title.trim(), description: description === "" ? null : description }
}
