import { accountChangeEmail } from "./account/changeEmail.ts"
import { accountChangeName } from "./account/changeName.ts"
import { accountChangePassword } from "./account/changePassword.ts"
import { accountDelete } from "./account/delete.ts"
import { accountResetPassword } from "./account/resetPassword.ts"
import { accountShow } from "./account/show.ts"
import { accountVerifyEmail } from "./account/verifyEmail.ts"
import { sessionsEnd } from "./sessions/end.ts"
import { sessionsEndOthers } from "./sessions/endOthers.ts"
import { sessionsList } from "./sessions/list.ts"
import { login } from "./signIn/login.ts"
import { logout } from "./signIn/logout.ts"
import { signup } from "./signIn/signup.ts"
import { whoami } from "./signIn/whoami.ts"
import { add } from "./tasks/add.ts"
import { addLines } from "./tasks/AddLines.ts"
import { done } from "./tasks/done.ts"
import { edit } from "./tasks/edit.ts"
import { home } from "./tasks/home.ts"
import { list } from "./tasks/list.ts"
import { reopen } from "./tasks/reopen.ts"
import { rm } from "./tasks/rm.ts"
import { show } from "./tasks/show.ts"
import { tokenCreate } from "./tokens/create.ts"
import { tokenList } from "./tokens/list.ts"
import { tokenRevoke } from "./tokens/revoke.ts"

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
