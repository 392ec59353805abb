import { extname } from "node:path"

/** The module of a worker thread, `name`, beside the one at `url`: a `.ts` in the source, a `.js` in the bundle. */
export const workerModule = (name: string, url: string): URL => new URL(`./${name}${extname(url)}`, url)
