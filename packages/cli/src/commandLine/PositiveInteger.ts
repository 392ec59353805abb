import { InvalidArgumentError } from "@commander-js/extra-typings"

/** How many at the most, as an option gives it: a whole number of at least 1. */
export const positiveInteger = (text: string): number => {
  const value = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < 1) {
    throw new InvalidArgumentError("Expected a whole number of at least 1.")
  }
  return value
}
