import { Schema } from "effect"
import { instant } from "../http/Instant.ts"
import { timeZoneHeader } from "./AskingZone.ts"

/** The header that says when a request was made that is sent later. */
export const saidAtHeader = {
  "said-at": Schema.optionalKey(
    instant(
      "When the request was made, where it is sent later, as by a client that was offline: words such as `tomorrow`, and today, are read as at that moment. One to come counts as now."
    )
  )
}

/** The headers of a write that depends on where and when it was said. */
export const speechHeaders = { ...timeZoneHeader, ...saidAtHeader }
