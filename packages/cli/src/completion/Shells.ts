/** The shells that completion is there for. */
export const shells = ["bash", "zsh", "fish", "powershell"] as const
export type Shell = typeof shells[number]

export const isShell = (word: string | undefined): word is Shell => shells.some((shell) => shell === word)
