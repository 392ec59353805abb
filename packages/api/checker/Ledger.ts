/** What a task is like; undefined once it is deleted, or before it is there. */
export type State = { readonly completed: boolean; readonly version: number } | undefined

/** A task as the service shows it. */
export interface Shown {
  readonly id: string
  readonly number: number
  readonly title: string
  readonly completed: boolean
  readonly version: number
}

/** What a client may expect of one of its tasks, going by the answers that it has got. */
export interface Entry {
  /** No other task of anybody has it. */
  readonly title: string
  /** Known since the task was acknowledged. */
  id: string | undefined
  /** One when every write has been answered; two while nobody knows whether the last was done. */
  possible: ReadonlyArray<State>
}

const same = (a: State, b: State) => a?.completed === b?.completed && a?.version === b?.version

const describe = (state: State) =>
  state === undefined ? "absent" : `${state.completed ? "done" : "open"} in version ${state.version}`

/** Whether a task is as it may be; if not, in words what is wrong. */
export const contradiction = ({ id, possible, title }: Entry, shown: Shown | undefined): string | undefined => {
  if (!possible.some((state) => same(state, shown))) {
    return `${title} is ${describe(shown)}, and should be ${possible.map(describe).join(" or ")}`
  }
  if (shown !== undefined && id !== undefined && shown.id !== id) {
    return `${title} has the id ${shown.id}, and was acknowledged as ${id}`
  }
  return undefined
}

/** Compares what a user has with what its clients were told: everything once, and nothing else. */
export const audit = (entries: ReadonlyArray<Entry>, shown: ReadonlyArray<Shown>): ReadonlyArray<string> => {
  const byTitle = Map.groupBy(shown, ({ title }) => title)
  const expected = new Set(entries.map(({ title }) => title))
  const numbers = new Set(shown.map(({ number }) => number))
  return [
    ...entries.flatMap((entry) => contradiction(entry, byTitle.get(entry.title)?.[0]) ?? []),
    ...[...byTitle].flatMap(([title, tasks]) => tasks.length === 1 ? [] : [`${title} is there ${tasks.length} times`]),
    ...[...byTitle.keys()].flatMap((title) => expected.has(title) ? [] : [`${title} is there, and should not be`]),
    ...numbers.size === shown.length ? [] : [`A number was given to two of ${shown[0]!.title} and others`]
  ]
}
