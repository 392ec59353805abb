import { spellingKey } from "@todo/domain/text/Spelling"
import type { ImportedTag, ImportedView } from "@todo/domain/transfer/Document"
import type { Row } from "../database/Table.ts"
import { tags } from "../tags/table.ts"
import { views } from "../views/table.ts"
import { differing, idTaken, inPlaces, type Moment, pastOf } from "./Compared.ts"
import type { Known } from "./Existing.ts"
import type { Obstacle, Place, Planning } from "./Planning.ts"

const byName = (rows: ReadonlyMap<string, Row>) =>
  new Map([...rows.values()].map((row) => [row["name_key"] as string, row]))

/** Plans the tags of a document, each known by its name. */
export const planTags = (planning: Planning, document: ReadonlyArray<ImportedTag>, rows: ReadonlyMap<string, Row>) => {
  const known = byName(rows)
  const claimed = new Set<string>()
  for (const [index, { color, name }] of document.entries()) {
    const place: Place = { noun: "tag", index, id: name }
    const nameKey = spellingKey(name)
    if (planning.isRefused(place)) continue
    if (claimed.has(nameKey)) {
      planning.problem(place, { reason: "name_taken", detail: "Another tag of the document is called so" })
      continue
    }
    claimed.add(nameKey)
    const row = known.get(nameKey)
    const members = { name, ...color !== undefined && { color } }
    if (row === undefined) {
      planning.create(place, {})
      planning.item(place, { op: "tag.create", nameKey, names: { [nameKey]: name } })
      if (color !== undefined && color !== null) planning.item(place, { op: "tag.update", nameKey, body: { color } })
    } else if (planning.found(place, differing(tags, members, row), {})) {
      planning.item(place, { op: "tag.update", nameKey, versions: [row.version], body: tags.given(members) })
    }
  }
}

/** Plans the views of a document, in their order: a view is known by its id, or else by its name. */
export const planViews = (
  planning: Planning,
  document: ReadonlyArray<ImportedView>,
  { idOf, rows }: Known,
  unreadable: (view: ImportedView) => Obstacle | undefined,
  now: Moment
) => {
  const known = byName(rows)
  const claimed = new Set<string>()
  const indexes = new Map(document.map((view, index) => [view, index]))
  for (const view of inPlaces(document, () => 0)) {
    const { filter, name, sort } = view
    const place: Place = { noun: "view", index: indexes.get(view)!, id: view.id }
    if (planning.isRefused(place)) continue
    const obstacle = unreadable(view)
    if (obstacle !== undefined) {
      planning.problem(place, obstacle)
      continue
    }
    const own = idOf(view.id)
    const row = (own === undefined ? undefined : rows.get(own)) ?? known.get(spellingKey(name))
    const id = row?.id ?? own
    if (id === undefined || claimed.has(id)) {
      planning.problem(place, idTaken)
      continue
    }
    claimed.add(id)
    const members = { name, filter, ...sort !== undefined && { sort } }
    const as = { ...id !== view.id && { as: id } }
    if (row === undefined) {
      planning.create(place, as)
      const createdAt = pastOf(view.createdAt, now)
      planning.item(place, {
        op: "view.create",
        id,
        body: views.given(members),
        ...createdAt !== undefined && { createdAt }
      })
    } else if (planning.found(place, differing(views, members, row), as)) {
      planning.item(place, { op: "view.update", id: row.id, versions: [row.version], body: views.given(members) })
    }
  }
}
