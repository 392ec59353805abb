import { assert, describe, it } from "@effect/vitest"
import { Schema, SchemaAST } from "effect"
import { HttpApi } from "effect/http-api"
import { Api } from "../src/Api.ts"

/** Texts that PostgreSQL cannot hold, also beside what a pattern may ask for. */
const unkept = [
  "\u0000",
  "\uD800",
  "a\u0000",
  "a\uD800",
  "Europe/Berlin\u0000",
  "FREQ=DAILY\u0000",
  "a@b.example\u0000"
]

/** The strings in what a schema describes, with where they stand. */
const stringsOf = (ast: SchemaAST.AST, path: string, seen = new Set<SchemaAST.AST>()): ReadonlyArray<
  readonly [string, SchemaAST.AST]
> => {
  if (seen.has(ast)) return []
  seen.add(ast)
  const inside = (inner: SchemaAST.AST, name: string) => stringsOf(inner, `${path}${name}`, seen)
  if (SchemaAST.isString(ast)) return [[path, ast]]
  if (SchemaAST.isObjects(ast)) {
    return [
      ...ast.propertySignatures.flatMap(({ name, type }) => inside(type, `.${String(name)}`)),
      ...ast.indexSignatures.flatMap(({ type }) => inside(type, ".*"))
    ]
  }
  if (SchemaAST.isArrays(ast)) return [...ast.elements, ...ast.rest].flatMap((element) => inside(element, "[]"))
  if (SchemaAST.isUnion(ast)) return ast.types.flatMap((type) => inside(type, ""))
  return SchemaAST.isSuspend(ast) ? inside(ast.thunk(), "") : []
}

/** What a parser reads that refuses them, or what is compared and not kept. */
const readOtherwise = /\.(?:filter|sort|cursor|last-event-id|if-none-match)$/

describe("a text of a request", () => {
  const found: Array<string> = []
  let strings = 0
  HttpApi.reflect(Api, {
    onGroup: () => {},
    onEndpoint: ({ endpoint, group }) => {
      const schemas = [
        ["params", endpoint.params],
        ["query", endpoint.query],
        ["headers", endpoint.headers],
        ...[...endpoint.payload].flatMap(([, { schemas }]) => schemas.map((schema) => ["payload", schema] as const))
      ] as ReadonlyArray<readonly [string, Schema.Top | undefined]>
      for (const [place, schema] of schemas) {
        if (schema === undefined) continue
        for (const [path, ast] of stringsOf(schema.ast, `${group.identifier}.${endpoint.identifier} ${place}`)) {
          strings++
          const takes = Schema.is(Schema.make(ast))
          if (unkept.some(takes)) found.push(path)
        }
      }
    }
  })

  it("is one that can be kept, unless it is read by something else", () => {
    assert.isAbove(strings, 100)
    assert.deepStrictEqual(found.filter((path) => !readOtherwise.test(path)), [])
  })
})
