import { civil, dayNumber, weekdayOf } from "@todo/domain/dates/CivilDate"
import type { Due } from "@todo/domain/dates/Due"
import { DateTime } from "effect"
import { type Place, thisMachine, todayOf, wallOf } from "./Place.ts"

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

const dateWords = (day: number, thisYear?: number): string => {
  const { day: ofMonth, month, year } = civil(day)
  return `${ofMonth} ${months[month - 1]}${year === thisYear ? "" : ` ${year}`}`
}

const dayWords = (day: number, today: number): string => {
  const near = ["yesterday", "today", "tomorrow"][day - today + 1]
  if (near !== undefined) return near
  return day > today && day < today + 7 ? weekdays[weekdayOf(day)]! : dateWords(day, civil(today).year)
}

/** A day as a heading: `Tomorrow, Sat 28 Nov`. */
export const dayHeading = (day: number, today: number): string => {
  const near = ["Yesterday", "Today", "Tomorrow"][day - today + 1]
  const date = `${weekdays[weekdayOf(day)]} ${dateWords(day, civil(today).year)}`
  return near === undefined ? date : `${near}, ${date}`
}

/** A date with its time, a fixed one as the clock of a place has it. */
export const wallOfDue = (due: Due, at: DateTime.Utc | null, place: Place) =>
  "time" in due && due.timeZone !== null && at !== null
    ? wallOf(DateTime.toEpochMillis(at), place)
    : { date: due.date, time: "time" in due ? due.time : undefined }

/**
 * When something is due, or starts, for people: `today`, `Fri 09:30`, `3 Dec`. Where days end late, what is due tonight is due
 * today.
 */
export const dueWords = (due: Due, at: DateTime.Utc | null, now: number, place: Place = thisMachine): string => {
  const { date, time } = wallOfDue(due, at, place)
  const day = dayNumber(date)
  const today = todayOf(now, place)
  const isTonight = time !== undefined && time < place.dayEndsAt && day === today + 1
  const words = dayWords(isTonight ? today : day, today)
  return time === undefined ? words : `${words} ${time}`
}

/** A date as it was said: `Mon 5 Oct 2026`, `Sat 24 Oct 2026, 18:30 America/New_York`. */
export const saidDue = (due: Due): string => {
  const day = dayNumber(due.date)
  const date = `${weekdays[weekdayOf(day)]} ${dateWords(day)}`
  return "time" in due ? `${date}, ${[due.time, due.timeZone ?? []].flat().join(" ")}` : date
}

const distance = (days: number): string | undefined =>
  Math.abs(days) < 2 ? undefined : days > 0 ? `in ${days}d` : `${-days}d ago`

/** The same, and how far that is, or when it is in a place where the clock shows another time. */
export const fullDue = (due: Due, at: DateTime.Utc | null, now: number, place: Place): string => {
  const { date, time } = wallOfDue(due, at, place)
  const isHere = date === due.date && (!("time" in due) || time === due.time)
  const today = todayOf(now, place)
  const far = dayWords(dayNumber(date), today)
  return `${saidDue(due)} (${
    isHere ? distance(dayNumber(date) - today) ?? far : `${dueWords(due, at, now, place)} here`
  })`
}

/** The same for programs, as it is stored: `2026-10-25`, `2026-10-25T09:30`, `2026-10-25T09:30[Europe/Berlin]`. */
export const dueText = (due: Due | null): string =>
  due === null
    ? ""
    : !("time" in due)
    ? due.date
    : `${due.date}T${due.time}${due.timeZone === null ? "" : `[${due.timeZone}]`}`
