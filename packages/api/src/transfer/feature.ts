import { Authorization } from "@todo/domain/auth/Authorization"
import { RequestContract } from "@todo/domain/http/RequestContract"
import { Layer } from "effect"
import type { Feature } from "../Feature.ts"
import { knowing } from "../http/NarrowContext.ts"
import { Exports } from "./Exports.ts"
import { importFunctions } from "./import.sql.ts"
import { Imports } from "./Imports.ts"
import { TransferHandlers } from "./TransferHandlers.ts"

/** All that an account has, out of the service and into it. */
export const transfer = {
  functions: importFunctions,
  handlers: knowing(Exports, Imports, RequestContract, Authorization)(TransferHandlers).pipe(
    Layer.provide([Exports.layer, Imports.layer])
  )
} satisfies Feature
