import { Schema } from "effect"

/**
 * The `ETag` of a thing (RFC 9110, 8.8.3): its version in quotes, a strong validator, since every change of it makes a new
 * version. What the version does not cover, such as whether a task is late by now, is behind a dot.
 */
export const EntityTag = Schema.String.check(
  Schema.isPattern(/^"[0-9]+(?:\.[0-9a-z]+)?"$/u, { expected: "an entity tag" })
).annotate({
  description:
    "The version as a strong entity tag; what also depends on who asks, and when, adds a part behind a dot, which `If-Match` does not look at.",
  examples: ["\"3\""]
})

/** The entity tag of a version, and of what it does not cover. */
export const entityTag = (version: number, beyond = ""): string =>
  beyond === "" ? `"${version}"` : `"${version}.${beyond}"`
