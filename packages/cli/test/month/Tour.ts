/** A part of the tour: what is typed, and what is to be on the screen then. */
export interface Part {
  readonly lines: ReadonlyArray<{ readonly line: string; readonly stdin: string }>
  readonly screen: string
}

const typed = /^(?:echo '(.*)' \| )?todo(?: (.*))?$/

/** What other programs print, of which the tour has a line. */
const installed = /^todo \S+ is installed: .*\n/m

/** The tour of a README: under its heading, blocks of commands with what they print below; but those with other programs. */
export const readTour = (readme: string): ReadonlyArray<Part> => {
  const [, section = ""] = /^## Five minutes in the terminal\n([^]*?)^## /m.exec(readme) ?? []
  return [...section.matchAll(/^```sh\n([^]*?)^```\n\n```\n([^]*?)^```$/gm)].flatMap(([, commands = "", screen = ""]) =>
    / \| node /.test(commands) ? [] : [{
      screen: screen.replace(installed, ""),
      lines: commands.trimEnd().split("\n").flatMap((command) => {
        const [isTodo, stdin, line = ""] = typed.exec(command) ?? []
        return isTodo === undefined ? [] : [{ line, stdin: stdin === undefined ? "" : `${stdin}\n` }]
      })
    }]
  )
}
