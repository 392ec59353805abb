import type { Settings } from "../settings/Settings.ts"
import { English } from "./English.ts"
import { German } from "./German.ts"
import type { Language } from "./Language.ts"

/** The languages that are understood, by their codes. */
export const languages: Readonly<Record<Settings["language"], Language>> = { en: English, de: German }

/** A language, and then the others, whose words are taken where it has none. */
export const understoodBy = (language: Language): ReadonlyArray<Language> => [
  language,
  ...Object.values(languages).filter((it) => it !== language)
]
