interface Settings {
  readonly publicUrl: string
  readonly port: number
}

const loopbackNames = ["localhost", "127.0.0.1", "[::1]"]

/**
 * The origins of the service's own pages: that of `PUBLIC_URL`, and, where this
 * is a loopback name, the other loopback names, also with the port that the
 * service listens on. Nothing of them comes from a request: a page that has
 * bound its own name to the service's address (DNS rebinding) is no own page.
 */
export const ownOrigins = ({ port, publicUrl }: Settings): ReadonlyArray<string> => {
  const { hostname } = new URL(publicUrl)
  if (!loopbackNames.includes(hostname)) return [publicUrl]
  return loopbackNames.flatMap((name) => [publicUrl.replace(hostname, name), new URL(`http://${name}:${port}`).origin])
}

/** The origins whose pages may use the service: those configured, and its own. */
export const trustedOrigins = (
  settings: Settings & { readonly corsOrigins: ReadonlyArray<string> }
): ReadonlyArray<string> => [...settings.corsOrigins, ...ownOrigins(settings)]
