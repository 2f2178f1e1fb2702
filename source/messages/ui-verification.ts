import type {Text} from './text.ts';

/** Words of the verification's screen, beside those of `verify` and `bench` themselves. */
export const verificationMessages = {
	intro: {en: 'What the cluster promises, proved and measured on the machines.', es: 'Lo que promete el clúster, demostrado y medido en las máquinas.'},
	open: (drills: readonly string[]): Text => ({
		en: `Cut off: ${drills.join(', ')}. Whatever test runs next brings the cluster back first.`,
		es: `Cortadas: ${drills.join(', ')}. La próxima prueba recupera primero el clúster.`,
	}),
	good: (count: number): Text => ({en: count === 1 ? 'It holds.' : `All ${count} tests passed.`, es: count === 1 ? 'Se cumple.' : `Las ${count} pruebas se han superado.`}),
	bad: (count: number, drills: readonly string[]): Text => count === 1
		? {en: 'It does not hold.', es: 'No se cumple.'}
		: {en: `${drills.length} of ${count} did not pass: ${drills.join(', ')}`, es: `${drills.length} de ${count} sin superar: ${drills.join(', ')}`},
	interrupted: (drill: string): Text => ({en: `Stopped in ${drill}; the cluster is as it was found.`, es: `Detenida en ${drill}; el clúster está como se encontró.`}),
	measured: {en: 'Measured.', es: 'Medido.'},
	ended: (code: number): Text => ({en: `Ended early (exit code ${code}).`, es: `Acabó antes de tiempo (código ${code}).`}),
	benchmarks: {en: 'benchmarks', es: 'cargas'},
	kept: {en: 'measured', es: 'medido'},
	all: {en: 'all', es: 'todas'},
	result: {en: 'result', es: 'resultado'},
	about: {en: 'about', es: 'qué es'},
	more: {en: 'more', es: 'más'},
	chapter: (chapter: string): Text => ({en: `thesis ${chapter}`, es: `TFG ${chapter}`}),
	never: {en: 'Not run yet.', es: 'Sin ejecutar todavía.'},
	took: (time: string): Text => ({en: `took ${time}`, es: `duró ${time}`}),
	lost: (lost: number, sent: number): Text => ({en: `${lost} of ${sent} lost`, es: `${lost} de ${sent} perdidas`}),
	notRestored: {en: 'The cluster could not be brought back to how it was found.', es: 'No se pudo devolver el clúster a como se encontró.'},
	place: (index: number, count: number): Text => ({en: `${index} of ${count}`, es: `${index} de ${count}`}),
	before: {en: 'beforehand', es: 'antes'},
	undo: {en: 'bringing the cluster back', es: 'devolución del clúster'},
	mending: (drill: string): Text => ({en: `An earlier run was cut off in ${drill}: the cluster is brought back`, es: `Una ejecución se cortó en ${drill}: se recupera el clúster`}),
	waiting: (seconds: string, limit: string, reason: string): Text => ({en: `waiting ${seconds} of at most ${limit}: ${reason}`, es: `esperando ${seconds} de ${limit} como mucho: ${reason}`}),
	requests: (sent: number, lost: number): Text => ({en: `Requests: ${sent} sent, ${lost} lost`, es: `Peticiones: ${sent} enviadas, ${lost} perdidas`}),
	silence: {en: 'No requests yet', es: 'Aún no hay peticiones'},
	sending: (tool: string, repetition: number, of: number): Text => ({en: `${tool}, ${repetition} of ${of}`, es: `${tool}, ${repetition} de ${of}`}),
	silent: (time: string): Text => ({en: `(silent for ${time})`, es: `(${time} sin datos)`}),
} satisfies Record<string, unknown>;
