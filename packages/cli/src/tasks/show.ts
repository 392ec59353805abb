import type { Command } from "@commander-js/extra-typings"
import type { Comment } from "@todo/domain/comments/Comment"
import type { DateOnly } from "@todo/domain/dates/DateOnly"
import type { Due } from "@todo/domain/dates/Due"
import type { TimeOfDay } from "@todo/domain/dates/TimeOfDay"
import { type Occurrence, occurrenceDue } from "@todo/domain/repetition/Occurrence"
import type { Repeat } from "@todo/domain/repetition/Repeat"
import type { Task } from "@todo/domain/tasks/Task"
import { Clock, Effect } from "effect"
import colors from "picocolors"
import { ApiClient } from "../client/ApiClient.ts"
import { refs, withExamples } from "../commandLine/HelpText.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { allComments } from "../comments/AllComments.ts"
import { commentJson } from "../comments/CommentOutput.ts"
import { Offline } from "../offline/Offline.ts"
import { projectPathsOf } from "../projects/ProjectPathsOf.ts"
import { Settings } from "../Settings.ts"
import { renderMoment } from "../terminal/Moment.ts"
import { Output } from "../terminal/Output.ts"
import type { TableStyle } from "../terminal/Table.ts"
import { printable, printableLines } from "../terminal/TerminalText.ts"
import { dueText, fullDue, saidDue } from "./DueWords.ts"
import { forEachTask } from "./ForEachTask.ts"
import { isProvisional } from "./NewTaskRef.ts"
import { namedOrPickedTask } from "./PickTask.ts"
import { type Place, placeFor, thisMachine } from "./Place.ts"
import { type Link, readLinks } from "./TaskLinks.ts"
import { called, taskJson } from "./TaskOutput.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("show")
    .description(withExamples("Print tasks in full", "todo show 7", "todo show 0198c0de --json"))
    .argument("[ref...]", refs)
    .action((refs) => dispatch({ refs }))

export const hintsOnLostResult = []

export const run = Effect.fn("tasks.show")(function*({ refs }: { readonly refs: ReadonlyArray<string> }) {
  const { color, columns, json, quiet } = yield* Settings
  const output = yield* Output
  const now = yield* Clock.currentTimeMillis
  const named = yield* namedOrPickedTask(refs, { state: "all", question: "Which task?" })
  const { tasks: client } = yield* ApiClient
  const offline = yield* Offline
  let isInPart = false
  const inFull = (task: Task) => {
    /** What is around a task is left out where it is not known without the service, but of one that this does not have yet. */
    const ifKnown = <A, E, R>(ask: Effect.Effect<A, E, R>, otherwise: A) =>
      Effect.catchIf(ask, () => offline.without().isAway && !isProvisional(task), () => {
        isInPart = true
        return Effect.succeed(otherwise)
      })
    return Effect.all({
      task: Effect.succeed(task),
      links: ifKnown(readLinks(client, task), []),
      path: ifKnown(Effect.map(projectPathsOf([task]), (paths) => paths.get(task.projectId ?? "")), undefined),
      place: placeFor([task]),
      comments: ifKnown(allComments(task.id), [])
    }, { concurrency: "unbounded" })
  }
  // Tasks come in several parts where one of them is not there.
  let shown = 0
  yield* forEachTask(named.refs, quiet ? alone : json ? commented : inFull, (found) =>
    output.result({
      json: () => {
        const values = found.map(({ comments, task }) => ({
          ...taskJson(task) as object,
          comments: comments.map((comment) => commentJson(comment))
        }))
        return named.isOne ? values[0] : values
      },
      quiet: () => found.map(({ task }) => called(task.number)),
      human: () =>
        found.map(({ comments, task, ...around }) =>
          [
            `${shown++ === 0 ? "" : "\n"}${render(task, around, { color, columns, now })}`,
            ...renderComments(comments, { color, columns, now })
          ].join("\n")
        )
    }))
  if (isInPart) yield* output.note("The tasks around it and its comments are not known here without the service.")
})

