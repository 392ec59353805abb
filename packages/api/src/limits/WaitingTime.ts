const counted = (count: number, unit: string) => `${count} ${unit}${count === 1 ? "" : "s"}`

/** How long to wait, to the second. */
export const exactWait = (seconds: number): string => counted(seconds, "second")

/** The same for a person: from a minute on in whole minutes, of which the last may be shorter. */
export const roundedWait = (seconds: number): string =>
  seconds < 60 ? exactWait(seconds) : counted(Math.ceil(seconds / 60), "minute")
