import type { Task } from "@todo/domain/tasks/Task"

/** What stands below it are members and comments; as git has it. */
const scissors = "# ------------------------ >8 ------------------------"

const instructions = [
  "# The first line is the title, what stands below it the description.",
  "# Below the scissors are members, one a line: an empty one is none, and what is",
  "# taken out stays as it is. Lines with # in front are comments.",
  "# Leave all as it is to change nothing."
]

/** A member of a task as a line: `due: 2026-10-05 18:30`, below a comment that explains it. */
export interface DraftMember {
  readonly name: string
  readonly value: string
  readonly comment: string
}

/** What is edited of a task, but for its members. */
type Texts = Pick<Task, "title" | "description">

/** What an edited draft changes. */
export interface DraftChanges {
  readonly title?: string
  readonly description?: string | null
  /** Members that have another value, by their names. */
  readonly members: ReadonlyMap<string, string>
}

/** A task as text to edit, like a commit message: the title, an empty line, the description, then its members. */
export const renderDraft = ({ description, title }: Texts, members: ReadonlyArray<DraftMember> = []): string =>
  [
    oneLine(title),
    "",
    ...description === null ? [] : [description],
    "",
    scissors,
    ...instructions,
    ...members.flatMap(({ comment, name, value }) => ["#", `# ${comment}`, `${name}: ${oneLine(value)}`.trimEnd()]),
    ""
  ].join("\n")

const oneLine = (text: string): string => text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, " ")

/** What an edited draft changes: nothing where the text is still as it was rendered. No description is null. */
export const changesIn = (draft: string, task: Texts, members: ReadonlyArray<DraftMember> = []): DraftChanges => {
  const edited = parse(draft)
  const original = parse(renderDraft(task, members))
  return {
    ...(edited.title === original.title ? {} : { title: edited.title }),
    ...(edited.description === original.description ? {} : { description: edited.description }),
    members: new Map([...edited.members].filter(([name, value]) => original.members.get(name) !== value))
  }
}

/** The lines of a draft above the scissors, and below; a description may have a line of them too, and ours is the last. */
const partsOf = (draft: string): readonly [above: ReadonlyArray<string>, below: ReadonlyArray<string>] => {
  const lines = draft.replaceAll("\r\n", "\n").split("\n")
  const end = lines.lastIndexOf(scissors)
  return end === -1 ? [lines, []] : [lines.slice(0, end), lines.slice(end + 1)]
}

const parse = (draft: string) => {
  const [[title = "", ...rest], below] = partsOf(draft)
  const description = rest.join("\n").replace(/^\n+/, "").trimEnd()
  const members = below.filter((line) => line.trim() !== "" && !line.startsWith("#")).map((line) => {
    const colon = line.indexOf(":")
    return colon < 0
      ? [line.trim(), ""] as const
      : [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const
  })
  return { title: title.trim(), description: description === "" ? null : description, members: new Map(members) }
}
