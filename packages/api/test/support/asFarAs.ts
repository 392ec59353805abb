/** What of `newer` the older release has said too: a member that came since it does not know. */
export const asFarAs = (older: unknown, newer: unknown): unknown => {
  if (Array.isArray(older) && Array.isArray(newer) && older.length === newer.length) {
    return newer.map((item, index) => asFarAs(older[index], item))
  }
  if (!isRecord(older) || !isRecord(newer)) return newer
  return Object.fromEntries(
    Object.entries(newer).flatMap(([name, value]) => name in older ? [[name, asFarAs(older[name], value)]] : [])
  )
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
