import type { TimeZoneName } from "@todo/domain/dates/TimeZoneName"
import { shiftNear } from "../../src/dates/ZoneShifts.ts"

/** Zones whose clocks do all that clocks do: an hour, half an hour, at midnight, in the south, a day, never, by the moon. */
export const zones = [
  "Europe/Berlin",
  "America/New_York",
  "America/Los_Angeles",
  "America/Sao_Paulo",
  "America/St_Johns",
  "Africa/Cairo",
  "Africa/Casablanca",
  "Asia/Kathmandu",
  "Asia/Tehran",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Etc/UTC"
] as const

const found = new Map<string, ReadonlyArray<number>>()

/** The instants at which the clock of a zone was changed, or will be, to 2040. */
export const changes = (zone: string): ReadonlyArray<number> => {
  const known = found.get(zone)
  if (known !== undefined) return known
  const all = new Set<number>()
  for (let day = 0; day < 25_568; day++) {
    const { at } = shiftNear(zone as TimeZoneName, day)
    if (at > 0) all.add(at)
  }
  found.set(zone, [...all])
  return [...all]
}
