/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 15

/** Of their texts (a test compares). */
export const hash = "308acff006d33997319546985af8c503fb7947ff275f683d1a87436ca418d38e"
