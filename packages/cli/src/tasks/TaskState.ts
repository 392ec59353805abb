/** Which tasks: those that are open, those that are done, or both. */
export type TaskState = "all" | "done" | "open"

/** What the service is asked for. */
export const completedIn = { all: undefined, done: true, open: false } as const

/** What to say where there are none. */
export const noneOf = {
  all: "No tasks yet. Add one with `todo add`.",
  done: "Nothing is done yet.",
  open: "Nothing to do. `todo add` adds a task; `todo list --all` shows what is done, too."
} as const
