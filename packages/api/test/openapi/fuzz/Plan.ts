import * as fc from "fast-check"
import type { Operation } from "./Contract.ts"
import { anyText, anyValue, oddTexts, valueOf } from "./Values.ts"

/** What a request has as its credentials. */
export const credentials = [
  "right",
  "none",
  "cookie",
  "jwt",
  "jwt for reading",
  "jwt for writing",
  "session",
  "script secret",
  "ended jwt",
  "ended session",
  "cut short",
  "garbage"
] as const
export type Credential = (typeof credentials)[number]

/** Something that is done to a request that was right. */
export type Change =
  /** A member of the body, the `at`th, is gone or something else. */
  | { readonly kind: "member"; readonly at: number; readonly value: unknown }
  | { readonly kind: "extra member"; readonly name: string; readonly value: unknown }
  /** The body is these bytes. */
  | { readonly kind: "bytes"; readonly bytes: Buffer }
  | { readonly kind: "no body" }
  | { readonly kind: "media type"; readonly value: string | undefined }
  | { readonly kind: "path id"; readonly value: string }
  /** A parameter of the query is gone, something else, or there twice. */
  | { readonly kind: "parameter"; readonly at: number; readonly values: ReadonlyArray<string> }
  | { readonly kind: "extra parameter"; readonly name: string; readonly value: string }
  | { readonly kind: "raw query"; readonly text: string }
  | { readonly kind: "header"; readonly name: string; readonly value: string }
  | { readonly kind: "method"; readonly method: string }

/** A request to be: what is right about it, what then is changed, and who sends it. */
export interface Plan {
  /** The body as its schema has it; ignored where the operation takes none. */
  readonly body: unknown
  /** Which of the media types that the operation takes. */
  readonly mediaType: number
  /** Whether what is somebody's (address, password, code) is the sender's own. */
  readonly own: boolean
  readonly query: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly credential: Credential
  readonly changes: ReadonlyArray<Change>
}

const absent = Symbol("absent")

const bodies: ReadonlyArray<Buffer> = [
  ...[
    "",
    "null",
    "5",
    "\"\"",
    "true",
    "[]",
    "{}",
    "[{}]",
    "{",
    "{\"a\":1}x",
    "\ufeff{}",
    "{\"title\":1e400}",
    "{\"title\":\"a\",\"title\":\"b\"}",
    "{\"__proto__\":{\"email\":\"x\"}}",
    "[".repeat(50_000),
    `{"a":${"[".repeat(500)}${"]".repeat(500)}}`,
    JSON.stringify(Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`member${index}`, index]))),
    "a=b&a=c&%FF=%00&=&d",
    "email=a%40b.c&password=x&client_id=todo-cli&client_id=x",
    "--x\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\na\r\n--x--\r\n"
  ].map((text) => Buffer.from(text)),
  Buffer.from([0xff, 0xfe, 0x7b, 0x00]),
  Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d])
]

/** A body that is longer than any operation takes. */
export const tooLarge = Buffer.alloc(2 * 1024 * 1024 + 1, 0x20)

const mediaTypes = [
  undefined,
  "",
  "application/json; charset=utf-16",
  "APPLICATION/JSON",
  "application/json;;",
  "application/json, text/plain",
  "application/merge-patch+json",
  "application/problem+json",
  "application/x-www-form-urlencoded",
  "application/x-www-form-urlencoded; charset=iso-8859-1",
  "multipart/form-data",
  "multipart/form-data; boundary=x",
  "text/plain",
  "text/html",
  "*/*",
  "a",
  "\u00e9/json"
]

const headers: ReadonlyArray<readonly [name: string, values: ReadonlyArray<string>]> = [
  ["origin", ["http://evil.test", "null", "", "*", "not a url", "HTTP://APP.TEST", "http://app.test:81"]],
  ["host", ["evil.test", "localhost:1", "EVIL.TEST.", "[::1]"]],
  ["referer", ["http://evil.test/x", "x"]],
  ["cookie", ["a", "better-auth.session_token=a.b", "better-auth.session_token=%FF", "=", `a=${"x".repeat(4000)}`]],
  ["authorization", ["Basic YTpi", "Bearer", "Bearer ", "Bearer a b", "bearer \u00e9", `Bearer ${"x".repeat(9000)}`]],
  ["if-match", ["*", "\"1\"", "W/\"1\"", "1", "\"", "\"1\", \"2\"", ",,", "\"\u00e9\"", `"${"x".repeat(3000)}"`]],
  ["if-none-match", ["*", "\"1\"", "W/\"1\"", "1", "\"", "\"1\", \"2\""]],
  ["idempotency-key", ["", "a", "\"a\"", "\"", "a b", "\u00e9", "x".repeat(256), "x,y"]],
  ["x-request-id", ["", "a b", "\u00e9", "x".repeat(300), "abcdefgh-1"]],
  ["accept", ["text/html", "", "a", "image/*;q=0"]],
  ["accept-encoding", ["gzip", "identity;q=0, *;q=0"]],
  ["accept-language", ["zz-ZZ"]],
  ["content-encoding", ["gzip", "zzz"]],
  ["range", ["bytes=0-1"]],
  ["prefer", ["return=minimal"]],
  ["user-agent", ["", "\u00e9", "x".repeat(3000)]],
  ["x-forwarded-for", ["1.2.3.4", "x", "\u00e9"]],
  ["x-client-ip", ["1.2.3.4"]],
  ["forwarded", ["for=1.2.3.4;host=evil.test"]],
  ["x-forwarded-host", ["evil.test"]],
  ["x-http-method-override", ["DELETE"]],
  ["sec-fetch-site", ["cross-site"]],
  ["sec-fetch-mode", ["navigate", "cors"]],
  ["traceparent", ["00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "x"]],
  ["b3", ["0", "x-y-z"]],
  ["constructor", ["x"]],
  ["__proto__", ["x"]]
]

const ids = fc.oneof(
  fc.uuid(),
  fc.uuid().map((id) => id.toUpperCase()),
  fc.constantFrom(...oddTexts.map((text) => text.toWellFormed().slice(0, 3000)).filter((text) => text !== "")),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 120 })
)

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY", "PROPFIND", "TRACE"]

