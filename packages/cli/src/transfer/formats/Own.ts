import { documentFormat, documentVersion } from "@todo/domain/transfer/Document"
import { Effect, Result } from "effect"
import { usage } from "../../failures/Failure.ts"
import { nouns, type RawDocument, type ReadFile } from "../Document.ts"

const known: ReadonlySet<string> = new Set(["format", "version", "exportedAt", "nextCursor", ...nouns])

/** Reads what `todo export` has written, or the like. */
export const readOwn = Effect.fnUntraced(function*(text: string) {
  const parsed = Result.try({ try: (): unknown => JSON.parse(text), catch: (cause) => cause })
  if (Result.isFailure(parsed)) return yield* usage(`It is no JSON: ${(parsed.failure as Error).message}`)
  const document = parsed.success
  if (typeof document !== "object" || document === null || Array.isArray(document)) {
    return yield* usage("It is no document of `todo export`: that is an object")
  }
  const { format = documentFormat, version } = document as { readonly format?: unknown; readonly version?: unknown }
  if (format !== documentFormat || version !== documentVersion) {
    return yield* usage(
      `It is no document that this release knows: format ${JSON.stringify(format)}, version ${JSON.stringify(version)}`,
      `What is known is format "${documentFormat}", version ${documentVersion}.`
    )
  }
  const unknown = Object.keys(document).filter((name) => !known.has(name))
  if (unknown.length > 0) return yield* usage(`A document has no member ${unknown.join(", ")}`)
  for (const noun of nouns) {
    const things = (document as RawDocument)[noun]
    if (things !== undefined && !Array.isArray(things)) return yield* usage(`${noun}: it is no array`)
  }
  const { nextCursor = null } = document as { readonly nextCursor?: unknown }
  const notes = nextCursor === null ? [] : ["The document is a part of an export: there are others"]
  return { document: document as RawDocument, notes } satisfies ReadFile
})
