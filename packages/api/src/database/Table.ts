import { Schema, type SchemaAST } from "effect"
import type { Asking } from "../dates/Asker.ts"
import type { RecordedBody } from "./functions/Write.sql.ts"
import type { Order } from "./order/Order.ts"
import { packing } from "./Packing.ts"
import { rowText } from "./RowText.ts"

/** A thing of some noun as it is stored: a row of its table, from the driver, or from JSON. */
export interface Row {
  readonly id: string
  readonly version: number
  readonly [column: string]: unknown
}

/** The shapes of a noun, of the domain. */
export interface Shapes {
  readonly answer: Schema.Codec<unknown, unknown> & { readonly fields: Schema.Struct.Fields }
  /** Of a noun that is made; there is one of others from the beginning. */
  readonly creation?: { readonly fields: Schema.Struct.Fields }
  readonly patch: { readonly fields: Schema.Struct.Fields }
}

/** What the database adds to the description of a noun. */
export interface TableSpec<S extends Shapes> {
  /** What the record and the API call one. */
  readonly noun: string
  /** In the schema `todo`; the counter of the user's things has the same name. */
  readonly name: string
  readonly shapes: S
  /** The column of what a person calls one. */
  readonly title: string
  /** Members that say whether a time is set: true sets it once, false takes it away. */
  readonly isSet?: Readonly<Record<string, string>>
  /** Whether things are numbered for each user. */
  readonly numbered?: boolean
  /** How many a user may have; absent where each has one, whose id is the user's. */
  readonly most?: number
  /** Columns that are the service's own, computed or from `stored`: no answer has them, and the record does. */
  readonly hidden?: Readonly<Record<string, Kind>>
  /** Members that are made for whoever asks, as JSON has them; `row` may have what is `beside`. */
  readonly derived?: Readonly<Record<string, (row: Row, asking: Asking) => unknown>>
  /** Stored members that whoever asks is told otherwise than the record has them. */
  readonly told?: Readonly<Record<string, (row: Row, asking: Asking) => unknown>>
  /** Where none of these has anything, `derived` and `told` follow from which of the row's times are set: so it is of most. */
  readonly derivedFrom?: ReadonlyArray<string>
  /** What `derived` needs beside the columns, by its name: SQL on a row, for a user. */
  readonly beside?: (row: string, user: string) => Readonly<Record<string, string>>
  /**
   * Columns, and what is `beside` them, that few things have: they are read as one JSON, where `has` says that a row has any of
   * them (docs/adr/0043).
   */
  readonly seldom?: { readonly columns: ReadonlyArray<string>; readonly has: (row: string) => string }
  /** What the history calls changes of a thing that the service makes by themselves: each has a function. */
  readonly verbs?: ReadonlyArray<string>
  /** Members that the service computes where it writes what they follow from. */
  readonly computed?: ReadonlyArray<string>
  /** Whether what is removed goes to the trash; else it is gone, and comes back by undo alone. */
  readonly trash?: boolean
  /** What is stored of a member that is sent, by the names that the functions know: what else follows from it, too. */
  readonly stored?: Readonly<Record<string, (value: never) => Readonly<Record<string, unknown>>>>
  /** How an answer has what is stored of a member, where that is not alike: of the column, and of the row. */
  readonly shown?: Readonly<Record<string, (value: never, row: Row) => unknown>>
  /** Kinds of columns that schemas do not tell, by their members. */
  readonly kinds?: Readonly<Record<string, Kind>>
  /** How things are in order, where they are. */
  readonly order?: Order
  /** Texts that are kept folded beside themselves, for search. */
  readonly folded?: ReadonlyArray<string>
  /** What becomes in SQL of what is given for a member. */
  readonly made?: Readonly<Record<string, Made>>
  /** Things are not made and changed as those of other nouns are. */
  readonly writes?: "its own"
  /** Writes of its own that a batch may have, by their verbs. */
  readonly batched?: (table: Table) => Readonly<Record<string, RecordedBody>>
  /** What its writes ask and do beside what all do. */
  readonly rules?: ReadonlyArray<Rules>
  /** Tables with what belongs to things, which goes with them: in the column `<noun>_id` each has the id. */
  readonly parts?: ReadonlyArray<string>
}

/** What becomes in SQL of what is given for a member. */
export interface Made {
  /** Before it is known whether it will be written: over what there is of it. */
  readonly read: (given: string, old: string) => string
  /** When it is, where that is something else. */
  readonly use?: (given: string) => string
  /** When an undo writes it back, where that is something else than it was. */
  readonly undo?: (was: string) => string
}

/** plpgsql of a write beside what members say. It may refuse by a `verdict` and `EXIT work`, with more of it in `result`. */
export interface Rule {
  readonly declare?: string
  /** Behind the look at `old`, before the patch is applied to it: it may change `body`. */
  readonly early?: string
  /** Before the change from `old` to `made`, where `was` has the columns that are overwritten. */
  readonly before?: string
  /** Behind the change. */
  readonly after?: string
}

/** What the writes of a noun ask and do beside what all do, as far as one concern goes. */
export interface Rules {
  /** Columns that its rules of `update` and `restore` write though no patch does. */
  readonly columns?: ReadonlyArray<string>
  readonly create?: Rule
  /** What is asked of where the thing `made` is, whatever is written of it: before the rule of `update`. */
  readonly place?: string
  readonly update?: Rule
  readonly remove?: Rule
  readonly restore?: Rule
  /** Beside many things that were listed: `along` has those that go with them. */
  readonly removeListed?: { readonly before: string; readonly after: string }
  /** What is deleted for good with `old`: an array of ids. */
  readonly purge?: string
  /** Puts into `result` what its thing needs for an answer, beside what is stored of it. */
  readonly answer?: string
  readonly undo?: UndoRule
}

