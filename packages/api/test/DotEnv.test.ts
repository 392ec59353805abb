import { assert, describe, it } from "@effect/vitest"
import { Effect, FileSystem, PlatformError } from "effect"
import { linesWithoutEffect, readDotEnv } from "../src/DotEnv.ts"

/** What comes of a `.env` that the system does not let be read. */
const unreadable = (_tag: PlatformError.SystemErrorTag, code: string, errno: number) =>
  readDotEnv.pipe(Effect.provide(FileSystem.layerNoop({
    readFileString: () =>
      Effect.fail(
        new PlatformError.PlatformError(
          new PlatformError.SystemError({
            _tag,
            module: "FileSystem",
            method: "readFile",
            cause: Object.assign(new Error(code), { code, errno })
          })
        )
      )
  })))

describe("the file .env", () => {
  it.effect("may be missing", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* unreadable("NotFound", "ENOENT", -2), "")
    }))

  it.effect("may not be there and closed, or a folder", () =>
    Effect.gen(function*() {
      const closed = yield* Effect.flip(unreadable("PermissionDenied", "EACCES", -13))
      assert.strictEqual(closed.message, ".env cannot be read: permission denied")
      const folder = yield* Effect.flip(unreadable("BadResource", "EISDIR", -21))
      assert.strictEqual(folder.message, ".env cannot be read: is a directory")
    }))

  for (
    const [text, lines] of [
      ["", []],
      ["# a comment\n\n  \nPORT=1 # why\nexport HOST = 0.0.0.0\nLOG_LEVEL: Debug\nSMTP_URL=\n", []],
      ["MAIL_FROM=\"todo\n  not a line of its own\nend\"\nPORT 4000\n", [4]],
      ["\r\nDATABASE_URL postgres://host/todo\r\nPORT=1\r\n=x\r\n", [2, 4]]
    ] as const
  ) {
    it(`${JSON.stringify(text)} has these lines without effect: ${lines.join(", ") || "none"}`, () => {
      assert.deepStrictEqual(linesWithoutEffect(text), [...lines])
    })
  }
})
