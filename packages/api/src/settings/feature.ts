import { Authorization } from "@todo/domain/auth/Authorization"
import { RequestContract } from "@todo/domain/http/RequestContract"
import { Layer } from "effect"
import { entityFunctions } from "../database/functions/entity.sql.ts"
import type { Feature } from "../Feature.ts"
import { knowing } from "../http/NarrowContext.ts"
import { AccountSettings } from "./AccountSettings.ts"
import { noteSettings } from "./onCounter.sql.ts"
import { SettingsHandlers } from "./SettingsHandlers.ts"
import { settings as noun } from "./table.ts"

/** What users have set for their accounts. */
export const settings = {
  noun,
  functions: () => [...entityFunctions(noun), ...noteSettings],
  handlers: knowing(AccountSettings, RequestContract, Authorization)(SettingsHandlers).pipe(
    Layer.provide(AccountSettings.layer)
  )
} satisfies Feature
