import type { Project } from "@todo/domain/projects/Project"
import { spellingKey } from "@todo/domain/text/Spelling"

/** What tells the paths of projects. */
type Placed = Pick<Project, "id" | "name" | "parentId">

/** The paths of projects by their ids: `Work/Misc` is Misc below Work. */
export const projectPaths = (projects: ReadonlyArray<Placed>): ReadonlyMap<string, string> => {
  const byId = new Map(projects.map((project): readonly [string, Placed] => [project.id, project]))
  const pathOf = ({ name, parentId }: Placed, levels: number): string => {
    const parent = parentId === null ? undefined : byId.get(parentId)
    return parent === undefined || levels === 0 ? name : `${pathOf(parent, levels - 1)}/${name}`
  }
  return new Map(projects.map((project) => [project.id, pathOf(project, 16)]))
}

/** Each with those below it behind it, which are in the order in which they are given. */
export const belowEachOther = <P extends Placed>(projects: ReadonlyArray<P>): ReadonlyArray<P> => {
  // Node 20 has no `Map.groupBy`.
  const byParent = new Map<P["parentId"], Array<P>>()
  for (const project of projects) {
    const siblings = byParent.get(project.parentId)
    if (siblings === undefined) byParent.set(project.parentId, [project])
    else siblings.push(project)
  }
  const from = (parent: P["parentId"]): ReadonlyArray<P> =>
    (byParent.get(parent) ?? []).flatMap((project) => [project, ...from(project.id)])
  return from(null)
}

/** Those that a name or a path means, with or without `#` in front of it: the whole of a path, or else the end of one. */
export const projectsNamed = <P extends Placed>(projects: ReadonlyArray<P>, ref: string): ReadonlyArray<P> => {
  const paths = projectPaths(projects)
  const find = (key: string) => {
    const keyed = projects.map((project) => [project, spellingKey(paths.get(project.id)!)] as const)
    const whole = keyed.filter(([, path]) => path === key)
    return (whole.length > 0 ? whole : keyed.filter(([, path]) => path.endsWith(`/${key}`))).map(([project]) => project)
  }
  const found = find(spellingKey(ref.trim()))
  return found.length === 0 && ref.startsWith("#") ? find(spellingKey(ref.slice(1).trim())) : found
}
