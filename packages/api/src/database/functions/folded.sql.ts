import { alike } from "@todo/domain/filter/Search"
import type { Table } from "../Table.ts"

/** Pairs of letters by place, as `translate` takes them. */
interface Letters {
  readonly from: string
  readonly to: string
}

const together = (pairs: ReadonlyArray<readonly [string, string]>): Letters => ({
  from: pairs.map(([from]) => from).join(""),
  to: pairs.map(([, to]) => to).join("")
})

/** The scripts with capitals that people write in, as far as Armenian. A database with the locale C knows those of ASCII. */
const lastScript = 0x058F

/** Capitals that Unicode takes for letters of their own, and not for others with marks. */
const capitals = together(
  Array.from({ length: lastScript - 0x7F }, (_, index) => String.fromCharCode(0x80 + index))
    .map((letter) => [letter, letter.toLowerCase()] as const)
    .filter(([letter, small]) => small !== letter && small.length === 1 && letter.normalize("NFKD") === letter)
)

const single = together(Object.entries(alike).filter(([, other]) => other.length === 1))
const double = Object.entries(alike).filter(([, others]) => others.length > 1)

const ascii = (text: string) => `octet_length(${text}) = char_length(${text})`

/** What `folded` of the domain makes of a text, whatever the locale of the database. */
const folded = `CREATE OR REPLACE FUNCTION todo.folded(full_text text) RETURNS text
  LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = '' AS $$
  DECLARE
    folded text := full_text;
  BEGIN
    IF ${ascii("full_text")} THEN
      RETURN lower(full_text COLLATE "C");
    END IF;
    folded := lower(normalize(folded, NFKD));
    IF lower('Я') = 'Я' THEN
      folded := translate(folded, '${capitals.from}', '${capitals.to}');
    END IF;
    folded := normalize(regexp_replace(folded, '[\\u0300-\\u036F]+', '', 'g'), NFC);
    folded := translate(folded, '${single.from}', '${single.to}');
${
  double.map(([letter, letters]) => `    folded := replace(folded, '${letter}', '${letters}');\n`).join("")
}    RETURN folded;
  END $$`

/** A text as it is kept for search: most are ASCII, for which no function is called. */
export const foldOf = (text: string) =>
  `CASE WHEN ${ascii(text)} THEN lower(${text} COLLATE "C") ELSE todo.folded(${text}) END`

/**
 * Keeps the folded texts of a table as they change, in columns of their names with `_folded`; what is made has them from the
 * beginning. To fold all of a user's texts for each search would take a second and more.
 */
export const foldedFunctions = ({ folded = [], name }: Table): ReadonlyArray<string> => [
  `CREATE OR REPLACE FUNCTION todo.fold_${name}() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
${folded.map((column) => `      NEW.${column}_folded := ${foldOf(`NEW.${column}`)};\n`).join("")}      RETURN NEW;
    END $$`,
  `CREATE OR REPLACE TRIGGER fold_changed BEFORE UPDATE OF ${folded.join(", ")} ON todo.${name} FOR EACH ROW
    WHEN (${folded.map((column) => `OLD.${column} IS DISTINCT FROM NEW.${column}`).join(" OR ")})
    EXECUTE FUNCTION todo.fold_${name}()`,
  // Of a build before this one. To look whether it fires would cost each new row as much as to fold it.
  `DROP TRIGGER IF EXISTS fold_new ON todo.${name}`
]

export default [folded]
