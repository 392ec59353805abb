import { spellingKey } from "@todo/domain/text/Spelling"
import type { ImportedProject } from "@todo/domain/transfer/Document"
import type { Row } from "../database/Table.ts"
import { projects } from "../projects/table.ts"
import { differing, idTaken, inPlaces, type Moment, notThere, pastOf } from "./Compared.ts"
import type { Known } from "./Existing.ts"
import type { Place, Planning } from "./Planning.ts"

/** Which projects those of the document are here, without those that cannot be there. */
export type ProjectIds = ReadonlyMap<string, string>

/** How far a project is below another in the document; Infinity in a circle. */
const depths = (document: ReadonlyArray<ImportedProject>) => {
  const parents = new Map(document.map(({ id, parentId }) => [id as string, parentId ?? undefined]))
  return ({ id }: ImportedProject) => {
    let depth = 0
    for (let above = parents.get(id); above !== undefined; above = parents.get(above)) {
      if (++depth > document.length) return Infinity
    }
    return depth
  }
}

/** Whether it is to be archived; undefined where the document does not say. */
const isArchived = ({ archived, archivedAt }: ImportedProject): boolean | undefined =>
  archivedAt === undefined ? archived : archivedAt !== null

const pathKey = (parent: unknown, nameKey: unknown) => `${String(parent ?? "")} ${String(nameKey)}`

/** Plans the projects of a document, those at the top first: a project is known by its id, or else by its path. */
export const planProjects = (
  planning: Planning,
  document: ReadonlyArray<ImportedProject>,
  { idOf, rows }: Known,
  now: Moment
): ProjectIds => {
  const depthOf = depths(document)
  const ids = new Map<string, string>()
  const claimed = new Set<string>()
  const byPath = new Map([...rows.values()].map((row) => [pathKey(row["parent_id"], row["name_key"]), row]))
  const indexes = new Map(document.map((project, index) => [project, index]))

  const archive = (place: Place, { archivedAt }: ImportedProject, id: string) => {
    const at = pastOf(archivedAt ?? undefined, now)
    // Behind all that is put into it.
    planning.itemAtLast(place, {
      op: "project.update",
      id,
      body: { archived: true },
      ...at !== undefined && { setAt: at }
    })
  }

  const create = (place: Place, project: ImportedProject, id: string, members: object, as: object) => {
    planning.create(place, as)
    const createdAt = pastOf(project.createdAt, now)
    planning.item(place, {
      op: "project.create",
      id,
      body: projects.given(members),
      ...createdAt !== undefined && { createdAt }
    })
    if (isArchived(project) === true) archive(place, project, id)
  }

  const update = (place: Place, project: ImportedProject, row: Row, members: object, as: object) => {
    const archived = isArchived(project)
    const wasArchived = (row["archived_at"] ?? null) !== null
    const differs = differing(projects, members, row)
    if (archived !== undefined && archived !== wasArchived) differs.push("archived")
    if (!planning.found(place, differs, as)) return
    planning.item(place, {
      op: "project.update",
      id: row.id,
      versions: [row.version],
      body: { ...projects.given(members), ...archived === false && { archived } }
    })
    if (archived === true && !wasArchived) archive(place, project, row.id)
  }

  for (const project of inPlaces(document, depthOf)) {
    const place: Place = { noun: "project", index: indexes.get(project)!, id: project.id }
    if (planning.isRefused(place)) continue
    if (depthOf(project) === Infinity) {
      planning.problem(place, { reason: "cycle", detail: "The project is below itself", path: ["parentId"] })
      continue
    }
    const above = project.parentId ?? null
    const parentId = above === null ? null : ids.get(above) ?? (rows.has(above) ? above : undefined)
    if (parentId === undefined) {
      planning.problem(place, notThere("project", ["parentId"]))
      continue
    }
    const own = idOf(project.id)
    const row = (own === undefined ? undefined : rows.get(own)) ??
      byPath.get(pathKey(parentId, spellingKey(project.name)))
    const id = row?.id ?? own
    if (id === undefined || claimed.has(id)) {
      planning.problem(place, idTaken)
      continue
    }
    claimed.add(id)
    ids.set(project.id, id)
    const { color, description, name } = project
    const members = {
      name,
      ...description !== undefined && { description },
      ...color !== undefined && { color },
      ...project.parentId !== undefined && { parentId }
    }
    const as = { ...id !== project.id && { as: id } }
    if (row === undefined) create(place, project, id, members, as)
    else update(place, project, row, members, as)
  }
  return ids
}
