import { mkdir, readFile, writeFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import type { Options } from "../Options.ts"
import type { Finding } from "../scenarios/Scenario.ts"
import { drawChart } from "./Chart.ts"
import { describeMachine } from "./Machine.ts"
import { asMarkdown, asText } from "./Table.ts"

const docs = fileURLToPath(new URL("../../../../docs/", import.meta.url))

/** What the scenarios of a run found. */
export class Report {
  readonly #options: Options
  readonly #findings: Readonly<Record<string, Finding>>
  readonly #machine = describeMachine()

  constructor(options: Options, findings: Readonly<Record<string, Finding>>) {
    this.#options = options
    this.#findings = findings
  }

  /** The tables, for the terminal. */
  text(): string {
    const tables = Object.values(this.#findings).flatMap((finding) => finding.tables.map(asText))
    return ["", this.#machine, ...tables, ""].join("\n\n")
  }

  /**
   * Brings `docs/performance.md` up to date, between the comments that name a
   * scenario, and beside it a JSON file for each scenario and its charts. What
   * this run has not measured stays.
   */
  async write(): Promise<void> {
    await mkdir(`${docs}performance`, { recursive: true })
    const page = `${docs}performance.md`
    let text = await readFile(page, "utf8")
    for (const [name, { charts = [], data, tables }] of Object.entries(this.#findings)) {
      const [begin, end] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`]
      if (!text.includes(begin) || !text.includes(end)) throw new Error(`${page} has no place for ${name}`)
      const images = charts.map((chart) => `![${chart.title}](performance/${chart.name}.svg)`)
      const body = [...tables.map(asMarkdown), ...images, this.#machine].join("\n\n")
      text = `${text.slice(0, text.indexOf(begin))}${begin}\n\n${body}\n\n${text.slice(text.indexOf(end))}`
      const json = { machine: this.#machine, options: this.#options, data }
      await writeFile(`${docs}performance/${name}.json`, `${JSON.stringify(json, roundThousandths, 2)}\n`)
      for (const chart of charts) await writeFile(`${docs}performance/${chart.name}.svg`, drawChart(chart))
    }
    await writeFile(page, text)
  }
}

const roundThousandths = (_key: string, value: unknown) =>
  typeof value === "number" ? Math.round(value * 1000) / 1000 : value
