import { Settings, SettingsPatch } from "@todo/domain/settings/Settings"
import { table } from "../database/Table.ts"

/** How settings are stored: a row for each user who has set something. */
export const settings = table({
  noun: "settings",
  name: "settings",
  shapes: { answer: Settings, patch: SettingsPatch },
  title: "time_zone"
})
