/** How long the text of a filter may be, in characters (Unicode code points). */
export const maxLength = 2_000
/** How many terms a filter may have. */
export const maxTerms = 64
/** How many of them may look into texts: each is compared with all that its user has. */
export const maxSearches = 4
/** How many words one of these may look for. */
export const maxWords = 16
/** How deep brackets and `not` may stand in one another. */
export const maxDepth = 16
