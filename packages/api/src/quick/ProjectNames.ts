import { editDistance } from "@todo/domain/text/EditDistance"
import { spellingKey } from "@todo/domain/text/Spelling"

/** A project, as far as its name goes. */
export interface NamedProject {
  readonly id: string
  readonly name: string
  readonly parentId: string | null
}

/** Those of the current user, as JSON in SQL; where the text names none, nobody looks. */
export const namedProjects = (wanted: string) =>
  `CASE WHEN ${wanted} THEN (
    SELECT jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'parentId', p.parent_id))
    FROM todo.projects p WHERE p.user_id = me.uid
  ) END`

/** How many names are told of which one may be meant. */
const mostNearest = 3
const longestName = 40

/** The names of a user's projects. */
export class ProjectNames {
  private readonly byId: Map<string, NamedProject>

  constructor(projects: ReadonlyArray<NamedProject>) {
    this.byId = new Map(projects.map((project) => [project.id, project]))
  }

  /** One that will be there. */
  add(project: NamedProject) {
    this.byId.set(project.id, project)
  }

  /** The way to a project from the top, as it is written. */
  pathOf({ name, parentId }: NamedProject): string {
    const above = parentId === null ? undefined : this.byId.get(parentId)
    return above === undefined ? name : `${this.pathOf(above)}/${name}`
  }

  /**
   * Those of a name, or of a path `Work/Misc`, whose beginning may be left out. One that begins at the top is meant alone
   * where there are others: each can be told.
   */
  called(text: string): ReadonlyArray<NamedProject> {
    const key = spellingKey(text)
    const paths = [...this.byId.values()].map((project) => ({ project, path: spellingKey(this.pathOf(project)) }))
    const whole = paths.filter(({ path }) => path === key)
    const found = whole.length > 0 ? whole : paths.filter(({ path }) => path.endsWith(`/${key}`))
    return found.map(({ project }) => project)
  }

  /** The paths of those whose names are the nearest to one that none has. */
  near(text: string): ReadonlyArray<string> {
    const key = spellingKey(text.slice(text.lastIndexOf("/") + 1))
    // No name is as long, and comparing costs the product of the lengths.
    if (key.length > longestName) return []
    return [...this.byId.values()]
      .map((project) => ({
        path: this.pathOf(project),
        wrong: editDistance(key, spellingKey(project.name).slice(0, longestName))
      }))
      .toSorted((one, other) => one.wrong - other.wrong || (one.path < other.path ? -1 : 1))
      .slice(0, mostNearest)
      .map(({ path }) => path)
  }
}
