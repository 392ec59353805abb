import packageJson from "../../package.json" with { type: "json" }

/** The version of this client, as its package.json says. */
export const version: string = packageJson.version
