import { assert, describe, it, layer } from "@effect/vitest"
import { Effect } from "effect"
import { send } from "../support/requests.ts"
import { publicUrl, TestService } from "../support/TestService.ts"
import { committed, nameOfBody, operationsOf, responsesOf, undescribed } from "./committed.ts"
import { lint } from "./redocly.ts"

const document = committed()

describe("docs/openapi.json", () => {
  it("is a valid OpenAPI 3.1 document without a warning, its examples included", async () => {
    assert.deepStrictEqual(await lint(document), [])
  })

  it("is linted by something that finds an example that breaks its schema", async () => {
    const { components, ...rest } = document
    const schemas = {
      ...components.schemas,
      NewTask: { ...components.schemas["NewTask"], examples: [{ title: "" }] }
    }
    const findings = await lint({ ...rest, components: { ...components, schemas } })
    assert.deepStrictEqual(findings.map(({ ruleId, severity }) => [ruleId, severity]), [
      ["no-invalid-schema-examples", "error"]
    ])
  })

  it.each(operationsOf(document))("describes %s", (_, operation) => {
    assert.isNotEmpty(operation.summary)
    assert.isNotEmpty(operation.description)
    assert.match(operation.operationId, /^[a-z][A-Za-z]+$/)
    assert.lengthOf(operation.tags, 1)
    const statuses = Object.keys(operation.responses)
    assert.isTrue(statuses.some((status) => /^[45]/.test(status)), "it documents no error")
    // Generators would have the right answer be a problem, too.
    assert.notInclude(statuses, "default")
    for (const [status, response] of responsesOf(operation, document)) {
      assert.match(response.description, /^[A-Z`].*\.$/, `${status} is described by a sentence`)
      assert.property(response.headers, "X-Request-Id")
      if (status === "401") assert.property(response.headers, "WWW-Authenticate")
      // The device flow's own errors are OAuth's.
      const plain = operation.tags[0] === "Device" && /^(40[01]|41[35]|429|503)$/.test(status)
      const type = plain ? "application/json" : "application/problem+json"
      if (/^[45]/.test(status)) assert.hasAllKeys(response.content, [type])
    }
  })

  it("spells out no problem twice in its own words: it stands in `components/responses`", () => {
    const places = new Map<string, Set<string>>()
    for (const [name, operation] of operationsOf(document)) {
      for (const [status, { content = {}, description, headers }] of responsesOf(operation, document)) {
        const [schema] = Object.values(content).map((body) =>
          (body as { readonly schema: { readonly $ref?: string } }).schema
        )
        const problem = document.components.schemas[schema?.$ref?.split("/").at(-1) ?? ""]
        if (status < "400" || problem?.["description"] !== description) continue
        const text = JSON.stringify({ status, headers, content })
        const written = operation.responses[status]!
        places.set(text, (places.get(text) ?? new Set()).add("$ref" in written ? written.$ref : name))
      }
    }
    assert.isAtLeast(places.size, 30)
    for (const [text, { size }] of places) assert.strictEqual(size, 1, text)
  })

  it("gives an example for each body that is sent", () => {
    for (const [name, { requestBody }] of operationsOf(document)) {
      for (const { schema } of Object.values(requestBody?.content ?? {})) {
        assert.isNotEmpty(document.components.schemas[nameOfBody(schema)]?.["examples"], name)
      }
    }
  })

  it("says of each schema, member, parameter and header what it is", () => {
    assert.deepStrictEqual(undescribed(document), [])
  })

  it("says of an id what the client may choose it for, which is more than what an id is", () => {
    const { NewTask, Task } = document.components.schemas as Record<string, { properties: Record<string, unknown> }>
    assert.match(JSON.stringify(NewTask!.properties["id"]), /if the client chooses it/)
    assert.notMatch(JSON.stringify(Task!.properties["id"]), /chooses/)
  })

  it("has patterns that mean the same to every engine", () => {
    const patterns = [...JSON.stringify(document).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)]
      .map(([, text]) => JSON.parse(text!) as string)
    assert.isNotEmpty(patterns)
    for (const pattern of patterns) {
      // Generators put it between slashes.
      assert.notInclude(pattern, "/")
      // Neither what needs `u` or `v`, nor what RE2 lacks: it looks neither ahead nor back.
      assert.notMatch(pattern, /\\[pPuk1-9]|\(\?(?!:)|\[\^?\]/, pattern)
      assert.doesNotThrow(() => [new RegExp(pattern), new RegExp(pattern, "u"), new RegExp(pattern, "v")], pattern)
    }
  })

  it("has no promise of the words of a problem, or of the address of its kind", () => {
    for (const [name, { properties }] of Object.entries(document.components.schemas)) {
      const { code, title, type } = (properties ?? {}) as Record<string, Record<string, unknown>>
      if (code === undefined || type === undefined) continue
      assert.doesNotHaveAnyKeys(title, ["const", "enum"], name)
      assert.doesNotHaveAnyKeys(type, ["const", "enum"], name)
    }
  })

  it("names each schema once, without the generator's suffixes", () => {
    for (const name of Object.keys(document.components.schemas)) assert.notMatch(name, /Encoded|_\d+$/)
  })

  it("states limits and formats where a reader looks for them", () => {
    const { NewTask, Task, TaskId } = document.components.schemas
    assert.deepInclude(NewTask, { additionalProperties: false, required: ["title"] })
    assert.nestedPropertyVal(NewTask, "properties.title.maxLength", 500)
    assert.nestedPropertyVal(NewTask, "properties.description.maxLength", 20_000)
    assert.nestedPropertyVal(Task, "properties.createdAt.format", "date-time")
    assert.nestedPropertyVal(TaskId, "format", "uuid")
    const { NewScriptToken, PasswordChange, SignUp } = document.components.schemas
    assert.deepNestedInclude(SignUp, {
      "properties.name.minLength": 1,
      "properties.name.maxLength": 100,
      "properties.email.maxLength": 254,
      "properties.password.minLength": 8,
      "properties.password.maxLength": 128
    })
    assert.nestedPropertyVal(PasswordChange, "properties.newPassword.minLength", 8)
    for (const schema of [SignUp, NewScriptToken]) {
      const { name } = schema!["properties"] as { readonly name: { readonly pattern: string } }
      const pattern = new RegExp(name.pattern)
      assert.isTrue(pattern.test("ci") && pattern.test("Zoë 💩") && !pattern.test("a\nb") && !pattern.test("a\u009b"))
    }
    for (const [name, { parameters = [] }] of operationsOf(document)) {
      const key = parameters.find((parameter) => parameter.name === "Idempotency-Key")
      if (key !== undefined) assert.isString(key.schema["pattern"], name)
    }
    const list = document.paths["/api/v1/tasks"]?.["get"]
    assert.deepInclude(list?.parameters?.find(({ name }) => name === "limit")?.schema, {
      type: "integer",
      minimum: 1,
      maximum: 200,
      default: 50
    })
  })
})

layer(TestService.layer, { excludeTestServices: true })("GET /openapi.json", (it) => {
  it.effect("answers the committed document, and says where the service is", () =>
    Effect.gen(function*() {
      const { body, status } = yield* send("/openapi.json")
      assert.strictEqual(status, 200)
      assert.deepStrictEqual(body, { ...document, servers: [{ url: publicUrl, description: "This service." }] })
    }))
})
