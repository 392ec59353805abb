/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 4

/** Of their texts (a test compares). */
export const hash = "f4f77c1fda7c73806bc289bc6029bb929657215ecf769db29b273a139bf0680f"
