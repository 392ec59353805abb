import { extname } from "node:path"

/** The module `name` beside the one at `url`, for a thread of its own: a `.ts` in the source, a `.js` in the bundle. */
export const sibling = (name: string, url: string): URL => new URL(`./${name}${extname(url)}`, url)
