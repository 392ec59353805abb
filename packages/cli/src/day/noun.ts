import type { Noun } from "../commandLine/Noun.ts"
import * as home from "./home.ts"
import * as inbox from "./inbox.ts"
import * as next from "./next.ts"
import * as today from "./today.ts"
import * as upcoming from "./upcoming.ts"

/** What there is to do, whose verbs stand at the top: `todo today`. */
export const day: Noun = { group: "Your day:", verbs: { home, today, upcoming, next, inbox } }
