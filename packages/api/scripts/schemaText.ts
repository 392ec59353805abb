import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/**
 * The whole present schema of the service as SQL, for a reader: tables with their constraints, indexes and policies, then
 * functions and triggers, as PostgreSQL itself writes them.
 */
export const schemaText = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const tables = yield* sql<{ name: string; definition: string; secured: boolean; forced: boolean }>`
    SELECT c.oid::regclass::text AS name, c.relrowsecurity AS secured, c.relforcerowsecurity AS forced,
      string_agg('  ' || line, E',\n' ORDER BY kind, position) AS definition
    FROM pg_class c, LATERAL (
      SELECT 1 AS kind, a.attnum::text AS name, a.attnum::integer AS position, concat_ws(' ',
        quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
        CASE WHEN a.attnotnull THEN 'NOT NULL' END, 'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid)) AS line
      FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      UNION ALL
      SELECT 2, k.conname, row_number() OVER (ORDER BY k.contype = 'p' DESC, k.conname)::integer,
        'CONSTRAINT ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid)
      FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype <> 'n'
    ) lines
    WHERE c.relkind = 'r' AND (c.relnamespace IN ('auth'::regnamespace, 'todo'::regnamespace) OR c.relname LIKE 'todo\\_%')
    GROUP BY c.oid ORDER BY c.oid::regclass::text COLLATE "C"`
  const indexes = yield* sql<{ table: string; definition: string }>`
    SELECT i.indrelid::regclass::text AS "table", pg_get_indexdef(i.indexrelid) AS definition
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u'))
    ORDER BY c.relname COLLATE "C"`
  const policies = yield* sql<{ table: string; definition: string }>`
    SELECT p.polrelid::regclass::text AS "table", concat_ws(E'\n  ',
      'CREATE POLICY ' || quote_ident(p.polname) || ' ON ' || p.polrelid::regclass || CASE p.polcmd
        WHEN 'd' THEN ' FOR DELETE' WHEN 'r' THEN ' FOR SELECT' WHEN 'a' THEN ' FOR INSERT' WHEN 'w' THEN ' FOR UPDATE'
        ELSE '' END,
      'USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
      'WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')') AS definition
    FROM pg_policy p ORDER BY p.polname COLLATE "C"`
  const functions = yield* sql<{ definition: string }>`
    SELECT pg_get_functiondef(p.oid) AS definition FROM pg_proc p
    WHERE p.pronamespace IN ('auth'::regnamespace, 'todo'::regnamespace)
    ORDER BY p.pronamespace::regnamespace::text, p.proname COLLATE "C"`
  const triggers = yield* sql<{ definition: string }>`
    SELECT pg_get_triggerdef(t.oid) AS definition FROM pg_trigger t
    WHERE NOT t.tgisinternal ORDER BY t.tgname COLLATE "C"`

  const of = (name: string, all: ReadonlyArray<{ readonly table: string; readonly definition: string }>) =>
    all.filter(({ table }) => table === name).map(({ definition }) => `${definition};`)
  const statements = [
    ...tables.flatMap(({ definition, forced, name, secured }) => [
      [
        `CREATE TABLE ${name} (\n${definition}\n);`,
        ...of(name, indexes),
        ...(secured ? [`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY;`] : []),
        ...(forced ? [`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY;`] : []),
        ...of(name, policies)
      ].join("\n")
    ]),
    ...functions.map(({ definition }) => `${definition.trim()};`),
    ...triggers.map(({ definition }) => `${definition};`)
  ]
  return `-- The schema that the migrations and the functions of this release make: written by
-- packages/api/scripts/functions.ts, for reading.\n\n${statements.join("\n\n")}\n`
})
