import { NodeServices } from "@effect/platform-node"
import { assert, it } from "@effect/vitest"
import { Effect, FileSystem, Option } from "effect"
import { chmodSync, mkdtempSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { keepPrivate } from "../src/PrivateFolder.ts"

it.effect("an open folder that cannot be closed is refused, and told what to do", () =>
  Effect.gen(function*() {
    const path = yield* Effect.acquireRelease(
      Effect.sync(() => mkdtempSync(join(tmpdir(), "todo-private-"))),
      (path) => Effect.sync(() => rmSync(path, { recursive: true }))
    )
    chmodSync(path, 0o770)
    const files = yield* FileSystem.FileSystem
    const { message } = yield* keepPrivate({ name: "The data directory", path, isOwn: () => true }).pipe(
      // As a folder of somebody else's does, or a file system without modes.
      Effect.provideService(FileSystem.FileSystem, {
        ...files,
        chmod: () => Effect.void,
        stat: (path) => Effect.map(files.stat(path), (info) => ({ ...info, uid: Option.some(4711) }))
      }),
      Effect.flip
    )
    assert.match(
      message,
      /^The data directory \S+ is open to other users of this machine \(mode 770\), and cannot be closed/
    )
    assert.include(message, `"chmod 700 ${path}" as its owner, user 4711, or set TODO_DATA_DIR to a folder in it`)
    yield* keepPrivate({ name: "The data directory", path, isOwn: () => true })
    assert.strictEqual(statSync(path).mode & 0o777, 0o700)
  }).pipe(Effect.provide(NodeServices.layer)))
