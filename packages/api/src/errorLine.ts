/** What an error says, in one line that is never empty: its own message, or that of what is behind it, or its code. */
export const errorLine = (error: unknown): string => {
  if (typeof error === "string") return oneLine(error) || "an unknown error"
  if (typeof error !== "object" || error === null) return String(error)
  const { cause, code, errors, message, name } = error as Readonly<Record<string, unknown>>
  if (typeof message === "string" && message.trim() !== "") return oneLine(message)
  // What Node fails with when each address of a name has failed.
  if (Array.isArray(errors) && errors.length > 0) return [...new Set(errors.map(errorLine))].join(", ")
  if (cause !== undefined) return errorLine(cause)
  return String(code ?? name ?? "an unknown error")
}

const oneLine = (text: string) => text.trim().replace(/\s*\n\s*/g, " ")
