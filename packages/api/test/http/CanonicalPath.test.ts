import { assert, it } from "@effect/vitest"
import * as fc from "fast-check"
import { isCanonicalPath } from "../../src/http/CanonicalPath.ts"

const name = fc.string({ minLength: 1, unit: "grapheme" }).filter((text) =>
  text.isWellFormed() && !/^\.\.?$/.test(text)
)

it("a path is canonical as encodeURIComponent writes its names, whatever they are", () => {
  fc.assert(fc.property(fc.array(name, { minLength: 1 }), fc.webQueryParameters(), (names, query) => {
    const path = names.map((text) => `/${encodeURIComponent(text)}`).join("")
    assert.isTrue(isCanonicalPath(path), path)
    assert.isTrue(isCanonicalPath(`${path}?${query}`), path)
    for (const other of [`${path}/`, `/${path}`, `/.${path}`, `/x/..${path}`, `${path};x`, `${path}#x`]) {
      assert.isFalse(isCanonicalPath(other), other)
    }
  }))
})

it("an escape is canonical in upper case, of what a path cannot have otherwise", () => {
  for (let byte = 0; byte < 256; byte++) {
    const escape = `%${byte.toString(16).toUpperCase().padStart(2, "0")}`
    const needsNone = /^[\w.~-]$/.test(String.fromCharCode(byte))
    assert.strictEqual(isCanonicalPath(`/x${escape}`), !needsNone, escape)
    if (/[A-F]/.test(escape)) assert.isFalse(isCanonicalPath(`/x${escape.toLowerCase()}`), escape)
  }
})
