import { Schema } from "effect"

/** An instant: in JSON a string as RFC 3339 writes it, in UTC. */
export const instant = (description: string, example = "2026-10-01T09:30:00.000Z") =>
  Schema.DateTimeUtcFromString.pipe(
    Schema.annotateEncoded({ format: "date-time", description, examples: [example] })
  )
