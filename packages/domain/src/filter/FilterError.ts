/** Why a text is no filter, or no order of a list. */
export interface FilterError {
  /** Where the word stands that cannot be read, in UTF-16 code units: always in the text, at 0 where that is empty. */
  readonly position: number
  /** What may stand there. */
  readonly expected: string
  /** What may have been meant, to be put there instead. */
  readonly didYouMean?: string
}
