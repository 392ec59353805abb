/** A date in figures, with a time and a zone of it or without. */
export const dateShape = /^(\d{4}-\d\d-\d\d)(?:[T ]((?:[01]\d|2[0-3]):[0-5]\d))?(?: (\S+))?$/u
