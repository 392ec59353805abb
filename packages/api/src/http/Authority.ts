/** What a `Host`, or the authority of a request's target, names: this service, another one, or nothing that could be one. */
export type Authority = "own" | "foreign" | "malformed"

/** The names of this machine. No DNS can make a browser send them to another, so nobody rebinds one to the service. */
const loopback = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i

/** `uri-host [ ":" port ]` (RFC 9110, 7.2). */
const wellFormed = /^(?:\[[\dA-F:.]+\]|[\w.~!$&'()*+,;=%-]+)(?::\d*)?$/i

/**
 * Judges authorities. The service's own are that of `PUBLIC_URL`, and the
 * loopback names with any port: replicas behind one `PUBLIC_URL` listen on ports
 * of their own, and sidecars and health checks come over loopback.
 */
export const makeAuthority = (publicUrl: string): (authority: string) => Authority => {
  const { host, hostname, protocol } = new URL(publicUrl)
  const withPort = host === hostname ? `${host}:${protocol === "https:" ? 443 : 80}` : host
  const isPublic = (authority: string) => authority === host || authority === withPort
  return (authority) => {
    // The first is what nearly every request has, as it stands.
    if (isPublic(authority) || loopback.test(authority) || isPublic(authority.toLowerCase())) return "own"
    return wellFormed.test(authority) ? "foreign" : "malformed"
  }
}
