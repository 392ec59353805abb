import { describe, expect, it } from "@effect/vitest"
import { Ajv2020 } from "ajv/dist/2020.js"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { parse } from "yaml"
import { applySchema } from "../../scripts/applySchema.ts"

const docs = join(import.meta.dirname, "../../../../docs")

const validate = new Ajv2020({ strict: false }).compile(applySchema())

describe("the schema of files", () => {
  it("is the one that is published (vitest -u writes it)", async () => {
    await expect(`${JSON.stringify(applySchema(), null, 2)}\n`).toMatchFileSnapshot(join(docs, "apply.schema.json"))
  })

  it("takes the files of the documentation, and not what no file has", () => {
    const files = [...readFileSync(join(docs, "apply.md"), "utf8").matchAll(/^```yaml\n([^]*?)^```$/gm)]
      .map(([, text = ""]) => parse(text))
    expect(files.length).toBeGreaterThan(0)
    for (const file of files) {
      validate(file)
      expect(validate.errors).toBeNull()
    }
    const a = { externalId: "a" }
    for (
      const wrong of [
        {},
        { tasks: [{ title: "No id" }] },
        { tasks: [{ ...a, titel: "A" }] },
        { tasks: [{ ...a, due: "tomorrow" }] },
        { tasks: [{ ...a, tasks: [{ ...a, priority: "p9" }] }] },
        { tasks: [a], more: 1 }
      ]
    ) expect([wrong, validate(wrong)]).toEqual([wrong, false])
  })
})
