import { Effect } from "effect"
import colors from "picocolors"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"
import { truncate } from "../terminal/TextWidth.ts"
import type { Applied } from "./Applied.ts"
import type { Change } from "./Difference.ts"
import type { Action, Plan, PlannedTask } from "./Plan.ts"

/** How an action is said, of a plan and of what was done; the sign says it, too. */
const words = {
  create: ["+", "create", "created"],
  restore: ["+", "restore", "restored"],
  change: ["~", "change", "changed"],
  remove: ["-", "remove", "removed"],
  keep: ["!", "keep", "kept"],
  unchanged: ["=", "unchanged", "unchanged"]
} as const satisfies Readonly<Record<Action, readonly [sign: string, planned: string, done: string]>>

/** So much is shown of a long value. */
const mostShown = 60

const valueText = (value: unknown): string => {
  if (value === null || (Array.isArray(value) && value.length === 0)) return "(none)"
  if (typeof value === "boolean") return value ? "yes" : "no"
  const text = Array.isArray(value) ? value.join(", ") : String(value)
  return text === "" ? "\"\"" : truncate(printable(text.replaceAll(/\s*\r?\n\s*/g, " ⏎ ")), mostShown)
}

const changeLine = (action: Action) => ({ from, member, to }: Change): string =>
  action === "create"
    ? `    ${printable(member)}: ${valueText(to)}`
    : `    ${printable(member)}: ${valueText(from)} → ${valueText(to)}`

const nameOf = ({ current, externalId, id, title }: PlannedTask, applied: Applied | undefined): string => {
  const number = current?.number ?? applied?.numbers.get(id)
  return [...number === undefined ? [] : [number], printable(externalId), printable(title)].join("  ")
}

const counted = ({ tasks, projects }: Plan, isDone: boolean): string => {
  const parts = (["create", "restore", "change", "remove"] as const).flatMap((action) => {
    const count = tasks.filter((task) => task.action === action).length
    const [, planned, done] = words[action]
    return count === 0 ? [] : [isDone ? `${count} ${done}` : `${count} to ${planned}`]
  })
  const kept = tasks.filter(({ action }) => action === "keep").length
  const unchanged = tasks.filter(({ action }) => action === "unchanged").length
  return [
    ...parts.length === 0 && projects.length === 0 ? ["Nothing to do"] : parts,
    ...kept === 0 ? [] : [`${kept} kept`],
    `${unchanged} unchanged`
  ].join(", ")
}

/** The lines of a plan for people, or of what was done by it. */
export const planLines = (plan: Plan, color: boolean, applied?: Applied): ReadonlyArray<string> => {
  const { green, red, yellow } = colors.createColors(color)
  const paint = { create: green, restore: green, change: yellow, remove: red, keep: yellow, unchanged: String }
  const heading = (action: Action, name: string) => {
    const [sign, planned, done] = words[action]
    return `${paint[action](`${sign} ${applied === undefined ? planned : done}`)}  ${name}`
  }
  return [
    ...plan.projects.map(({ path }) => heading("create", `project ${printable(path)}`)),
    ...plan.tasks.filter(({ action }) => action !== "unchanged").flatMap((task) => [
      heading(task.action, nameOf(task, applied)),
      ...task.because === undefined ? [] : [`    ${task.because}`],
      ...task.changes.filter(({ member }) => task.action !== "create" || member !== "title").map(
        changeLine(task.action)
      )
    ]),
    counted(plan, applied !== undefined)
  ]
}

const planJson = ({ projects, set, tasks }: Plan, applied: Applied | undefined) => ({
  applied: applied !== undefined,
  set: set ?? null,
  projects: projects.map(({ path }) => ({ action: "create", path })),
  tasks: tasks.map(({ action, because, changes, current, externalId, id, title }) => ({
    action,
    externalId,
    id: current === undefined && applied === undefined ? null : id,
    number: current?.number ?? applied?.numbers.get(id) ?? null,
    title,
    changes,
    ...because !== undefined && { because }
  })),
  operations: applied?.operations ?? []
})

/** Prints a plan, or what was done by it. */
export const printPlan = Effect.fn("printPlan")(function*(plan: Plan, applied?: Applied) {
  const { color } = yield* Settings
  const output = yield* Output
  const others = plan.tasks.filter(({ action }) => action !== "unchanged" && action !== "keep")
  yield* output.result({
    json: () => planJson(plan, applied),
    quiet: () => others.map(({ externalId }) => printable(externalId)),
    human: () => planLines(plan, color, applied)
  })
})
