/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 12

/** Of their texts (a test compares). */
export const hash = "03854b583efb44085ac56fdab894456d91d002ae9d10bafab6e30f554f24c898"
