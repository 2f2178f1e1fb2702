import type {Text} from './text.ts';

/** Words of the screens that show logs and chapters. */
export const libraryMessages = {
	about: {en: 'The nodes\' journals, and the logs of all runs, newest first.', es: 'Los diarios de los nodos y los registros de todas las ejecuciones, lo más nuevo primero.'},
	journal: (node: string): Text => ({en: `journal of ${node} (journalctl on the node)`, es: `diario de ${node} (journalctl en el nodo)`}),
	reading: (node: string): Text => ({en: `Reading the journal of ${node} …`, es: `Leyendo el diario de ${node} …`}),
	/** The pager's prompt: no character that is special to less. */
	leaving: {en: 'q leaves', es: 'q sale'},
	size: (kib: number): Text => ({en: `${kib} KiB`, es: `${kib} KiB`}),
	count: (found: number, all: number): Text => ({en: `${found} of ${all}`, es: `${found} de ${all}`}),
	none: {en: 'No log holds this text in its name.', es: 'Ningún registro contiene este texto en su nombre.'},
	chapter: {en: 'chapter', es: 'capítulo'},
} satisfies Record<string, unknown>;
