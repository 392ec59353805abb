import type { Repeat } from "@todo/domain/repetition/Repeat"
import type { Task } from "@todo/domain/tasks/Task"
import type { TrashedTask } from "@todo/domain/trash/TrashedTask"
import { DateTime } from "effect"
import colors from "picocolors"
import { relativeTime } from "../terminal/RelativeTime.ts"
import { type Column, renderTable, type TableStyle } from "../terminal/Table.ts"
import { printable } from "../terminal/TerminalText.ts"
import { truncate, truncatePath } from "../terminal/TextWidth.ts"
import { dueText, dueWords } from "./DueWords.ts"
import type { Place } from "./Place.ts"
import { treesOf } from "./TaskTree.ts"

/** How a table of tasks is to look. */
export interface TaskStyle extends TableStyle {
  /** The paths of projects by their ids. */
  readonly paths?: ReadonlyMap<string, string>
  /** Where dates are read; by itself where this machine is. */
  readonly place?: Place
}

/** That a task repeats: with `!` from when it is done, as "every!" has it, and that each date comes. */
const repeatMark = ({ from, missed }: Repeat): string =>
  `↻${from === "completion" ? "!" : ""}${missed === "each" ? " each" : ""}`

/** So many columns of words are told. */
const mostOfWords = 28

/** How a task repeats, in words too. */
const repeatWords = (repeat: Repeat): string =>
  repeat.text === null ? repeatMark(repeat) : `${repeatMark(repeat)} ${truncate(printable(repeat.text), mostOfWords)}`

/**
 * A line for each task. On a terminal number, mark, priority, title and, where some task has them, project, tags and when it
 * is due: the title is cut to fit and stands below that of the parent, what is late is red and has a sign; where none is due
 * there is the age instead, and of a list of what is done the time since. Elsewhere the state is a word, the title whole,
 * times and dates exact, and the last are priority, date, project and tags, so that the same tasks always give the same text.
 */
export const renderTasks = (tasks: ReadonlyArray<Task>, style: TaskStyle): ReadonlyArray<string> => {
  if (style.columns === undefined) return exact(tasks, ({ createdAt }) => createdAt, style)
  if (tasks.every(({ completedAt }) => completedAt !== null)) {
    return aligned(tasks, style, since(({ completedAt }: Task) => completedAt, style))
  }
  return aligned(tasks, style, timeOf(tasks, style))
}

/** When tasks are due; where none is, the time since they were made. */
const timeOf = (tasks: ReadonlyArray<Task>, style: TaskStyle): Column<Task> => {
  const told = (saying: (repeat: Repeat) => string) => (task: Task) => dateWords(task, style, saying)
  const isDated = tasks.some((task) => told(repeatMark)(task) !== "")
  return isDated
    ? { ...dueColumn(told(repeatWords), style), short: told(repeatMark) }
    : since(({ createdAt }: Task) => createdAt, style)
}

/** Tasks that stand together, below a heading. */
export interface TaskGroup {
  readonly heading: string
  readonly tasks: ReadonlyArray<Task>
  /** Whether these are late. */
  readonly isAlarming?: boolean
}

/**
 * The same in groups, each below its heading, which counts them: one table, so that columns go on. Groups without tasks are
 * left out; elsewhere than on a terminal there are no headings.
 */
export const renderGroups = (all: ReadonlyArray<TaskGroup>, style: TaskStyle): ReadonlyArray<string> => {
  const groups = all.filter(({ tasks }) => tasks.length > 0)
  const tasks = groups.flatMap((group) => group.tasks)
  if (style.columns === undefined) return renderTasks(tasks, style)
  const leveled = groups.map((group) => treesOf(group.tasks))
  const lines = aligned(tasks, style, timeOf(tasks, style), leveled.flat())
  const { bold, red } = colors.createColors(style.color)
  let from = 0
  return groups.flatMap(({ heading, isAlarming, tasks }) => {
    const text = bold(`${printable(heading)} (${tasks.length})`)
    return [isAlarming === true ? red(text) : text, ...lines.slice(from, from += tasks.length)]
  })
}

/** The same of what is in the trash, with the time since it is there. */
export const renderTrash = (tasks: ReadonlyArray<TrashedTask>, style: TaskStyle): ReadonlyArray<string> => {
  const timeOf = ({ trashedAt }: TrashedTask) => trashedAt
  return style.columns === undefined ? exact(tasks, timeOf, style) : aligned(tasks, style, since(timeOf, style))
}

