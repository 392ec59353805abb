import { assert, it } from "@effect/vitest"
import { preferredCoding } from "../../src/http/ContentCoding.ts"

it.each([
  [undefined, "identity"],
  ["", "identity"],
  ["gzip, deflate, br, zstd", "br"],
  ["gzip;q=1.0, br;q=0.5", "gzip"],
  ["br;q=0, gzip", "gzip"],
  ["*", "br"],
  ["br;q=0, *;q=0.3", "gzip"],
  ["identity", "identity"],
  ["identity, gzip;q=0.9", "identity"],
  ["gzip;q=0.1", "gzip"],
  ["*;q=0", "identity"],
  ["identity;q=0, deflate", "identity"],
  ["X-GZIP", "gzip"],
  ["GZip ; Q=0.2", "gzip"],
  ["gzip;q=2, br;q=yes", "identity"],
  ["zstd, compress", "identity"]
])("Accept-Encoding %s is answered in %s", (header, coding) => assert.strictEqual(preferredCoding(header), coding))
