/** Letters that are two, or another, without what Unicode calls a mark. */
export const alike: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
  ς: "σ"
}
const unlike = new RegExp(`[${Object.keys(alike).join("")}]`, "g")

/** The text without what a search does not look at: case, accents, and two ways to write one letter. */
export const folded = (text: string): string =>
  // Lower case comes second: of ℡ Unicode makes capitals.
  text.normalize("NFKD")
    .toLowerCase()
    // Only these marks: without those of other writings, が would be か.
    .replace(/[\u0300-\u036F]/g, "")
    .normalize("NFC")
    .replace(unlike, (letter) => alike[letter]!)

/** The words that a search looks for, folded, each once, without those that are found wherever another is. */
export const searchWords = (text: string): ReadonlyArray<string> => {
  const words = [...new Set(folded(text).split(/\s+/).filter((word) => word !== ""))]
  return words.filter((word) =>
    !words.some((other) => other !== word && other.includes(word) && numberMeant(other) === undefined)
  )
}

/** The number of the task that a word of a search may mean: `7` and `#7`. */
export const numberMeant = (word: string): number | undefined => {
  const [, digits] = /^#?([1-9]\d{0,9})$/.exec(word) ?? []
  const number = Number(digits)
  return number <= 2_147_483_647 ? number : undefined
}
