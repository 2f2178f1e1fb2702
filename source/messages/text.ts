/** The languages the program speaks. */
export type Language = 'en' | 'es';

/** A sentence in every language. A missing translation is a type error. */
export type Text = Readonly<Record<Language, string>>;
