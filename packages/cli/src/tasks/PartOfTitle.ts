import { spellingKey } from "@todo/domain/text/Spelling"

/** Fewer characters are in too many titles to mean one. */
const leastCharacters = 3

const characters = new Intl.Segmenter()
const words = new Intl.Segmenter(undefined, { granularity: "word" })

const isWordLike = /[\p{L}\p{N}\p{Extended_Pictographic}]/u

/** Whether a text is too short to be any part of a title, and has to be a word of it. */
export const hasToBeWord = (text: string): boolean => [...characters.segment(text.trim())].length < leastCharacters

/** Where words begin and end. */
const boundsIn = (title: string): ReadonlySet<number> =>
  new Set([...words.segment(title)].map(({ index }) => index)).add(title.length)

/** Whether a text is a word of a title, in any spelling, or all of it. */
export const isWordOf = (text: string, title: string): boolean => {
  const [word, whole] = [spellingKey(text.trim()), spellingKey(title)]
  if (word === whole) return true
  if (!isWordLike.test(word)) return false
  const bounds = boundsIn(whole)
  for (let at = whole.indexOf(word); at !== -1; at = whole.indexOf(word, at + 1)) {
    if (bounds.has(at) && bounds.has(at + word.length)) return true
  }
  return false
}
