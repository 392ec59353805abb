import { Effect, Schema, SchemaAST } from "effect"

type Ast = SchemaAST.AST

const isWord = (ast: Ast): boolean => SchemaAST.isLiteral(ast) && typeof ast.literal === "string"

/** What a member is taken for where an answer lacks it, in a record of one; undefined where nothing can take its place. */
const absenceOf = (member: Ast): { readonly value: unknown } | undefined => {
  const encoded = SchemaAST.toEncoded(member)
  const { default: named } = SchemaAST.resolve(encoded) ?? {}
  if (named !== undefined) return { value: named }
  const nullable = SchemaAST.isUnion(encoded) && encoded.types.some(SchemaAST.isNull)
  return nullable ? { value: null } : undefined
}

const lenientMember = ({ name, type }: SchemaAST.PropertySignature) => {
  const member = lenientAst(type)
  const absence = SchemaAST.isOptional(type) ? undefined : absenceOf(type)
  const { ast } = absence === undefined
    ? Schema.make<Schema.Top>(member)
    : Schema.make<Schema.Top>(member).pipe(Schema.withDecodingDefaultKey(Effect.succeed(absence.value)))
  return new SchemaAST.PropertySignature(name, ast)
}

const lenientObjects = (ast: SchemaAST.Objects) =>
  new SchemaAST.Objects(
    ast.propertySignatures.map(lenientMember),
    ast.indexSignatures,
    ast.annotations,
    ast.checks,
    ast.encoding,
    ast.context,
    ast.encodingChecks
  )

const lenientArrays = (ast: SchemaAST.Arrays) =>
  new SchemaAST.Arrays(
    ast.isMutable,
    ast.elements.map(lenientAst),
    ast.rest.map(lenientAst),
    ast.annotations,
    // How many there may be is for the service to know: of one more word there may be one more.
    undefined,
    ast.encoding,
    ast.context,
    ast.encodingChecks
  )

const lenientUnion = (ast: SchemaAST.Union) => {
  const words = ast.types.filter(isWord)
  // One word alone tells shapes apart; several are an enumeration, which a later release may have more of.
  const types = words.length > 1
    ? [...ast.types.filter((type) => !isWord(type)).map(lenientAst), SchemaAST.string]
    : ast.types.map(lenientAst)
  return new SchemaAST.Union(
    types,
    ast.options,
    ast.annotations,
    ast.checks,
    ast.encoding,
    ast.context,
    ast.encodingChecks
  )
}

const lenientAst = (ast: Ast): Ast => {
  // A transformation is a rule of its own.
  if (ast.encoding !== undefined) return ast
  if (SchemaAST.isObjects(ast)) return lenientObjects(ast)
  if (SchemaAST.isArrays(ast)) return lenientArrays(ast)
  return SchemaAST.isUnion(ast) ? lenientUnion(ast) : ast
}

/**
 * The schema of an answer as a client of another release reads it. A member that the answer lacks is its `default` in
 * the contract, or null where it may be null; without either it is essential, and reading fails. What the answer has
 * more is left. A word of an enumeration that this release does not know comes as it is, although its type does not
 * say so: show it, or compare it, and look nothing up by it.
 */
export const lenient = <S extends Schema.Top>(schema: S): S => Schema.make<S>(lenientAst(schema.ast))
