import { NodeServices } from "@effect/platform-node"
import { assert } from "@effect/vitest"
import { getMigrations } from "better-auth/db/migration"
import { Effect, Layer } from "effect"
import { BetterAuth } from "../../src/accounts/BetterAuth.ts"
import { Passwords } from "../../src/accounts/Passwords.ts"
import { SigningKeys } from "../../src/keys/SigningKeys.ts"
import { suite } from "../support/suite.ts"

suite("the migrations", (it) => {
  it.effect("leave nothing for Better Auth to change", () =>
    Effect.gen(function*() {
      const { options } = yield* BetterAuth
      const { toBeAdded, toBeCreated } = yield* Effect.promise(() => getMigrations(options))
      assert.deepStrictEqual(toBeCreated, [])
      assert.deepStrictEqual(toBeAdded, [])
    }).pipe(
      Effect.provide(BetterAuth.layer.pipe(Layer.provide([SigningKeys.layer, Passwords.layer, NodeServices.layer])))
    ))
})
