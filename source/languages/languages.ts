/**
 * Languages of the program: English, in which the source is written, and one for each file in `assets/languages`. `npm
 * run languages` updates this list.
 */
export const languages = ['en', 'ca', 'es'] as const;

/** Language code (ISO 639-1). */
export type Language = (typeof languages)[number];
