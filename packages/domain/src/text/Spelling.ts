/**
 * What spellings of one name have in common: the compatibility form of Unicode (NFKC), without regard to case. By way of
 * capitals, so that `ß` is `ss`; twice, since either may make letters that the other changes.
 */
export const spellingKey = (name: string): string => {
  let key = name
  for (let round = 0; round < 2; round++) key = key.normalize("NFKC").toUpperCase().toLowerCase()
  return key.normalize("NFKC")
}
