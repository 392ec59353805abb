/** A date as a filter has it: a day of the calendar, or words for one, which is another day tomorrow. */
export type DateValue = string

/** What knows how dates are said: the filter's own language does not. */
export interface FilterDates {
  /** How long the date is that a text begins with; undefined where it begins with none. */
  readonly lengthOf: (text: string) => number | undefined
  /** What may have been meant by a word that is none. */
  readonly nearest: (word: string) => string | undefined
}

/** Where there are no dates. */
export const noDates: FilterDates = { lengthOf: () => undefined, nearest: () => undefined }

/** The longest text that may be a date, in UTF-16 code units. */
export const maxDateLength = 100

/** What is said of a text that has no date where one is expected. */
export const expectedDate = "a date without a time, such as 2026-10-01, today, next friday or 3 days ago"

/** The one form of words for a date. */
export const dateValue = (text: string): DateValue => text.trim().toLowerCase().replace(/\s+/g, " ")
