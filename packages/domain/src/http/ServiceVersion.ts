/** The header of every answer that names the release of the service, such as `0.1.0`: a client learns which side is older. */
export const versionHeader = "todo-version"
