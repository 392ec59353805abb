import { Gone } from "@todo/domain/entity/EntityProblems"
import type { InvalidRequest } from "@todo/domain/http/RequestProblems"
import type { Undo } from "@todo/domain/operations/Operation"
import {
  ChangedSince,
  NothingToUndo,
  NotUndoable,
  type Obstacle,
  OperationNotFound,
  UndoExpired
} from "@todo/domain/operations/OperationProblems"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Context, Effect, Layer } from "effect"
import { Statements } from "../database/connections/Statements.ts"
import { type DoorError, throughDoor } from "../database/Door.ts"
import { defaultLimit, invalidCursor, type Listing, makeCursor, readCursor } from "../database/List.ts"
import { type Refused, Writes } from "../database/Write.ts"
import { Features } from "../Feature.ts"
import { changeJson, operationJson } from "./OperationJson.ts"
import { type ChangeValueRow, operationReads, type OperationRow } from "./OperationReads.ts"

interface PageQuery {
  readonly limit?: number | undefined
  readonly cursor?: string | undefined
}

/** Above the place of every operation. */
const end = 2_147_483_647

/** What the current user has on record, and its undoing. Another user's operation is one that does not exist. */
export class Operations extends Context.Service<Operations>()("todo/api/operations/Operations", {
  make: Effect.gen(function*() {
    const { nouns } = yield* Features
    const reads = operationReads(nouns)
    const json = changeJson(nouns)
    const statements = yield* Statements
    const writes = yield* Writes
    const newest = throughDoor<OperationRow, [before: number, limit: number]>(statements, reads.newest)
    const one = throughDoor<OperationRow, [id: string]>(statements, reads.one)
    const changes = throughDoor<ChangeValueRow, [seq: string, from: number, limit: number]>(statements, reads.changes)
    const write = writes.make("undo", "unknown")

    /** A page of the list that `name` tells from others. */
    const page = <R>(
      name: ReadonlyArray<string>,
      { cursor, limit = defaultLimit }: PageQuery,
      start: number,
      read: (from: number, limit: number) => Effect.Effect<ReadonlyArray<R>, DoorError, CurrentUser>,
      json: (row: R) => string,
      after: (row: R) => number | string
    ): Effect.Effect<Listing<R>, DoorError | InvalidRequest, CurrentUser> =>
      Effect.flatMap(
        CurrentUser,
        ({ id: user }): Effect.Effect<Listing<R>, DoorError | InvalidRequest, CurrentUser> => {
          const wanted = [user, ...name]
          const place = cursor === undefined ? start : readCursor(cursor, wanted, ["integer"])?.[0]
          if (place === undefined) return invalidCursor
          return Effect.map(read(Number(place), limit + 1), (found) => ({
            found,
            limit,
            json,
            cursorAfter: (row) => makeCursor(wanted, [Number(after(row))])
          }))
        }
      )

    const get = (id: string) =>
      Effect.flatMap(
        one(id),
        ([operation]) => operation === undefined ? Effect.fail(notFound()) : Effect.succeed(operation)
      )

    const undo = (op: { readonly id?: string; readonly partial: boolean | undefined }) =>
      Effect.flatMap(
        write(op),
        ({ operation }) =>
          Effect.catchTag(get(operation!), "OperationNotFound", () =>
            Effect.fail(new Gone({ detail: "The undo that this key was used for is not on record any more" })))
      )

    return {
      list: (query: PageQuery) => page(["operations"], query, end, newest, operationJson, ({ seq }) => seq),
      /** The operations that changed one thing of a noun. */
      on: (noun: string) => {
        const history = throughDoor<OperationRow, [before: number, limit: number, id: string]>(
          statements,
          reads.on(noun)
        )
        return (id: string, query: PageQuery) =>
          page(
            ["history", id],
            query,
            end,
            (before, limit) => history(before, limit, id),
            operationJson,
            ({ seq }) => seq
          )
      },
      get,
      changesOf: ({ id, seq }: OperationRow, query: PageQuery) =>
        page(
          ["changes", id],
          query,
          0,
          (from, limit) => changes(seq, from, limit),
          json,
          ({ ordinal }) => ordinal + 1
        ),
      /** Undoes an operation; answers the undo. */
      undo: (id: string, { partial }: Undo) => Effect.catchTag(undo({ id, partial }), "Refused", refuse),
      /** Undoes the latest of the session or token that is neither an undo nor undone. */
      undoLatest: ({ partial }: Undo) => Effect.catchTag(undo({ partial }), "Refused", refuseLatest)
    }
  })
}) {
  static readonly layer = Layer.effect(Operations, Operations.make)
}

const notFound = () => new OperationNotFound({ detail: "You have no operation with this id on record" })

/** What a refusal is to the client who names an operation. */
const refuse = (
  { more, verdict }: Refused
): Effect.Effect<never, OperationNotFound | UndoExpired | NotUndoable | ChangedSince> => {
  switch (verdict) {
    case "absent":
      return Effect.fail(notFound())
    case "expired":
      return Effect.fail(new UndoExpired({ detail: "The operation was done more than 30 days ago" }))
    case "undone":
      return Effect.fail(new NotUndoable({ detail: "The operation has been undone already" }))
    case "final":
      return Effect.fail(new NotUndoable({ detail: "What the operation changed has been deleted for good" }))
    case "changed":
      return Effect.fail(changedSince(more["obstacles"] as ReadonlyArray<Obstacle>))
    default:
      return Effect.die(new Error(`An undo was refused: ${verdict}`))
  }
}

/** The same to one who wants the latest undone. */
const refuseLatest = ({ more, verdict }: Refused): Effect.Effect<never, NothingToUndo | ChangedSince> => {
  switch (verdict) {
    case "absent":
      return Effect.fail(
        new NothingToUndo({
          detail: "You have done nothing here in 30 days, among your last 10,000 operations, that is not undone"
        })
      )
    case "changed":
      return Effect.fail(changedSince(more["obstacles"] as ReadonlyArray<Obstacle>))
    default:
      return Effect.die(new Error(`An undo of the latest was refused: ${verdict}`))
  }
}

/** A thing that stands in the way more than once is told once. */
const changedSince = (obstacles: ReadonlyArray<Obstacle>) =>
  new ChangedSince({
    detail: "What the operation changed was changed since",
    changes: [...new Map(obstacles.map((obstacle) => [obstacle.noun + obstacle.id, obstacle])).values()]
  })
