import { statSync } from "node:fs"
import { join } from "node:path"

/** A program to run, and what goes to its stdin: the arguments of a process are for everybody to read. */
export interface Call {
  readonly program: string
  readonly args: ReadonlyArray<string>
  readonly input?: string
}

/** How the keyring of a system is asked. Each secret has an id, and is never changed. */
export interface KeyringTool {
  /** `label` is what people see in the keyring's own window. Undefined where it does not take the secret as it is. */
  readonly store: (id: string, secret: string, label: string) => Call | undefined
  readonly lookUp: (id: string) => Call
  readonly clear: (id: string) => Call
  /** Whether it ended so because there is no such secret. */
  readonly isMissing: (status: number, errors: string) => boolean
}

/** libsecret's, which GNOME, KDE and KeePassXC answer. */
const secretTool: KeyringTool = {
  store: (id, secret, label) => ({
    program: "secret-tool",
    args: ["store", `--label=${label}`, "service", "todo", "session", id],
    input: secret
  }),
  lookUp: (id) => ({ program: "secret-tool", args: ["lookup", "service", "todo", "session", id] }),
  clear: (id) => ({ program: "secret-tool", args: ["clear", "service", "todo", "session", id] }),
  isMissing: (status, errors) => status === 1 && errors.trim() === ""
}

/** What needs no escape between the quotes of a command of `security -i`. */
const isPlain = (text: string): boolean => /^[\w .~+/=:%@[\]-]+$/.test(text)

/** That of the macOS keychain. A secret as an option of it would be an argument; its commands can be read from stdin. */
const security: KeyringTool = {
  store: (id, secret, label) =>
    isPlain(secret) && isPlain(label)
      ? {
        program: "/usr/bin/security",
        args: ["-i"],
        input: `add-generic-password -s "todo" -a "${id}" -l "${label}" -w "${secret}"\n`
      }
      : undefined,
  lookUp: (id) => ({ program: "/usr/bin/security", args: ["find-generic-password", "-s", "todo", "-a", id, "-w"] }),
  clear: (id) => ({ program: "/usr/bin/security", args: ["delete-generic-password", "-s", "todo", "-a", id] }),
  isMissing: (status) => status === 44
}

/** The tool of a platform; Windows keeps a user's files to that user, and its vault has none that reads stdin. */
export const keyringToolOf = (platform: NodeJS.Platform): KeyringTool | undefined =>
  platform === "darwin" ? security : platform === "win32" ? undefined : secretTool

const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined

/** Whether somebody may answer: libsecret's tool asks over the bus of a session, which is not there under cron or SSH. */
export const mayAnswer = (
  platform: NodeJS.Platform,
  { DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR }: Readonly<Record<string, string | undefined>>
): boolean =>
  platform === "darwin" || Boolean(DBUS_SESSION_BUS_ADDRESS) ||
  Boolean(XDG_RUNTIME_DIR) && isThere(join(XDG_RUNTIME_DIR!, "bus"))
