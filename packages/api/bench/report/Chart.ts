/** Lines over a number of connections or of seconds. */
export interface Chart {
  /** Of its file, without `.svg`. */
  readonly name: string
  readonly title: string
  readonly unit: string
  readonly xTitle: "connections" | "seconds"
  readonly series: ReadonlyArray<{ readonly name: string; readonly points: ReadonlyArray<readonly [number, number]> }>
}

const size = { width: 720, height: 360 }
const plot = { left: 70, right: 630, top: 50, bottom: 300 }
// Told apart by dashes too, and legible on white and on black.
const strokes = [["#2a78d6", ""], ["#d9730d", " stroke-dasharray=\"7 4\""]] as const

/** A round number, at least `value`: 1, 2 or 5 times a power of ten. */
const roundUp = (value: number): number => {
  const power = 10 ** Math.floor(Math.log10(value))
  return [1, 2, 5, 10].map((factor) => factor * power).find((round) => round >= value)!
}

/** Draws the chart as an SVG. Connections are on a logarithmic axis. */
export const drawChart = ({ series, title, unit, xTitle }: Chart): string => {
  const all = series.flatMap(({ points }) => points)
  const step = roundUp(Math.max(...all.map(([, y]) => y), 1) / 5)
  const lines = Math.ceil(Math.max(...all.map(([, y]) => y), 1) / step)
  const scale = xTitle === "connections" ? Math.log : (x: number) => x
  const [from, to] = [Math.min(...all.map(([x]) => x)), Math.max(...all.map(([x]) => x))]
  const xOf = (x: number) => plot.left + (plot.right - plot.left) * (scale(x) - scale(from)) / (scale(to) - scale(from))
  const yOf = (y: number) => plot.bottom - (plot.bottom - plot.top) * y / (lines * step)
  const text = (x: number, y: number, anchor: string, content: string, more = "") =>
    `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}"${more}>${content}</text>`

  const grid = Array.from({ length: lines + 1 }, (_, i) => [
    `<line x1="${plot.left}" x2="${plot.right}" y1="${yOf(i * step)}" y2="${yOf(i * step)}" class="grid"/>`,
    text(plot.left - 8, yOf(i * step) + 4, "end", (i * step).toLocaleString("en-US"))
  ])
  const xs = xTitle === "connections" ? series[0]!.points.map(([x]) => x) : [0, 1, 2, 3, 4, 5].map((i) => to * i / 5)
  const ticks = xs.map((x) => text(xOf(x), plot.bottom + 20, "middle", Math.round(x).toLocaleString("en-US")))
  const curves = series.map(({ name, points }, i) => {
    const [color, dashes] = strokes[i % strokes.length]!
    const [lastX, lastY] = points.at(-1)!
    const path = points.map(([x, y]) => `${xOf(x).toFixed(1)},${yOf(y).toFixed(1)}`).join(" ")
    return [
      `<polyline points="${path}" fill="none" stroke="${color}" stroke-width="2"${dashes}/>`,
      text(xOf(lastX) + 8, yOf(lastY) + 4, "start", name, ` style="fill: ${color}; font-weight: bold"`)
    ]
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" role="img">`,
    `<title>${title}</title>`,
    "<style>",
    "text { font: 13px system-ui, sans-serif; fill: #59636e }",
    ".grid { stroke: #8b949e; stroke-opacity: 0.35 }",
    "@media (prefers-color-scheme: dark) { text { fill: #b1bac4 } }",
    "</style>",
    text(plot.left, 26, "start", `${title}, ${unit}`, " style=\"font-weight: bold; font-size: 15px\""),
    ...grid.flat(),
    ...ticks,
    text((plot.left + plot.right) / 2, plot.bottom + 45, "middle", xTitle),
    ...curves.flat(),
    "</svg>",
    ""
  ].join("\n")
}