/** How it repeats, in its words or as the rule. */
const repeatWords = ({ from, missed, rule, text }: Repeat): string =>
  [
    printable(text ?? rule),
    ...from === "completion" ? ["from when it is done"] : [],
    ...missed === "each" ? ["each date that was missed"] : []
  ].join(", ")

/** Whether a task is due on the date that its repetition has. */
const isOnDate = (occurrence: Occurrence, due: Due) => occurrenceDue(due) === occurrence

/** A date of a repetition: for people as other dates are. */
const occurrenceText = (occurrence: Occurrence, { columns }: Pick<TableStyle, "columns">): string => {
  const [date = "", time = null] = occurrence.split("T")
  return columns === undefined
    ? occurrence
    : saidDue({ date: date as DateOnly, ...time !== null && { time: time as TimeOfDay, timeZone: null } })
}

/** What is around a task: other tasks, the path of its project, and where its dates are read. */
interface Around {
  readonly place: Place
  readonly links: ReadonlyArray<Link>
  readonly path: string | undefined
}

interface InFull extends Around {
  readonly task: Task
  readonly comments: ReadonlyArray<Comment>
}

const alone = (task: Task): Effect.Effect<InFull> =>
  Effect.succeed({ task, links: [], path: undefined, place: thisMachine, comments: [] })

/** A task, and what is said about it. */
const commented = (task: Task) =>
  Effect.map(allComments(task.id), (comments): InFull => ({
    task,
    links: [],
    path: undefined,
    place: thisMachine,
    comments
  }))

/** All that is known of a task; its description, if any, comes last. */
const render = (task: Task, { links, path, place }: Around, style: TableStyle): string => {
  const when = (due: Due, at: Task["dueAt"]) =>
    printable(style.columns === undefined ? dueText(due) : fullDue(due, at, style.now, place))
  const { bold, dim, red } = colors.createColors(style.color)
  const field = (label: string, value: string) => `${dim(label.padEnd(9))}  ${value}`
  const mark = ({ completed }: Task) => completed ? "done" : "open"
  return [
    bold(`${task.number}  ${printable(task.title)}`),
    field("State", task.completed ? "done" : task.blocked ? "open, and waits" : "open"),
    ...task.projectId === null ? [] : [field("Project", printable(path ?? task.projectId))],
    ...links.map(({ label, task }) => field(label, `${task.number}  ${printable(task.title)} (${mark(task)})`)),
    ...task.priority === null ? [] : [field("Priority", task.priority)],
    ...task.start === null ? [] : [field("Start", when(task.start, task.startAt))],
    ...task.due === null
      ? []
      : [field("Due", task.overdue ? red(`! ${when(task.due, task.dueAt)}`) : when(task.due, task.dueAt))],
    ...task.repeat === null ? [] : [field("Repeats", repeatWords(task.repeat))],
    ...task.occurrence === null || task.due === null || isOnDate(task.occurrence, task.due)
      ? []
      : [field("Moved", `from ${occurrenceText(task.occurrence, style)}`)],
    ...task.tags.length === 0 ? [] : [field("Tags", task.tags.map((tag) => printable(`@${tag}`)).join(" "))],
    ...task.externalId === null ? [] : [field("Called", printable(task.externalId))],
    ...Object.entries(task.extra).map(([name, value], index) =>
      field(index === 0 ? "Extra" : "", printable(`${name}: ${value}`))
    ),
    field("Created", renderMoment(task.createdAt, style)),
    field("Changed", renderMoment(task.updatedAt, style)),
    ...task.completedAt === null ? [] : [field("Completed", renderMoment(task.completedAt, style))],
    field("Id", task.id),
    ...task.description === null ? [] : ["", printableLines(task.description)]
  ].join("\n")
}

/** What is said about a task, the oldest first, each below its time. */
const renderComments = (comments: ReadonlyArray<Comment>, style: TableStyle): ReadonlyArray<string> => {
  const { dim } = colors.createColors(style.color)
  return comments.flatMap(({ createdAt, text }) => ["", dim(renderMoment(createdAt, style)), printableLines(text)])
}
