import { NameTaken } from "@todo/domain/http/ReferenceProblems"
import { ViewChanged, ViewNotFound } from "@todo/domain/views/ViewProblems"
import type { EntityProblems } from "../entity/Refusals.ts"
import { changeProblems } from "../entity/TooManyChanges.ts"
import { inProjectProblems } from "../projects/problems.ts"
import { views } from "./table.ts"

/** The refusals of a move of views. */
export const moveProblems = { reference: inProjectProblems.reference, ...changeProblems }

/** How it is said that there is no such view, that it is at another version, and that its name is taken. */
export const viewProblems: EntityProblems<ViewNotFound, ViewChanged, NameTaken> = {
  notFound: (at) => new ViewNotFound({ detail: "You have no view with this id", ...at }),
  changed: (row, asking, at) => {
    const current = views.answer(row, asking)
    return new ViewChanged({ detail: `The view is at version ${current.version}`, current, ...at })
  },
  ruled: { name: (_, at) => new NameTaken({ detail: "Another view is called so", ...at }) }
}
