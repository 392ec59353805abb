import { assert, describe, it } from "@effect/vitest"
import { Api } from "@todo/domain/Api"
import { definition } from "@todo/domain/http/openapi/Definition"
import { Exit, Schema } from "effect"
import { HttpApi } from "effect/http-api"

/** What JavaScript takes for a number, and nobody writes in a query. */
const spellings = [
  "1e1",
  "1E+1",
  "1.0",
  "08",
  "+5",
  " 5",
  "5 ",
  "0x5",
  "5_0",
  "5n",
  "\u0665",
  "-0",
  "",
  "NaN",
  "Infinity"
]

/** Every number in a query of the contract, with what decodes it. */
const numbers = (() => {
  const found: Array<readonly [name: string, parameter: string, query: Schema.Codec<unknown>]> = []
  HttpApi.reflect(Api, {
    onGroup: () => {},
    onEndpoint: ({ endpoint, group }) => {
      if (endpoint.query === undefined) return
      const { properties = {} } = definition(endpoint.query) as { properties?: Record<string, { type?: string }> }
      for (const [parameter, { type }] of Object.entries(properties)) {
        if (type !== "integer" && type !== "number") continue
        const name = `${group.identifier}.${endpoint.identifier}`
        found.push([name, parameter, endpoint.query as unknown as Schema.Codec<unknown>])
      }
    }
  })
  return found
})()

describe("a number in a query", () => {
  it("is there at all", () => assert.isAtLeast(numbers.length, 3))

  it.each(numbers)("%s: %s has one spelling", (_, parameter, query) => {
    const decode = Schema.decodeUnknownExit(query)
    assert.deepStrictEqual(decode({ [parameter]: "10" }), Exit.succeed({ [parameter]: 10 }))
    for (const spelling of spellings) assert.isTrue(Exit.isFailure(decode({ [parameter]: spelling })), spelling)
  })
})
