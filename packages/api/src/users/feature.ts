import { Layer } from "effect"
import type { Feature } from "../Feature.ts"
import { UsersHandlers } from "./UsersHandlers.ts"
import { UsersRepository } from "./UsersRepository.ts"

/** Who somebody is. */
export const users = { handlers: Layer.provide(UsersHandlers, UsersRepository.layer) } satisfies Feature
