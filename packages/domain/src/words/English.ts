import { EnglishSpeech } from "./EnglishSpeech.ts"
import type { Language } from "./Language.ts"

/** English. */
export const English: Language = {
  code: "en",
  days: { [-1]: "yesterday", 0: "today tod eod", 1: "tomorrow tmr tmrw" },
  weekdays: [
    "monday mon",
    "tuesday tue tues",
    "wednesday wed weds",
    "thursday thu thur thurs",
    "friday fri",
    "saturday sat",
    "sunday sun"
  ],
  months: [
    "january jan",
    "february feb",
    "march mar",
    "april apr",
    "may",
    "june jun",
    "july jul",
    "august aug",
    "september sep sept",
    "october oct",
    "november nov",
    "december dec"
  ],
  also: [["tonight", { day: 0, also: 1140 }]],
  units: {
    minute: "minute minutes min mins",
    hour: "hour hours hr hrs",
    day: "day days",
    week: "week weeks",
    month: "month months",
    quarter: "quarter quarters",
    year: "year years"
  },
  daysOf: { workday: "weekday weekdays workday workdays", weekend: "weekend weekends" },
  again: { end: "s", workday: "weekdays workdays", weekend: "weekends" },
  pluralIsAdverb: false,
  amounts: {
    1: "a an one",
    2: "two",
    3: "three",
    4: "four",
    5: "five",
    6: "six",
    7: "seven",
    8: "eight",
    9: "nine",
    10: "ten",
    11: "eleven",
    12: "twelve"
  },
  ordinals: { [-1]: "last", 1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth" },
  ordinalEnds: ["st", "nd", "rd", "th"],
  ordinalIsDay: true,
  parts: { 540: "morning", 720: "noon midday", 900: "afternoon", 1140: "evening", 1260: "night", 1440: "midnight" },
  often: {
    hour: "hourly",
    day: "daily",
    week: "weekly",
    month: "monthly",
    quarter: "quarterly",
    year: "yearly annually"
  },
  halves: { am: "am a.m.", pm: "pm p.m." },
  roles: {
    about: "about around",
    after: "after from",
    ago: "ago",
    and: "and &",
    at: "at @",
    before: "before",
    by: "by",
    coming: "coming",
    completion: "completion",
    date: "date",
    due: "due",
    during: "in",
    each: "every each",
    eachDone: "every! each!",
    end: "end",
    except: "except excluding",
    for: "for",
    half: "half",
    from: "starting from beginning",
    in: "in",
    next: "next",
    no: "no",
    now: "now",
    of: "of in",
    oclock: "o'clock oclock",
    on: "on",
    other: "other second",
    start: "beginning",
    the: "the",
    this: "this",
    times: "times time",
    to: "to through - –",
    until: "until till til through",
    weeksOn: "on"
  },
  fields: { due: "due:", start: "start:" },
  weak: "sat sun may mar march second morning noon evening afternoon midday midnight night",
  bound:
    "a about after an and around before between black casual cyber each easter every except for freaky from giving good is it's last like " +
    "maundy next not of or palm past per previous ruby shrove since super than the this through til till to until was whit with " +
    "ash manic blue & + - – — /",
  joining: "and from is of or than through till to until was & + – — /",
  counted:
    "act android article aspect at book chapter ch come episode exhibit figure fig flight floor gate grade html ios " +
    "isbn issue java kernel lesson level line macos mix nr no node number page part paragraph php phase place platform " +
    "postgres python ranked ratio release room route rev rfc ruby rule scale scene score season seat section size step table " +
    "track ubuntu unit v ver version vol volume win windows worth genesis exodus leviticus deuteronomy psalm psalms " +
    "proverbs ecclesiastes isaiah jeremiah ezekiel hosea romans corinthians galatians ephesians philippians colossians " +
    "thessalonians hebrews revelation sura surah quran",
  verses:
    "acts amos daniel esther ezra james job joel john jonah joshua jude judges kings luke mark matthew micah nahum " +
    "nehemiah numbers obadiah peter philemon ruth samuel timothy titus zechariah",
  names: "24/7 9/11 7/11 50/50 20/20",
  capitals: false,
  say: EnglishSpeech
}
