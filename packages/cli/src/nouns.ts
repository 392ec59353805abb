import { account } from "./account/noun.ts"
import { changes } from "./changes/noun.ts"
import type { Noun } from "./commandLine/Noun.ts"
import type { Verb } from "./commandLine/Verb.ts"
import { operations } from "./operations/noun.ts"
import { sessions } from "./sessions/noun.ts"
import { signIn } from "./signIn/noun.ts"
import { tasks } from "./tasks/noun.ts"
import { tokens } from "./tokens/noun.ts"
import { restoring, trash } from "./trash/noun.ts"

/** All nouns, in the order of `todo help`. */
export const nouns: Readonly<Record<string, Noun>> = {
  tasks,
  restoring,
  trash,
  operations,
  changes,
  signIn,
  account,
  sessions,
  tokens
}

/** The verb of a name such as `tasks.add`. */
export const verbNamed = (name: string): Verb => {
  const [noun = "", verb = ""] = name.split(".")
  const found = nouns[noun]?.verbs[verb]
  if (found === undefined) throw new Error(`There is no verb ${name}`)
  return found
}
