/**
 * The versions that an `If-Match` header allows (RFC 9110, 13.1.1); undefined
 * allows any. Weak tags never match, nor does what is no tag of ours. What a
 * tag has behind its dot no write changes.
 */
export const expectedVersions = (ifMatch: string | undefined): ReadonlyArray<number> | undefined => {
  if (ifMatch === undefined || ifMatch.trim() === "*") return undefined
  return entityTags(ifMatch).flatMap((tag) => {
    const version = /^"([1-9][0-9]{0,8})(?:\.[0-9a-z]{1,13})?"$/.exec(tag)?.[1]
    return version === undefined ? [] : [Number(version)]
  })
}

/**
 * The versions at which the preconditions of a write let it happen; undefined where any will do. `If-None-Match: *`
 * wants that there is no task (RFC 9110, 13.1.2): none will.
 */
export const versionsToChange = (
  headers: { readonly "if-match"?: string; readonly "if-none-match"?: string }
): ReadonlyArray<number> | undefined =>
  headers["if-none-match"] === undefined ? expectedVersions(headers["if-match"]) : []

/** Whether an `If-None-Match` header names `tag`, by weak comparison (RFC 9110, 13.1.2), or any. */
export const noneMatches = (ifNoneMatch: string | undefined, tag: string): boolean =>
  ifNoneMatch !== undefined
  && (ifNoneMatch.trim() === "*" || entityTags(ifNoneMatch).some((other) => other.replace(/^W\//, "") === tag))

/** The entity tags of a list; what is no list names none. */
const entityTags = (header: string): ReadonlyArray<string> =>
  list.test(header) ? header.match(/(?:W\/)?"[^"]*"/g) ?? [] : []

const list = /^(?:[\s,]*(?:W\/)?"[^"]*"\s*(?=,|$))*[\s,]*$/
