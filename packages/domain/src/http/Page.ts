/** The longest JSON of a page, in bytes. A single thing is never too long for it. */
export const maxPageBytes = 1_048_576
