/**
 * How routers read paths: as they are. Effect's default takes any case, doubled
 * slashes and a slash at the end for the same path, and nobody else who looks
 * at a path does.
 */
export const routerConfig = {
  caseSensitive: true,
  ignoreDuplicateSlashes: false,
  ignoreTrailingSlash: false,
  // No longer than Node reads: whether an id can be one is the contract's to say, and to say why not.
  maxParamLength: 16_384
}

/** `pchar` (RFC 3986, 3.3) without `%`, and without `;`, where Effect's router sees a query begin. */
const plain = "[\\w.~!$&'()*+,=:@-]"
/** The escape of a character that needs none: a letter, a digit, `-`, `.`, `_` or `~`. */
const needless = "%(?:2[DE]|3\\d|[46][1-9A-F]|[57][0-9A]|5F|7E)"
const segment = `/(?!\\.{1,2}(?:[/?]|$))(?:${plain}|(?!${needless})%[\\dA-F]{2})+`

const canonical = new RegExp(`^(?:/|(?:${segment})+)(?:\\?[^#]*)?$`)

/**
 * Whether the path of a request's target is in its one spelling. In another
 * (`//`, `/./`, `%61`, `%c3`) the router, Better Auth and a proxy's rules would
 * each see another path.
 */
export const isCanonicalPath = (target: string): boolean => canonical.test(target)
