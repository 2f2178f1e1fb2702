import type {Text} from './text.ts';

/** Sentences about a journal that cannot be read as a whole. */
export const journalMessages = {
	notJson: {en: 'not JSON', es: 'no es JSON'},
	notEntry: {en: 'not an entry that this version knows', es: 'no es una entrada que esta versión conozca'},
	field: (name: string): Text => ({en: `${name} is missing or not allowed`, es: `${name} falta o no es válido`}),
	tooLong: (limit: number): Text => ({en: `longer than ${limit} characters`, es: `más larga que ${limit} caracteres`}),
	tooLarge: (limit: number): Text => ({en: `larger than ${limit} MiB; the rest was not read`, es: `mayor que ${limit} MiB; el resto no se ha leído`}),
	unreadable: (reason: Text): Text => ({en: `cannot be read: ${reason.en}`, es: `no se puede leer: ${reason.es}`}),
	notOurs: {en: 'it is not a regular file that only its owner can write', es: 'no es un fichero normal que solo pueda escribir su propietario'},
	at: (file: string, line: number | undefined, reason: Text): Text => line === undefined
		? {en: `${file}: ${reason.en}`, es: `${file}: ${reason.es}`}
		: {en: `${file}, line ${line}: ${reason.en}`, es: `${file}, línea ${line}: ${reason.es}`},
	broken: (where: Text): Text => ({
		en: `${where.en}. Nothing was touched. Put a copy of the file back, or delete that line; \`down\` and \`support\` work without it.`,
		es: `${where.es}. No se ha tocado nada. Recupere una copia del fichero o borre esa línea; \`down\` y \`support\` funcionan sin ella.`,
	}),
	unknown: (kind: string, name: string): Text => ({
		en: `${kind} ${name} cannot be identified as something that this cluster made`,
		es: `no se puede identificar ${kind} ${name} como algo creado por este clúster`,
	}),
	leftAlone: {en: 'This cannot be read and is left alone:', es: 'Esto no se puede leer y no se toca:'},
	notComplete: (file: string): Text => ({
		en: `Not everything in ${file} could be read, so the cluster's state is kept. Look for what is left, remove it by hand, delete the lines above from the file and run the same command again.`,
		es: `No se ha podido leer todo ${file}, así que se conserva el estado del clúster. Busque lo que quede, elimínelo a mano, borre del fichero las líneas indicadas y repita la misma orden.`,
	}),
} as const;
