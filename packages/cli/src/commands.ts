import { accountChangeEmail } from "./commands/accountChangeEmail.ts"
import { accountChangeName } from "./commands/accountChangeName.ts"
import { accountChangePassword } from "./commands/accountChangePassword.ts"
import { accountDelete } from "./commands/accountDelete.ts"
import { accountResetPassword } from "./commands/accountResetPassword.ts"
import { accountShow } from "./commands/accountShow.ts"
import { accountVerifyEmail } from "./commands/accountVerifyEmail.ts"
import { add } from "./commands/add.ts"
import { addLines } from "./commands/addLines.ts"
import { done } from "./commands/done.ts"
import { edit } from "./commands/edit.ts"
import { home } from "./commands/home.ts"
import { list } from "./commands/list.ts"
import { login } from "./commands/login.ts"
import { logout } from "./commands/logout.ts"
import { reopen } from "./commands/reopen.ts"
import { rm } from "./commands/rm.ts"
import { sessionsEnd } from "./commands/sessionsEnd.ts"
import { sessionsEndOthers } from "./commands/sessionsEndOthers.ts"
import { sessionsList } from "./commands/sessionsList.ts"
import { show } from "./commands/show.ts"
import { signup } from "./commands/signup.ts"
import { tokenCreate } from "./commands/tokenCreate.ts"
import { tokenList } from "./commands/tokenList.ts"
import { tokenRevoke } from "./commands/tokenRevoke.ts"
import { whoami } from "./commands/whoami.ts"

/** Every command by its name. `program.ts` takes only types from here, so that help needs none of this code. */
export const commands = {
  accountChangeEmail,
  accountChangeName,
  accountChangePassword,
  accountDelete,
  accountResetPassword,
  accountShow,
  accountVerifyEmail,
  add,
  addLines,
  done,
  edit,
  home,
  list,
  login,
  logout,
  reopen,
  rm,
  sessionsEnd,
  sessionsEndOthers,
  sessionsList,
  show,
  signup,
  tokenCreate,
  tokenList,
  tokenRevoke,
  whoami
}

export type CommandName = keyof typeof commands

/** What a command wants to know. */
export type CommandInput<Name extends CommandName> = Parameters<typeof commands[Name]>[0]
