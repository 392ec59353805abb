/** The signs of `todo`, and what stands for each, as wide, where a terminal shows ASCII alone. */
const inAscii: Readonly<Record<string, string>> = {
  "✓": "x",
  "○": "o",
  "◌": "w",
  "↻": "*",
  "…": "~",
  "·": "-",
  "→": ">",
  "⏎": "/",
  "█": "#",
  "░": ".",
  "▁": "_",
  "▂": ".",
  "▃": ":",
  "▄": "-",
  "▅": "=",
  "▆": "+",
  "▇": "*"
}

const signs = new RegExp(`[${Object.keys(inAscii).join("")}]`, "gu")

/** A text with the signs of `todo` in ASCII; what people have written stays as it is. */
export const asciiSigns = (text: string): string => text.replace(signs, (sign) => inAscii[sign]!)
