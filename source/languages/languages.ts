/**
 * Languages of the program: English, in which its sentences are written, and one for each file of `assets/languages`.
 * `npm run languages` writes this list.
 */
export const languages = ['en', 'es'] as const;

/** Code of a language, as in ISO 639-1. */
export type Language = typeof languages[number];
