import { GermanSpeech } from "./GermanSpeech.ts"
import type { Language, Meanings } from "./Language.ts"

const weekdays = [
  "montag mo",
  "dienstag di",
  "mittwoch mi",
  "donnerstag do",
  "freitag fr",
  "samstag sonnabend sa",
  "sonntag so"
]

const parts = {
  540: "morgen früh frueh vormittag",
  720: "mittag",
  900: "nachmittag",
  1140: "abend",
  1260: "nacht",
  1440: "mitternacht"
}

/** `Freitagabend`: a day of the week and a part of it are one word. */
const compounds: ReadonlyArray<readonly [string, Meanings]> = Object.entries(parts).flatMap(([minutes, names]) =>
  names.split(" ").flatMap((part) =>
    weekdays.map((days, weekday) => [`${days.split(" ")[0]}${part}`, { weekday, also: Number(minutes) }] as const)
  )
)

/** The forms of an adjective. */
const forms = (...stems: ReadonlyArray<string>): string =>
  stems.flatMap((stem) => ["e", "en", "er", "es", "em"].map((end) => stem + end)).join(" ")

/** German. */
export const German: Language = {
  code: "de",
  days: { [-2]: "vorgestern", [-1]: "gestern", 0: "heute", 1: "morgen", 2: "übermorgen uebermorgen" },
  weekdays,
  months: [
    "januar jan jänner",
    "februar feb feber",
    "märz maerz mär mrz",
    "april apr",
    "mai",
    "juni jun",
    "juli jul",
    "august aug",
    "september sep sept",
    "oktober okt",
    "november nov",
    "dezember dez"
  ],
  also: compounds,
  units: {
    minute: "minute minuten min",
    hour: "stunde stunden std",
    day: "tag tage tagen tages",
    week: "woche wochen",
    month: "monat monate monaten monats",
    quarter: "quartal quartale quartalen quartals",
    year: "jahr jahre jahren jahres"
  },
  daysOf: {
    workday: "werktag werktage werktagen arbeitstag arbeitstage arbeitstagen",
    weekend: "wochenende wochenenden"
  },
  again: { end: "s", workday: "werktags", weekend: "wochenends" },
  pluralIsAdverb: true,
  amounts: {
    1: "ein eine einem einen einer eines",
    2: "zwei",
    3: "drei",
    4: "vier",
    5: "fünf fuenf",
    6: "sechs",
    7: "sieben",
    8: "acht",
    9: "neun",
    10: "zehn",
    11: "elf",
    12: "zwölf zwoelf"
  },
  ordinals: {
    [-1]: forms("letzt"),
    1: forms("erst"),
    2: forms("zweit"),
    3: forms("dritt"),
    4: forms("viert"),
    5: forms("fünft", "fuenft")
  },
  ordinalEnds: ["."],
  ordinalIsDay: false,
  parts,
  often: {
    hour: "stündlich",
    day: "täglich",
    week: "wöchentlich",
    month: "monatlich",
    quarter: "vierteljährlich quartalsweise",
    year: "jährlich"
  },
  halves: {},
  roles: {
    after: "nach ab",
    and: "und &",
    at: "um gegen",
    before: "vor",
    by: "bis",
    coming: forms("kommend"),
    completion: "erledigung abschluss fertigstellung",
    date: "datum termin",
    due: "fällig faellig",
    during: "am in",
    each: "alle jede jeden jedes jedem",
    eachDone: "alle! jede! jeden! jedes! jedem!",
    end: "ende",
    except: "außer ausser ausgenommen",
    for: "für fuer",
    from: "ab seit beginnend",
    half: forms("halb"),
    in: "in",
    next: forms("nächst", "naechst"),
    no: "kein ohne",
    now: "jetzt heute",
    of: "im des vom in",
    oclock: "uhr",
    on: "am zum",
    other: forms("zweit"),
    past: "vor",
    start: "anfang",
    the: "der die das den dem zum",
    this: forms("dies"),
    times: "mal",
    to: "bis - –",
    until: "bis"
  },
  fields: { due: "fällig: faellig: due:", start: "start: beginn: ab:" },
  weak: "mo di mi do fr sa so mai mär früh frueh vormittag mittag mitternacht nachmittag abend nacht",
  bound:
    "ab als alle am an auf bis ein eine einen einer ist war kein keine dem den der des die diese diesen dieser dieses durch für fuer gegen guten gute im in jede jeden jeder " +
    "jedes kommende kommenden letzte letzten letzter letztes mit nach nächste nächsten nächster nächstes oder ohne seit statt über ueber um " +
    "und vergangene vergangenen vom von vor vorige vorigen während zu zum zur zwischen schwarzer & + - – — /",
  joining: "bis der ist oder statt um und war & + – — /",
  counted:
    "absatz art artikel band blatt buch bus flug folge gleis halle haus heft iban isbn kapitel klasse linie nr nummer " +
    "paragraph platz punkt raum reihe saal seite staffel stufe tabelle teil tor version vers zeile ziffer zimmer §",
  verses:
    "amos daniel esra hiob jakobus joel johannes jona josua lukas markus matthäus petrus psalm richter rut samuel",
  names: "24/7 9/11 7/11 50/50 20/20",
  capitals: true,
  say: GermanSpeech
}
