/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 8

/** Of their texts (a test compares). */
export const hash = "5aa331e6b56d72c62e1ec5b304dfd2fa676e7d172a44c01e231b70dcacb16a05"
