/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 14

/** Of their texts (a test compares). */
export const hash = "ff374bcc2dee47048030d32bc79ff35417ca2bfcb921b1e3856d8fff0d89de0e"
