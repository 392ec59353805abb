/** An id in a table has so many characters, or more where ids share as many. */
const minShownLength = 8

/**
 * The beginnings of ids, of one length, that tell them apart. Ids of version 7
 * begin with the time: those made close together are the same for long.
 */
export const shortIds = (ids: ReadonlyArray<string>): ReadonlyArray<string> => {
  const longest = Math.max(0, ...ids.map((id) => id.length))
  for (let length = minShownLength; length < longest; length++) {
    const shown = ids.map((id) => id.slice(0, length))
    if (new Set(shown).size === new Set(ids).size && !shown.some((id) => id.endsWith("-"))) return shown
  }
  return ids
}
