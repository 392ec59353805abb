import { Layer } from "effect"
import type { Feature } from "../Feature.ts"
import changesFunctions from "./changes.sql.ts"
import { Changes } from "./Changes.ts"
import { ChangesHandlers } from "./ChangesHandlers.ts"

/** What happens to the things of all nouns, for those who follow it. */
export const changes = {
  functions: () => changesFunctions,
  handlers: Layer.provide(ChangesHandlers, Changes.layer)
} satisfies Feature
