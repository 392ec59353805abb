import { type ModelProject, type ModelTask, plainTask, type World } from "./World.ts"

/** What a case begins with. */
export interface Given {
  readonly now: string
  readonly timeZone: string
  readonly projects?: ReadonlyArray<{ readonly as: string; readonly name: string }>
  readonly tasks: ReadonlyArray<
    & { readonly as?: string; readonly title: string; readonly completed?: boolean }
    & Partial<Pick<ModelTask, "description" | "due" | "projectId" | "tags">>
  >
}

const referred = (id: string | null | undefined) => id?.replace(/^\{(.*)\}$/, "$1") ?? null

/** A world of tasks made in the order shown, whose ids are what the case calls them. */
export const givenWorld = ({ now, projects = [], tasks, timeZone }: Given): World => {
  const at = Date.parse(now)
  return {
    now: at,
    timeZone,
    dayEndsAt: 0,
    projects: projects.map(({ as, name }): ModelProject => ({ id: as, name, parentId: null, archived: false })),
    tasks: tasks.map(({ as, completed, projectId, ...members }, index): ModelTask => ({
      ...plainTask,
      ...members,
      id: as ?? String(index),
      number: index + 1,
      completedAt: completed === true ? at : null,
      createdAt: at,
      updatedAt: at,
      projectId: referred(projectId)
    }))
  }
}
