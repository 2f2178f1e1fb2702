import type {Text} from './text.ts';

/** Sentences about an answers file as a file: not about what it says. */
export const answersFileMessages = {
	notRegular: (file: string): Text => ({en: `The answers file ${file} is not a regular file. Nothing was touched.`, es: `El fichero de respuestas ${file} no es un fichero normal. No se ha tocado nada.`}),
	tooLarge: (file: string): Text => ({
		en: `The answers file ${file} is larger than 1 MiB; answers take a few KiB. Nothing was touched.`,
		es: `El fichero de respuestas ${file} ocupa más de 1 MiB; unas respuestas ocupan unos pocos KiB. No se ha tocado nada.`,
	}),
	notUtf8: (file: string, line: number): Text => ({
		en: `The answers file ${file} is not UTF-8 text (line ${line}). Save it as UTF-8. Nothing was touched.`,
		es: `El fichero de respuestas ${file} no es texto UTF-8 (línea ${line}). Guárdelo como UTF-8. No se ha tocado nada.`,
	}),
	byteOrderMark: (file: string): Text => ({
		en: `The answers file ${file} begins with a byte order mark. Save it as UTF-8 without one. Nothing was touched.`,
		es: `El fichero de respuestas ${file} empieza con una marca de orden de bytes (BOM). Guárdelo como UTF-8 sin ella. No se ha tocado nada.`,
	}),
	controlCharacter: (file: string, line: number, column: number, code: string): Text => ({
		en: `The answers file ${file} holds the control character ${code} in line ${line}, column ${column}, which YAML does not allow. Nothing was touched.`,
		es: `El fichero de respuestas ${file} contiene el carácter de control ${code} en la línea ${line}, columna ${column}, que YAML no admite. No se ha tocado nada.`,
	}),
	/** Below the first problems of a list. */
	moreProblems: (count: number): Text => ({en: `… and ${count} more`, es: `… y ${count} más`}),
};
