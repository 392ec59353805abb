/** The service of commands that name none, where nobody has signed in. */
export const defaultApiUrl = "http://localhost:4000"

/** An address without a trailing slash, by which what is kept of a service is found. */
export const plainAddress = ({ origin, pathname }: URL): string => origin + pathname.replace(/\/+$/, "")
