import { account } from "./account/noun.ts"
import { applying } from "./apply/noun.ts"
import { changes } from "./changes/noun.ts"
import type { Noun } from "./commandLine/Noun.ts"
import type { Verb } from "./commandLine/Verb.ts"
import { completion } from "./completion/noun.ts"
import { config } from "./config/noun.ts"
import { day } from "./day/noun.ts"
import { diagnosis } from "./doctor/noun.ts"
import { operations } from "./operations/noun.ts"
import { projects } from "./projects/noun.ts"
import { queue } from "./queue/noun.ts"
import { reports } from "./reports/noun.ts"
import { sessions } from "./sessions/noun.ts"
import { settings } from "./settings/noun.ts"
import { signIn } from "./signIn/noun.ts"
import { guide } from "./skill/noun.ts"
import { tags } from "./tags/noun.ts"
import { tasks } from "./tasks/noun.ts"
import { tokens } from "./tokens/noun.ts"
import { transfer } from "./transfer/noun.ts"
import { restoring, trash } from "./trash/noun.ts"
import { views } from "./views/noun.ts"

/** All nouns, in the order of `todo help`. */
export const nouns: Readonly<Record<string, Noun>> = {
  tasks,
  applying,
  day,
  reports,
  restoring,
  trash,
  operations,
  changes,
  queue,
  projects,
  tags,
  views,
  signIn,
  account,
  settings,
  sessions,
  tokens,
  config,
  completion,
  diagnosis,
  guide,
  transfer
}

/** The verb of a name such as `tasks.add`. */
export const verbNamed = (name: string): Verb => {
  const [noun = "", verb = ""] = name.split(".")
  const found = nouns[noun]?.verbs[verb]
  if (found === undefined) throw new Error(`There is no verb ${name}`)
  return found
}
