/*
 * Writes the manual pages, from the tree of commands: todo(1), and a page for each command or noun, which has its commands as
 * sections. With --list it names them in package.json, too.
 */
import type { Argument, CommandUnknownOpts, Option } from "@commander-js/extra-typings"
import { mkdir, readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { version } from "../src/client/Version.ts"
import { globalOptions } from "../src/commandLine/GlobalOptions.ts"
import { topics } from "../src/commandLine/HelpText.ts"
import { makeProgram } from "../src/program.ts"

/** What is no ASCII, as groff is told of it whatever the encoding. */
const inAscii = (plain: string): string =>
  plain.replace(
    /\P{ASCII}/gu,
    (letter) => `\\[u${letter.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}]`
  )

/** Text that groff prints as it is. */
const text = (plain: string): string => inAscii(escaped(plain))

const escaped = (plain: string): string =>
  plain.replaceAll("\\", "\\e").replaceAll("-", "\\-").replaceAll("~", "\\(ti").replaceAll("^", "\\(ha")
    .replaceAll("`", "\\(ga").replaceAll("\"", "\\(dq").split("\n").map((line) => line.replace(/^[.']/, "\\&$&")).join(
      "\n"
    )

const pageOf = (command: CommandUnknownOpts): string =>
  command.parent === null ? command.name() : `${pageOf(command.parent)}-${command.name()}`

const wordsOf = (command: CommandUnknownOpts): string =>
  command.parent === null ? command.name() : `${wordsOf(command.parent)} ${command.name()}`

/** What it does, and command lines of it. */
const described = (command: CommandUnknownOpts) => {
  const [what = "", , , ...examples] = command.description().split("\n")
  return { what, examples: examples.map((line) => line.trim()) }
}

const globalFlags = new Set(globalOptions.map(({ flags }) => flags))

const item = (term: string, about: string): ReadonlyArray<string> => [".TP", `.B ${text(term)}`, text(about) || "\\&"]

const argumentTerm = (argument: Argument): string => {
  const name = `${argument.name()}${argument.variadic ? "..." : ""}`
  return argument.required ? `<${name}>` : `[${name}]`
}

const aboutOption = ({ argChoices, description }: Option): string =>
  argChoices === undefined ? description : `${description} (${argChoices.join(", ")})`

const synopsis = (command: CommandUnknownOpts): ReadonlyArray<string> => [
  `.B ${text(wordsOf(command))}`,
  text(
    ["[options]", ...command.registeredArguments.map(argumentTerm), ...command.commands.length > 0 ? ["[command]"] : []]
      .join(" ")
  )
]

const own = ({ flags }: Option): boolean => !globalFlags.has(flags)

const visibleOptions = (command: CommandUnknownOpts) => command.createHelp().visibleOptions(command)

/** The arguments, options and examples of a command, each with a heading where it has any. */
const parts = (command: CommandUnknownOpts, heading: ".SH" | ".SS") => {
  const section = (name: string, lines: ReadonlyArray<string>) =>
    lines.length === 0 ? [] : [`${heading} ${name}`, ...lines]
  const { examples } = described(command)
  return [
    ...section("ARGUMENTS", command.registeredArguments.flatMap((one) => item(argumentTerm(one), one.description))),
    ...section("OPTIONS", visibleOptions(command).filter(own).flatMap((one) => item(one.flags, aboutOption(one)))),
    ...section("EXAMPLES", examples.length === 0 ? [] : [".EX", ...examples.map(text), ".EE"])
  ]
}

const head = (name: string, what: string): ReadonlyArray<string> => [
  `.TH ${text(name).toUpperCase()} 1 "" "todo ${text(version)}" "todo"`,
  ".SH NAME",
  `${text(name)} \\- ${text(what.charAt(0).toLowerCase() + what.slice(1))}`
]

const isHelp = (command: CommandUnknownOpts): boolean => command.name() === "help"

const below = (command: CommandUnknownOpts): ReadonlyArray<CommandUnknownOpts> =>
  command.createHelp().visibleCommands(command).filter((one) => !isHelp(one))

/** The page of a command that stands after `todo`. */
const commandPage = (command: CommandUnknownOpts): string => {
  const { what } = described(command)
  const aliases = command.aliases()
  return [
    ...head(pageOf(command), what),
    ".SH SYNOPSIS",
    ...synopsis(command),
    ".SH DESCRIPTION",
    text(`${what}.`),
    ...aliases.length === 0 ? [] : [".PP", text(`It is also called ${aliases.join(", ")}.`)],
    ...parts(command, ".SH"),
    ...below(command).flatMap((one) => [
      `.SH ${text(wordsOf(one)).toUpperCase()}`,
      ...synopsis(one),
      ".PP",
      text(`${described(one).what}.`),
      ...parts(one, ".SS")
    ]),
    ".SH SEE ALSO",
    ".BR todo (1),",
    "for the options that all commands take, exit codes and the environment",
    ""
  ].join("\n")
}

const topicTitles: Readonly<Record<string, string>> = {
  filters: "FILTERS",
  environment: "ENVIRONMENT",
  "exit-codes": "EXIT STATUS"
}

/** todo(1): all commands, and what they have in common. */
const programPage = (program: CommandUnknownOpts): string => {
  const { what } = described(program)
  const commands = below(program)
  return [
    ...head("todo", what.replace(/\.$/, "")),
    ".SH SYNOPSIS",
    ".B todo",
    text("[options] [command]"),
    ".SH DESCRIPTION",
    text(what),
    text("Alone, it shows your day."),
    ".SH COMMANDS",
    ...commands.flatMap((one) => [".TP", `.BR ${text(pageOf(one))} (1)`, text(described(one).what)]),
    ".SH OPTIONS",
    ...visibleOptions(program).flatMap((one) => item(one.flags, aboutOption(one))),
    ...Object.entries(topics).flatMap(([name, topic]) => [
      `.SH ${topicTitles[name] ?? text(name).toUpperCase()}`,
      ".EX",
      text(topic.trimEnd()),
      ".EE"
    ]),
    ".SH EXAMPLES",
    ".EX",
    ...described(program).examples.map(text),
    ".EE",
    ""
  ].join("\n")
}

/** Each page by the name of its file. */
export const manualPages = (): ReadonlyMap<string, string> => {
  const program = makeProgram(() => Promise.resolve())
  return new Map([
    ["todo.1", programPage(program)],
    ...below(program).map((command) => [`${pageOf(command)}.1`, commandPage(command)] as const)
  ])
}

/** The pages as package.json has them. */
export const manualList = (): ReadonlyArray<string> =>
  [...manualPages().keys()].map((name) => `./man/${name}`).toSorted()

const writeManual = async (folder: string): Promise<void> => {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  for (const [name, page] of manualPages()) await writeFile(join(folder, name), page)
}

/** Names the pages in package.json, as npm wants it to have them found by `man`. */
const writeList = async (file: string): Promise<void> => {
  const before: object = JSON.parse(await readFile(file, "utf8"))
  await writeFile(file, `${JSON.stringify({ ...before, man: manualList() }, null, 2)}\n`)
}

if (import.meta.main) {
  const root = join(import.meta.dirname, "..")
  await writeManual(join(root, "man"))
  if (process.argv.includes("--list")) await writeList(join(root, "package.json"))
}