/** What the undo of a change has to keep: expressions, and a statement. */
export interface UndoRule {
  /** Whether a row, as an undo would leave it, is one that no other write makes. */
  readonly breaks?: (row: string) => string
  /** Why the thing `made` cannot come back or be written back by an undo of the change `j`; null where nothing is in the way. */
  readonly made?: string
  /** The same of `j.old`, which is to be taken away. */
  readonly taken?: string
  /** What is written before the thing `made` comes back or is written back; of what it takes away it counts in `taken`. */
  readonly before?: string
  /** What else is written with the thing `made`, for the change in `u`. */
  readonly beside?: string
  /** What is to be done when all its changes are written. */
  readonly done?: string
  /** What else has to change by what the changes of the undo, at the place `counter.seq`, have made of things. */
  readonly afterwards?: string
  /**
   * What all the changes of the undo, at the place `counter.seq`, have made that no other write makes: JSON of obstacles. What
   * they name is left out of a part, and all is tried anew without it.
   */
  readonly breaches?: string
  /** Whether the change in a row of `todo.changes` may rest on what became of the last: such are judged one by one. */
  readonly oneByOne?: (change: string) => string
}

/** The kinds of columns, as SQL has them. */
export type Kind = "text" | "uuid" | "integer" | "boolean" | "timestamptz(3)" | "jsonb" | "uuid[]"

/** A member of a noun as it is stored. */
export interface Member {
  readonly name: string
  readonly column: string
  readonly kind: Kind
  /** The member says whether the column is set. */
  readonly isSet: boolean
}

/** How a noun is stored: its columns, the JSON of a row, and what the functions that write are made from. */
export interface Table<S extends Shapes = Shapes> extends TableSpec<S> {
  readonly members: ReadonlyArray<Member>
  /** What is read of a row: all but what is the service's own. */
  readonly columns: ReadonlyArray<string>
  /** Columns that are the service's own, as members are. */
  readonly own: ReadonlyArray<Member>
  /** What is read of the row `row` for an answer to the user `user`, as SQL has it, by the names that `Row` has. */
  reads(row: string, user: string): ReadonlyArray<readonly [name: string, sql: string]>
  /** The same for many rows, of which each is to be unpacked: what few of them have is one column. `read` may read less of one. */
  readsPacked(
    row: string,
    user: string,
    read?: (name: string, sql: string) => string
  ): ReadonlyArray<readonly [name: string, sql: string]>
  /** A row that was read packed, as others are. */
  unpacked(row: Row): Row
  /**
   * The JSON text of a thing, as the contract's schema encodes it (a test compares). Where nobody asks it is what the record
   * has of it.
   */
  json(row: Row, asking?: Asking): string
  /** What depends on who asks, and when, as an entity tag has it: nothing where that is as usual. */
  beyond(row: Row, asking: Asking): string
  /** The thing as the contract has it. */
  answer(row: Row, asking: Asking): S["answer"]["Type"]
  /** What the functions are given for the members of a creation or of a patch. */
  given(body: object): Readonly<Record<string, unknown>>
}

const kindOf = (ast: SchemaAST.AST): Kind => {
  switch (ast._tag) {
    case "Union":
      return kindOf(ast.types.find(({ _tag }) => _tag !== "Null")!)
    case "Declaration":
      return "timestamptz(3)"
    case "Number":
      return "integer"
    case "Boolean":
      return "boolean"
    case "String":
    case "Literal":
      return "text"
    default:
      return "jsonb"
  }
}

/** The member of a column: `completed_at` is `completedAt`. */
export const memberOf = (column: string) => column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** The column of a member: `completedAt` is in `completed_at`. */
const columnOf = (member: string) => member.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const noMore: NonNullable<TableSpec<Shapes>["beside"]> = () => ({})

/** Describes how a noun is stored. */
export const table = <const S extends Shapes>(spec: TableSpec<S>): Table<S> => {
  const { beside = noMore, derived = {}, hidden = {}, isSet = {}, kinds = {}, shapes, stored: storing = {} } = spec
  const members = Object.entries(shapes.answer.fields).flatMap(([name, schema]): ReadonlyArray<Member> =>
    name in derived ? [] : [{
      name,
      column: isSet[name] ?? columnOf(name),
      kind: kinds[name] ?? (name === "id" || name.endsWith("Id") ? "uuid" : kindOf(schema.ast)),
      isSet: name in isSet
    }]
  )
  const { beyond, json } = rowText(spec, members)
  const answer: Schema.Codec<S["answer"]["Type"], unknown> = shapes.answer
  const decode = Schema.decodeUnknownSync(answer)
  const read = members.filter((member) => !member.isSet)
  const columns = read.map(({ column }) => column)
  const reads = (row: string, user: string) => [
    ...read.map(({ column, kind }) =>
      [column, kind === "uuid[]" ? `to_jsonb(${row}.${column})` : `${row}.${column}`] as const
    ),
    ...Object.entries(beside(row, user))
  ]
  return {
    ...spec,
    members,
    columns,
    own: Object.entries(hidden).map(([column, kind]) => ({ name: memberOf(column), column, kind, isSet: false })),
    reads,
    ...packing(spec, reads),
    json,
    beyond,
    answer: (row, asking) => decode(JSON.parse(json(row, asking))),
    given: (body) => {
      const given: Record<string, unknown> = { ...body }
      for (const [name, store] of Object.entries(storing)) {
        if (given[name] !== undefined && given[name] !== null) Object.assign(given, store(given[name] as never))
      }
      return given
    }
  }
}
