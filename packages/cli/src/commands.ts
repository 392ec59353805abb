import { treeOf } from "./completion/CommandTree.ts"
import { makeProgram } from "./program.ts"

/** All commands as completion knows them; the bundle has them as they come out here (`scripts/bundle.ts`). */
export const commands = treeOf(makeProgram(() => Promise.resolve()))
