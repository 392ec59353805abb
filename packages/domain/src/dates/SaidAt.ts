import { Schema } from "effect"
import { timeZoneHeader } from "./AskingZone.ts"

const date = "\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])"
const time = "(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,9})?"
const zone = "(?:Z|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)"

/** The header that says when a request was made that is sent later. */
export const saidAtHeader = {
  "said-at": Schema.optionalKey(
    Schema.String.check(
      Schema.isPattern(new RegExp(`^${date}T${time}${zone}$`), {
        message: "Expected an instant as RFC 3339 writes it, such as 2026-10-01T09:30:00Z"
      })
    ).annotate({
      description:
        "When the request was made, where it is sent later, as by a client that was offline: words such as `tomorrow`, and today, are read as at that moment. One to come counts as now.",
      examples: ["2026-10-01T09:30:00Z"]
    })
  )
}

/** The headers of a write that depends on where and when it was said. */
export const speechHeaders = { ...timeZoneHeader, ...saidAtHeader }
