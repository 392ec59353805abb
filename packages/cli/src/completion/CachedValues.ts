/** A task by what completes it. */
export interface CachedTask {
  readonly number: number
  readonly title: string
}

/** What is kept of an account to complete its names. */
export interface CachedValues {
  readonly projects: ReadonlyArray<string>
  readonly archived: ReadonlyArray<string>
  readonly tags: ReadonlyArray<string>
  readonly views: ReadonlyArray<string>
  readonly open: ReadonlyArray<CachedTask>
  readonly done: ReadonlyArray<CachedTask>
  readonly trashed: ReadonlyArray<CachedTask>
}

/** Of each kind no more than so many are kept. */
export const mostKept = 1000

const listOf = (value: unknown): ReadonlyArray<unknown> => Array.isArray(value) ? value.slice(0, mostKept) : []

const texts = (value: unknown): ReadonlyArray<string> => listOf(value).filter((item) => typeof item === "string")

const tasks = (value: unknown): ReadonlyArray<CachedTask> =>
  listOf(value).filter((item): item is CachedTask =>
    typeof item === "object" && item !== null && "number" in item && Number.isSafeInteger(item.number)
    && "title" in item && typeof item.title === "string"
  )

/** Reads what a file has; what is no such thing is left out. */
export const cachedValuesFrom = (value: unknown): CachedValues => {
  const members: Partial<Record<keyof CachedValues, unknown>> = typeof value === "object" && value !== null ? value : {}
  const { archived, done, open, projects, tags, trashed, views } = members
  return {
    projects: texts(projects),
    archived: texts(archived),
    tags: texts(tags),
    views: texts(views),
    open: tasks(open),
    done: tasks(done),
    trashed: tasks(trashed)
  }
}
