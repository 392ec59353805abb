import { Schema, SchemaAST } from "effect"

/** An id that nothing has: a UUID of version 7, which every kind of id may be. */
export const absent = "01980000-0000-7000-8000-000000000000"

/** A place in what a schema describes where an id may stand. */
export interface IdPlace {
  /** Members by name, the elements of an array as `[]`, and one of several alternatives by its number. */
  readonly path: string
  /** What the schema's examples propose, with an id in that place. */
  readonly having: (id: string) => unknown
  /** Whether the id may stand there by its form. */
  readonly takes: (id: string) => boolean
}

/** Whether what it describes is an id. */
export const isId = (ast: SchemaAST.AST): boolean => {
  const accepts = Schema.is(Schema.make(ast))
  return accepts(absent) && !accepts("no id")
}

/** What a schema proposes: its own example, or what its members propose. */
const proposed = (ast: SchemaAST.AST): unknown => {
  const example = (SchemaAST.resolve(ast)?.["examples"] as ReadonlyArray<unknown> | undefined)?.[0]
  if (example !== undefined) return example
  if (SchemaAST.isLiteral(ast)) return ast.literal
  if (isId(ast)) return absent
  if (SchemaAST.isObjects(ast)) {
    return Object.fromEntries(
      ast.propertySignatures.filter(({ type }) => !SchemaAST.isOptional(type)).map((
        { name, type }
      ) => [name, proposed(type)])
    )
  }
  throw new Error("The contract has no example of a member beside an id")
}

/** Every place where an id may stand: however deep, in elements, and in each of several alternatives. */
export const idPlacesOf = (ast: SchemaAST.AST): ReadonlyArray<IdPlace> => {
  if (isId(ast)) return [{ path: "", having: (id) => id, takes: Schema.is(Schema.make(ast)) }]
  if (SchemaAST.isObjects(ast)) {
    return ast.propertySignatures.flatMap(({ name, type }) =>
      idPlacesOf(type).map(({ having, path, takes }) => ({
        path: `.${String(name)}${path}`,
        having: (id) => ({ ...proposed(ast) as object, [name]: having(id) }),
        takes
      }))
    )
  }
  if (SchemaAST.isArrays(ast)) {
    return [...ast.elements, ...ast.rest].flatMap((element) =>
      idPlacesOf(element).map(({ having, path, takes }) => ({ path: `[]${path}`, having: (id) => [having(id)], takes }))
    )
  }
  if (SchemaAST.isUnion(ast)) {
    return ast.types.flatMap((type, index) =>
      idPlacesOf(type).map(({ having, path, takes }) => ({ path: `(${index})${path}`, having, takes }))
    )
  }
  return []
}
