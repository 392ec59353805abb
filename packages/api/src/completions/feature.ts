import { Authorization } from "@todo/domain/auth/Authorization"
import { RequestContract } from "@todo/domain/http/RequestContract"
import { Layer } from "effect"
import type { Feature } from "../Feature.ts"
import { knowing } from "../http/NarrowContext.ts"
import { Completions } from "./Completions.ts"
import { CompletionsHandlers } from "./CompletionsHandlers.ts"

/** Doing tasks, those that repeat date by date. */
export const completions = {
  handlers: knowing(Completions, RequestContract, Authorization)(CompletionsHandlers).pipe(
    Layer.provide(Completions.layer)
  )
} satisfies Feature
