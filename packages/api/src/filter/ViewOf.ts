import type { InvalidFilter } from "@todo/domain/filter/FilterProblems"
import { allOf, type FilterTree, type Term, termsOf } from "@todo/domain/filter/FilterTree"
import { printTerm } from "@todo/domain/filter/Printer"
import type { CurrentUser } from "@todo/domain/users/CurrentUser"
import { ViewBroken, ViewNotFound } from "@todo/domain/views/ViewProblems"
import { Effect, Result } from "effect"
import { Statements } from "../database/connections/Statements.ts"
import { type DoorError, onceThroughDoor, throughDoor } from "../database/Door.ts"
import { boundByDoor } from "../database/PageReader.ts"
import { namedProjects } from "./ProjectSql.ts"
import { notRead, parsed, type TaskListQuery } from "./TaskList.ts"

type NamedProject = Extract<Term, { readonly project: string | null }>

/** Makes what takes a view for the filter and the order that it keeps. Fails where it names projects that there are not. */
export const views = Effect.gen(function*() {
  const statements = yield* Statements
  const find = throughDoor<{ filter: string; sort: string | null }, [id: string]>(
    statements,
    "SELECT filter, sort FROM todo.views WHERE user_id = me.uid AND id = $3"
  )

  /** The first of the projects that a filter names which there is not. */
  const missing = (tree: FilterTree): Effect.Effect<Term | undefined, DoorError, CurrentUser> => {
    const named = termsOf(tree).filter((term): term is NamedProject => "project" in term && term.project !== null)
    if (named.length === 0) return Effect.void as Effect.Effect<undefined>
    const values: Array<unknown> = []
    const bind = (value: unknown) => `$${values.push(value) + boundByDoor}`
    const known = named.map(({ project }) => `EXISTS (${namedProjects([project!], bind)})`)
    const read = onceThroughDoor<{ known: ReadonlyArray<boolean> }>(
      statements,
      `SELECT ARRAY[${known.join(", ")}] AS known`,
      false
    )
    return Effect.map(read(...values), ([row]) => named[row!.known.indexOf(false)])
  }

  return Effect.fnUntraced(function*(
    { view, ...query }: TaskListQuery
  ): Effect.fn.Return<TaskListQuery, DoorError | ViewNotFound | ViewBroken | InvalidFilter, CurrentUser> {
    if (view === undefined) return query
    const [kept] = yield* find(view)
    if (kept === undefined) return yield* new ViewNotFound({ detail: "You have no view with this id" })
    const read = yield* parsed(kept.filter)
    if (Result.isFailure(read)) {
      const word = /^\S*/.exec(kept.filter.slice(read.failure.position))![0]
      return yield* new ViewBroken({ detail: `Its filter cannot be read at ${word}`, word })
    }
    const { tree } = read.success
    const gone = yield* missing(tree)
    if (gone !== undefined) {
      const word = printTerm(gone)
      return yield* new ViewBroken({ detail: `There is nothing that its filter calls ${word}`, word })
    }
    const more = typeof query.filter === "string" ? yield* parsed(query.filter) : undefined
    if (more !== undefined && Result.isFailure(more)) return yield* notRead("filter", more.failure)
    const other = more === undefined ? query.filter as FilterTree | undefined : more.success.tree
    return {
      ...query,
      filter: other === undefined ? tree : allOf([tree, other]),
      sort: query.sort ?? kept.sort ?? undefined
    }
  })
})
