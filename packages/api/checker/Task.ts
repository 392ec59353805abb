/** A task as it is stored. */
export interface Stored {
  readonly id: string
  readonly number: number
  readonly title: string
  readonly description: string | null
  readonly completedAt: string | null
  readonly createdAt: string
  readonly updatedAt: string
  readonly version: number
  readonly trashedAt: string | null
}

/** A task as the feed, the history and the lists show it. */
export type Task = Omit<Stored, "trashedAt"> & { readonly completed: boolean; readonly trashedAt?: string }

/** How a task is shown. */
export const shown = ({ trashedAt, ...task }: Stored): Task => ({
  ...task,
  completed: task.completedAt !== null,
  ...trashedAt !== null && { trashedAt }
})

/** The other way round. */
export const stored = ({ completed: _completed, ...task }: Task): Stored => ({ trashedAt: null, ...task })
