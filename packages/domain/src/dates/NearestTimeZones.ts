/** Zones that people mean by an offset in minutes, those of the most people first. */
const byOffset: Readonly<Record<number, string>> = {
  [-600]: "Pacific/Honolulu",
  [-540]: "America/Anchorage",
  [-480]: "America/Los_Angeles America/Anchorage",
  [-420]: "America/Los_Angeles America/Denver America/Phoenix",
  [-360]: "America/Mexico_City America/Chicago America/Denver",
  [-300]: "America/New_York America/Bogota America/Chicago",
  [-240]: "America/New_York America/Caracas America/Halifax",
  [-180]: "America/Sao_Paulo America/Argentina/Buenos_Aires",
  [0]: "Etc/UTC Europe/London Africa/Abidjan",
  60: "Europe/Berlin Europe/Paris Africa/Lagos",
  120: "Europe/Berlin Africa/Cairo Europe/Kiev",
  180: "Europe/Istanbul Europe/Moscow Africa/Nairobi",
  210: "Asia/Tehran",
  240: "Asia/Dubai",
  270: "Asia/Kabul",
  300: "Asia/Karachi",
  330: "Asia/Calcutta",
  345: "Asia/Katmandu",
  360: "Asia/Dhaka",
  420: "Asia/Bangkok Asia/Jakarta Asia/Saigon",
  480: "Asia/Shanghai Asia/Singapore Australia/Perth",
  540: "Asia/Tokyo Asia/Seoul",
  570: "Australia/Darwin Australia/Adelaide",
  600: "Australia/Sydney Australia/Brisbane",
  660: "Australia/Sydney",
  720: "Pacific/Auckland",
  780: "Pacific/Auckland"
}

/** What abbreviations that are no names of zones mean to the most people. */
const byAbbreviation: Readonly<Record<string, string>> = {
  AEST: "Australia/Sydney Australia/Brisbane",
  AEDT: "Australia/Sydney",
  BST: "Europe/London",
  CDT: "America/Chicago",
  CEST: "Europe/Berlin Europe/Paris",
  CST: "America/Chicago Asia/Shanghai",
  EDT: "America/New_York",
  EEST: "Europe/Athens Europe/Helsinki",
  IST: "Asia/Calcutta Europe/Dublin Asia/Jerusalem",
  JST: "Asia/Tokyo",
  KST: "Asia/Seoul",
  MDT: "America/Denver",
  MSK: "Europe/Moscow",
  NZST: "Pacific/Auckland",
  PDT: "America/Los_Angeles",
  PST: "America/Los_Angeles",
  WIB: "Asia/Jakarta",
  Z: "Etc/UTC"
}

const offset = /^(?:GMT|UTC|UT|Z)?\s*([+-])(\d{1,2}):?(\d{2})?$/i

const atOffset = (text: string): string | undefined => {
  const [, sign, hours, minutes = "0"] = offset.exec(text) ?? []
  if (hours === undefined) return undefined
  return byOffset[(Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1) || 0]
}

/** Pairs of letters, without regard to case, spaces and accents: what texts have in common. */
const pairs = (text: string): ReadonlyArray<string> => {
  const letters = text.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]/g, "")
  return Array.from({ length: Math.max(0, letters.length - 1) }, (_, index) => letters.slice(index, index + 2))
}

/** How alike two texts are: 0 to 1 (Dice's coefficient). */
const likeness = (one: ReadonlyArray<string>, other: ReadonlyArray<string>): number => {
  const left = [...other]
  const shared = one.filter((pair) => {
    const at = left.indexOf(pair)
    return at >= 0 && left.splice(at, 1).length > 0
  })
  return 2 * shared.length / Math.max(1, one.length + other.length)
}

let zones:
  | ReadonlyArray<{ readonly name: string; readonly city: ReadonlyArray<string>; readonly all: ReadonlyArray<string> }>
  | undefined

/** One to three names of zones that may be meant by a text that is none, the likeliest first. */
export const nearestTimeZones = (text: string): ReadonlyArray<string> => {
  const meant = text.trim().slice(0, 64)
  const listed = atOffset(meant) ?? byAbbreviation[meant.toUpperCase()]
  if (listed !== undefined) return listed.split(" ")
  zones ??= Intl.supportedValuesOf("timeZone").map((name) => ({
    name,
    city: pairs(name.slice(name.lastIndexOf("/") + 1)),
    all: pairs(name)
  }))
  const wanted = pairs(meant)
  const near = zones
    .map(({ all, city, name }) => ({ name, likeness: Math.max(likeness(wanted, city), likeness(wanted, all)) }))
    .filter(({ likeness }) => likeness >= 0.5)
    .toSorted((one, other) => other.likeness - one.likeness)
  return near.length === 0 ? ["Etc/UTC"] : near.slice(0, 3).map(({ name }) => name)
}
