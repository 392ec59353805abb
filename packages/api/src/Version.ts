import packageJson from "../package.json" with { type: "json" }

/** The version of this service, as its package.json says. The client has the same (Version.test.ts). */
export const version: string = packageJson.version
