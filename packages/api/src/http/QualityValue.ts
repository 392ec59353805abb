/** The weight of an element by its parameters (RFC 9110, 12.4.2): 1 where it has none, and 0, a refusal, where it is no weight. */
export const weightOf = (parameters: ReadonlyArray<string>): number => {
  const quality = parameters.find((parameter) => /^\s*q\s*=/i.test(parameter))
  if (quality === undefined) return 1
  const value = quality.slice(quality.indexOf("=") + 1).trim()
  return /^(0(\.[0-9]{0,3})?|1(\.0{0,3})?)$/.test(value) ? Number(value) : 0
}
