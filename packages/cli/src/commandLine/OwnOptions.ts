import type { CommandUnknownOpts } from "@commander-js/extra-typings"
import { globalOptions } from "./GlobalOptions.ts"

/** Options of which some have another that clears what they set, as `--no-description` does: that is null. */
type OwnOptions<Options> = {
  readonly [Name in keyof Options]:
    | Exclude<Options[Name], boolean>
    | ([Extract<Options[Name], boolean>] extends [never] ? never : null)
}

const globalNames: ReadonlySet<string> = new Set(globalOptions.map((option) => option.attributeName()))

/**
 * The options of a command without those that all commands take, as a merge-patch has them: absent where nothing was
 * said, null where it is to be cleared. They go on as they are, so that one more is one line.
 */
export const ownOptions = <Options extends object>(options: Options): OwnOptions<Options> =>
  Object.fromEntries(
    Object.entries(options)
      .filter(([name]) => !globalNames.has(name))
      .map(([name, value]) => [name, value === false ? null : value])
  ) as OwnOptions<Options>

/** Refuses an option beside the one that clears it, unless that says what of it: both are one to commander, and the last of them would count. */
export const refuseSettingAndClearing = (command: CommandUnknownOpts): void => {
  for (const clearing of command.options.filter(({ negate, required }) => negate && !required)) {
    const setting = command.options.find((one) => !one.negate && one.attributeName() === clearing.attributeName())
    if (setting === undefined) continue
    const given = new Set<string>()
    for (const option of [setting, clearing]) command.on(`option:${option.name()}`, () => given.add(option.name()))
    command.hook("preAction", () => {
      if (given.size < 2) return
      command.error(`option '${setting.flags}' cannot be used with option '${clearing.flags}'`, {
        code: "commander.conflictingOption"
      })
    })
  }
}
