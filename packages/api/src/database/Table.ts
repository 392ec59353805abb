import { Schema, type SchemaAST } from "effect"
import { instantText } from "./InstantText.ts"

/** A thing of some noun as it is stored: a row of its table, from the driver, or from JSON. */
export interface Row {
  readonly id: string
  readonly version: number
  readonly [column: string]: unknown
}

/** The shapes of a noun, of the domain. */
export interface Shapes {
  readonly answer: Schema.Codec<unknown, unknown> & { readonly fields: Schema.Struct.Fields }
  readonly creation: { readonly fields: Schema.Struct.Fields }
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
  /** How many a user may have. */
  readonly most: number
}

/** The kinds of columns, as SQL has them. */
export type Kind = "text" | "uuid" | "integer" | "boolean" | "timestamptz(3)" | "jsonb"

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
  /** What is read of a row, and what the record keeps of a thing: all but what is the service's own. */
  readonly columns: ReadonlyArray<string>
  /** The JSON text of a thing, as the contract's schema encodes it (a test compares). */
  json(row: Row): string
  /** The thing as the contract has it. */
  answer(row: Row): S["answer"]["Type"]
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
      return "text"
    default:
      return "jsonb"
  }
}

/** The column of a member: `completedAt` is in `completed_at`. */
const columnOf = (member: string) => member.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** What the record has of a thing may be older than the column: then it is null. */
const jsonOf = ({ column, isSet, kind, name }: Member): (row: Row) => string => {
  const label = `${JSON.stringify(name)}:`
  if (isSet) return (row) => label + ((row[column] ?? null) !== null)
  switch (kind) {
    case "integer":
    case "boolean":
      return (row) => label + (row[column] ?? null)
    case "timestamptz(3)":
      return (row) =>
        label + ((row[column] ?? null) === null ? "null" : `"${instantText(row[column] as Date | string)}"`)
    default:
      return (row) => label + JSON.stringify(row[column] ?? null)
  }
}

/** Describes how a noun is stored. */
export const table = <const S extends Shapes>(spec: TableSpec<S>): Table<S> => {
  const { isSet = {}, shapes } = spec
  const members = Object.entries(shapes.answer.fields).map(([name, schema]): Member => ({
    name,
    column: isSet[name] ?? columnOf(name),
    kind: name === "id" || name.endsWith("Id") ? "uuid" : kindOf(schema.ast),
    isSet: name in isSet
  }))
  const writers = members.map(jsonOf)
  const json = (row: Row) => {
    let text = "{"
    for (let i = 0; i < writers.length; i++) text += (i === 0 ? "" : ",") + writers[i]!(row)
    return text + "}"
  }
  const answer: Schema.Codec<S["answer"]["Type"], unknown> = shapes.answer
  const decode = Schema.decodeUnknownSync(answer)
  return {
    ...spec,
    members,
    columns: members.filter((member) => !member.isSet).map(({ column }) => column),
    json,
    answer: (row) => decode(JSON.parse(json(row)))
  }
}
