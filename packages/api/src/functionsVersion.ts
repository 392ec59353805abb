/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 8

/** Of their texts (a test compares). */
export const hash = "6bf2f43c2f121ebbb392adf97bae35888ba3797b7d2da27965b81f64e5097c4c"
