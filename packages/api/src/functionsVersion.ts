/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 10

/** Of their texts (a test compares). */
export const hash = "100e87a96ef22076a78e05ed42b517e3fa99f855dbc7cf11ea3a6a912c1c493e"
