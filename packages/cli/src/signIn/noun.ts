import type { Noun } from "../commandLine/Noun.ts"
import * as login from "./login.ts"
import * as logout from "./logout.ts"
import * as signup from "./signup.ts"
import * as whoami from "./whoami.ts"

/** Signing up, in and out, at the top as well. */
export const signIn: Noun = { group: "Account:", verbs: { signup, login, logout, whoami } }
