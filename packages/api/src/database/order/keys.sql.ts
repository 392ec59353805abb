/** The digits of keys, in the order of `COLLATE "C"`. */
const digits = "'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'"

/**
 * Keys of order (docs/adr/0034): eight hexadecimal digits, and a fraction in base 62, which may be empty and does not end
 * in 0. A thing that nobody has moved has the digits of 2^31 and its number, without a fraction: it is behind all that
 * there is, for a key that is made for the end of a list is below that of the next number.
 */
export const keyOfNumber = (number: string) => `to_hex(2147483648 + ${number})`

/** How many digits of a fraction a step counts in. */
const stepDigits = 5

/** The digits before all numbers: what is put before the first thing has these, and then those before them. */
const beforeNumbers = 0x7fff_ffff

const numberOf = (key: string) => `('x' || left(${key}, 8))::bit(32)::bigint`

/** The number of what has a key's digits, if nobody has moved it. */
export const numberOfKey = (key: string) => `(${numberOf(key)} - 2147483648)::integer`

/** The functions that make keys; they know of no table. */
export const keyFunctions: ReadonlyArray<string> = [
  // A fraction between two; "high" is null where there is no end. The middle of both where many are to come between, and
  // else, towards no end, one step in the last of `stepDigits`: who adds at the end has short keys for millions of times.
  `CREATE OR REPLACE FUNCTION todo.fraction_between(low text, high text, in_steps boolean) RETURNS text
    LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
    DECLARE
      digits constant text := ${digits};
      made text := '';
      place integer := 1;
      below integer;
      above integer;
    BEGIN
      IF in_steps AND high IS NULL AND low <> '' THEN
        made := left(rpad(low, ${stepDigits}, '0'), ${stepDigits});
        FOR place IN REVERSE ${stepDigits} .. 1 LOOP
          below := strpos(digits, substr(made, place, 1)) - 1;
          IF below < 61 THEN
            RETURN left(made, place - 1) || substr(digits, below + 2, 1);
          END IF;
        END LOOP;
        made := '';
      END IF;
      LOOP
        below := CASE WHEN place > length(low) THEN 0 ELSE strpos(digits, substr(low, place, 1)) - 1 END;
        above := CASE WHEN high IS NULL THEN 62 ELSE strpos(digits, substr(high, place, 1)) - 1 END;
        IF above - below > 1 THEN
          RETURN made || substr(digits, 1 + (below + above) / 2, 1);
        END IF;
        made := made || substr(digits, 1 + below, 1);
        IF above > below THEN
          high := NULL;
        END IF;
        place := place + 1;
      END LOOP;
    END $$`,
  `CREATE OR REPLACE FUNCTION todo.key_between(low text, high text, in_steps boolean) RETURNS text
    LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
    BEGIN
      RETURN left(low, 8) || todo.fraction_between(
        substr(low, 9), CASE WHEN left(low, 8) = left(high, 8) THEN substr(high, 9) END, in_steps
      );
    END $$`,
  // So many keys between two, spread evenly.
  `CREATE OR REPLACE FUNCTION todo.keys_spread(low text, high text, many integer) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
    DECLARE
      middle text;
    BEGIN
      IF many = 0 THEN
        RETURN '{}';
      END IF;
      middle := todo.key_between(low, high, false);
      RETURN todo.keys_spread(low, middle, many / 2) || middle || todo.keys_spread(middle, high, many - many / 2 - 1);
    END $$`,
  // So many keys between two neighbours; without the one before the list, without the other behind it, where the greatest
  // number that is given is "last". Null where there is no room: two things have the same key.
  `CREATE OR REPLACE FUNCTION todo.keys_between(low text, high text, many integer, last integer) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
    DECLARE
      first bigint;
    BEGIN
      IF high IS NULL THEN
        high := ${keyOfNumber("last::bigint + 1")};
        low := greatest(low COLLATE "C", ${keyOfNumber("last::bigint")});
      ELSIF low IS NULL THEN
        first := least(${numberOf("high")} - 1, ${beforeNumbers});
        IF many = 1 THEN
          RETURN ARRAY[to_hex(first)];
        END IF;
        low := to_hex(first);
      END IF;
      RETURN CASE
        WHEN low COLLATE "C" >= high THEN NULL
        WHEN many = 1 THEN ARRAY[todo.key_between(low, high, true)]
        ELSE todo.keys_spread(low, high, many)
      END;
    END $$`
]
