import { Schema } from "effect"
import { TimeZoneName } from "./TimeZoneName.ts"

const zone = Schema.optionalKey(TimeZoneName)

/** The header that says where whoever asks is: dates are meant there for this request, and not where the account is. */
export const timeZoneHeader = { "time-zone": zone }

/** The same in the query, where it goes before the header. */
export const timeZoneParameter = { timeZone: zone }