/** What a request is changed to be without. */
export const without = absent

const change = (operation: Operation): fc.Arbitrary<Change> => {
  const at = fc.nat(20)
  const header = fc.constantFrom(...headers).chain(([name, values]) =>
    fc.constantFrom(...values).map((value): Change => ({ kind: "header", name, value }))
  )
  const ofBody: ReadonlyArray<fc.Arbitrary<Change>> = [
    fc.record({ kind: fc.constant("member" as const), at, value: fc.oneof(fc.constant(absent), anyValue) }),
    fc.record({ kind: fc.constant("member" as const), at, value: anyValue }),
    fc.record({ kind: fc.constant("extra member" as const), name: anyText, value: anyValue }),
    fc.record({
      kind: fc.constant("bytes" as const),
      bytes: fc.oneof(fc.constantFrom(...bodies), anyValue.map((value) => Buffer.from(JSON.stringify(value))))
    }),
    fc.constant({ kind: "no body" as const }),
    fc.record({ kind: fc.constant("media type" as const), value: fc.constantFrom(...mediaTypes) })
  ]
  const ofQuery: ReadonlyArray<fc.Arbitrary<Change>> = [
    fc.record({ kind: fc.constant("parameter" as const), at, values: fc.array(anyText, { maxLength: 2 }) }),
    fc.record({
      kind: fc.constant("extra parameter" as const),
      name: fc.oneof(fc.constantFrom("token", "access_token", "limit", "__proto__", "a[]", "a[b]"), anyText),
      value: anyText
    }),
    fc.record({
      kind: fc.constant("raw query" as const),
      text: fc.constantFrom("", "&", "=", "%", "%FF", "a=%00", "a=%ED%A0%80", "a;b", "limit=%31%30", "x=".repeat(500))
    })
  ]
  const named = (place: "path" | "query") => operation.parameters.some((parameter) => parameter.in === place)
  return fc.oneof(
    { weight: operation.bodies.size > 0 ? 10 : 1, arbitrary: fc.oneof(...ofBody) },
    { weight: named("query") ? 6 : 1, arbitrary: fc.oneof(...ofQuery) },
    ...(named("path") ? [{ weight: 5, arbitrary: ids.map((value): Change => ({ kind: "path id", value })) }] : []),
    { weight: 4, arbitrary: header },
    { weight: 1, arbitrary: fc.constantFrom(...methods).map((method): Change => ({ kind: "method", method })) }
  )
}

/** The plan that every operation has to follow. */
export const intact: Plan = {
  body: undefined,
  mediaType: 0,
  own: true,
  query: {},
  headers: {},
  credential: "right",
  changes: []
}

/** Requests for an operation as the document describes it, right ones and wrong ones. */
export const plans = (operation: Operation): fc.Arbitrary<Plan> => {
  const queried = operation.parameters.filter((parameter) => parameter.in === "query")
  const [schema] = operation.bodies.values()
  return fc.record({
    body: schema === undefined ? fc.constant(undefined) : valueOf(schema),
    mediaType: fc.nat(3),
    own: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    query: fc.record(Object.fromEntries(queried.map(({ name, schema }) => [name, valueOf(schema)])), {
      requiredKeys: queried.filter(({ required }) => required).map(({ name }) => name)
    }),
    headers: fc.record(
      Object.fromEntries(
        operation.parameters.filter((parameter) => parameter.in === "header").map(({ name }) => [
          name,
          fc.oneof(
            fc.uuid(),
            fc.constantFrom(...headers.find(([other]) => other === name.toLowerCase())?.[1] ?? ["x"])
          )
        ])
      ),
      { requiredKeys: [] }
    ),
    credential: fc.oneof(
      { weight: 5, arbitrary: fc.constant("right" as const) },
      { weight: 1, arbitrary: fc.constantFrom(...credentials) }
    ),
    changes: fc.oneof(
      { weight: 1, arbitrary: fc.constant([]) },
      { weight: 5, arbitrary: fc.array(change(operation), { minLength: 1, maxLength: 1 }) },
      { weight: 1, arbitrary: fc.array(change(operation), { minLength: 2, maxLength: 3 }) }
    )
  })
}
