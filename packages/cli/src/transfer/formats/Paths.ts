import type { Exported } from "../Document.ts"

/** The names of projects from the top to each, by their ids. */
export const pathsOf = (projects: Exported["projects"]): ReadonlyMap<string, ReadonlyArray<string>> => {
  const byId = new Map(projects.map((project) => [project.id, project]))
  return new Map(projects.map(({ id }) => {
    const path: Array<string> = []
    for (let at = byId.get(id); at !== undefined && path.length < 16; at = byId.get(at.parentId ?? "")) {
      path.unshift(at.name)
    }
    return [id, path]
  }))
}
