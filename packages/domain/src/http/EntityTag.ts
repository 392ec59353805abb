import { Schema } from "effect"

/**
 * The `ETag` of a task (RFC 9110, 8.8.3): its version in quotes, a strong
 * validator, since every change of a task makes a new version.
 */
export const EntityTag = Schema.String.check(
  Schema.isPattern(/^"[0-9]+"$/u, { expected: "an entity tag" })
).annotate({ description: "The task's version as a strong entity tag.", examples: ["\"3\""] })

/** The entity tag of a version. */
export const entityTag = (version: number): string => `"${version}"`
