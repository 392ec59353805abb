import { Authorization } from "@todo/domain/auth/Authorization"
import { RequestContract } from "@todo/domain/http/RequestContract"
import { Layer } from "effect"
import { Batches } from "../batch/Batches.ts"
import type { Feature } from "../Feature.ts"
import { knowing } from "../http/NarrowContext.ts"
import { Tasks } from "../tasks/Tasks.ts"
import { Quick } from "./Quick.ts"
import { QuickHandlers } from "./QuickHandlers.ts"

/** Tasks as people write them. */
export const quick = {
  handlers: knowing(Quick, RequestContract, Authorization)(QuickHandlers).pipe(
    Layer.provide(Quick.layer),
    Layer.provide([Batches.layer, Tasks.layer])
  )
} satisfies Feature
