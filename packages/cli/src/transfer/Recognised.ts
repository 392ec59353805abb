import type { Source } from "./Sources.ts"

const looksLikeTodoTxt = /^(?:x |\([A-Z]\) |\d{4}-\d\d-\d\d )/mu

/** What has written a text, as far as its content, or the name of the file, says. */
export const sourceOf = (text: string, file: string): Source | undefined => {
  const begin = text.slice(0, 100_000).trimStart()
  if (begin.startsWith("{")) {
    return /"(?:uuid|status)"\s*:/u.test(begin) && !/"format"\s*:\s*"todo"/u.test(begin) &&
        !/"version"\s*:\s*1\b/u.test(begin)
      ? "taskwarrior"
      : "todo"
  }
  if (begin.startsWith("[")) return "taskwarrior"
  if (/^"?TYPE"?,"?CONTENT"?/u.test(begin)) return "todoist"
  return /\.txt$/iu.test(file) || looksLikeTodoTxt.test(begin) ? "todotxt" : undefined
}