/** The columns that a list of tasks has wherever it goes, which are text and colour. */
const columnsOf = ({ color, paths }: TaskStyle) => {
  const { bold, dim, green } = colors.createColors(color)
  return {
    number: { text: ({ number }) => String(number), paint: dim },
    state: (mark: (task: Task) => string) => ({
      text: mark,
      paint: (text, { completed }) => completed ? green(text) : text
    }),
    priority: {
      text: ({ priority }) => priority ?? "",
      paint: (text, { priority }) => priority === "p1" ? bold(text) : text
    },
    project: {
      text: ({ projectId }) => projectId === null ? "" : printable(paths?.get(projectId) ?? ""),
      paint: dim
    },
    tags: { text: ({ tags }) => tags.map((tag) => printable(`@${tag}`)).join(" "), paint: dim }
  } satisfies Record<string, Column<Task> | ((mark: (task: Task) => string) => Column<Task>)>
}

/** When a task is due, in these words. */
const dueColumn = (text: (task: Task) => string, { color }: TaskStyle): Column<Task> => {
  const { dim, red } = colors.createColors(color)
  return { text, paint: (text, { completed, overdue }) => overdue ? red(text) : completed ? dim(text) : text }
}

const timeColumn = <Row>(text: (task: Row) => string, { color }: TaskStyle): Column<Row> => ({
  text,
  paint: colors.createColors(color).dim
})

const exact = <Row extends Task>(tasks: ReadonlyArray<Row>, timeOf: (task: Row) => DateTime.Utc, style: TaskStyle) => {
  const { number, priority, project, state, tags } = columnsOf(style)
  // Columns are counted here: a new one is the last.
  return renderTable(tasks, [
    number,
    state(({ completed }) => completed ? "done" : "open"),
    { text: ({ title }) => printable(title) },
    timeColumn((task: Row) => DateTime.formatIso(timeOf(task)), style),
    priority,
    dueColumn(({ due }) => printable(dueText(due)), style),
    project,
    tags
  ], style)
}

/** When a task is due, or when it can begin where that is all there is of it. */
const dateWords = (
  { due, dueAt, overdue, ready, repeat, start, startAt }: Task,
  { now, place }: TaskStyle,
  saying: (repeat: Repeat) => string
): string => {
  if (due !== null) {
    const words = `${overdue ? "! " : ""}${dueWords(due, dueAt, now, place)}`
    return repeat === null ? words : `${words} ${saying(repeat)}`
  }
  return start === null || ready
    ? ""
    : `from ${dueWords(start, startAt, now, place)}`
}

const since = <Row>(timeOf: (task: Row) => DateTime.Utc | null, style: TaskStyle): Column<Row> =>
  timeColumn((task: Row) => {
    const at = timeOf(task)
    return at === null ? "" : relativeTime(DateTime.toEpochMillis(at), style.now)
  }, style)

const aligned = <Row extends Task>(
  tasks: ReadonlyArray<Row>,
  style: TaskStyle,
  time: Column<Row>,
  leveled = treesOf(tasks)
) => {
  const { number, priority, project, state, tags } = columnsOf(style)
  const levels = new Map<Task, number>(leveled.map(({ level, task }) => [task, level]))
  return renderTable(leveled.map(({ task }) => task), [
    { ...number, align: "right" },
    state(({ blocked, completed }) => completed ? "✓" : blocked ? "◌" : "○"),
    priority,
    { text: (task) => `${"  ".repeat(levels.get(task) ?? 0)}${printable(task.title)}`, flexible: true },
    { ...project, yieldsTo: 14, cut: truncatePath },
    { ...tags, yieldsTo: 10 },
    time
  ], style)
}

/** The footer, and the line to type on. */
const rowsBelow = 2

/**
 * What stands below the list on a terminal: how many there are of each kind, and what to do where the newest have gone
 * off the screen.
 */
export const renderFooter = (
  tasks: ReadonlyArray<Task>,
  { color, columns, isMore = false, isNewestFirst = true, rows = Infinity }: Pick<TableStyle, "color" | "columns"> & {
    readonly rows: number | undefined
    /** Whether there are more than these. */
    readonly isMore?: boolean
    readonly isNewestFirst?: boolean
  }
): ReadonlyArray<string> => {
  if (columns === undefined || tasks.length === 0) return []
  const done = tasks.filter(({ completed }) => completed).length
  const counts = [[tasks.length - done, "open"], [done, "done"]] as const
  const text = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`).join(", ")
  const room = rows - rowsBelow
  const isLong = tasks.length > room && room > 0
  return [
    colors.createColors(color).dim(
      isLong
        ? `${text}${isNewestFirst ? ", newest first" : ""}; --limit ${room} fits the screen`
        : isMore
        ? `${text}, and there are more`
        : text
    )
  ]
}
