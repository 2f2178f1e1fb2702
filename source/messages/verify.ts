import {verdictWords} from './measure.ts';
import type {Text} from './text.ts';

/** Words of `verify`: what drills do beside their own texts, and what they showed. */
export const verifyMessages = {
	before: {en: 'The cluster is as the test needs it', es: 'El clúster está como lo necesita la prueba'},
	undo: {en: 'The cluster is brought back to how it was found', es: 'Se devuelve el clúster a como se encontró'},
	prepare: {en: 'What the test needs while it lasts', es: 'Lo que la prueba necesita mientras dura'},
	notANumber: (value: string): Text => ({
		en: `--repeat ${value}: a whole number from 1 to 1000 is wanted. Nothing was touched.`,
		es: `--repeat ${value}: se espera un número entero de 1 a 1000. No se ha tocado nada.`,
	}),
	/** Behind a reason that was there before the test. */
	runUp: {en: 'The test broke nothing: the cluster was found so. `cluster-wizard up` brings it back, and keeps a copy of a file that was changed by hand.', es: 'La prueba no ha roto nada: el clúster ya estaba así. `cluster-wizard up` lo devuelve a su sitio y guarda una copia del fichero que se haya cambiado a mano.'},
	interrupted: {en: 'interrupted', es: 'interrumpida'},
	clients: {en: 'What clients see', es: 'Lo que ven los clientes'},
	untilServed: {en: 'requests answered one after the other', es: 'peticiones respondidas una tras otra'},
	untilHeld: {en: 'both connections held through the event to be open again', es: 'que vuelvan a abrirse las dos conexiones que se mantienen durante el suceso'},
	notServed: {en: 'Clients were not served again afterwards', es: 'Después no se volvió a atender a los clientes'},
	void: (lateness: number): Text => ({
		en: `The probe itself was late by ${lateness.toFixed(0)} ms (95th percentile): its figures say nothing. Run it again while the host has less to do.`,
		es: `La propia sonda se retrasó ${lateness.toFixed(0)} ms (percentil 95): sus cifras no dicen nada. Repítala cuando el anfitrión tenga menos que hacer.`,
	}),
	lost: (lost: number, sent: number): Text => ({
		en: `${lost} of ${sent} requests were lost, where none may be`,
		es: `Se perdieron ${lost} de ${sent} peticiones, cuando no debía perderse ninguna`,
	}),
	longer: (measured: number, predicted: number): Text => ({
		en: `It took ${measured.toFixed(1)} s; by the settings it takes ${predicted.toFixed(1)} s at most`,
		es: `Duró ${measured.toFixed(1)} s; según la configuración dura ${predicted.toFixed(1)} s como mucho`,
	}),
	uneven: (counts: string): Text => ({
		en: `The requests were not spread round robin: ${counts}`,
		es: `Las peticiones no se repartieron por turno (round robin): ${counts}`,
	}),
	/** Introduces the list of tests, each with its cost to clients in brackets. */
	willHarm: (count: number): Text => count === 1
		? {en: 'This test breaks a part of the cluster on purpose, and repairs it. In brackets: the most its clients notice by the cluster\'s settings.', es: 'Esta prueba rompe a propósito una parte del clúster y la repara. Entre paréntesis: lo máximo que notan sus clientes según la configuración.'}
		: {en: 'These tests break parts of the cluster on purpose, and repair them. In brackets: the most its clients notice by the cluster\'s settings.', es: 'Estas pruebas rompen a propósito partes del clúster y las reparan. Entre paréntesis: lo máximo que notan sus clientes según la configuración.'},
	atMost: (what: string, seconds: string): Text => ({en: `${what} for up to ${seconds} s`, es: `${what} de hasta ${seconds} s`}),
	unnoticed: {en: 'nothing', es: 'nada'},
	openDrills: (drills: readonly string[]): Text => ({
		en: `An earlier run was cut off in the middle of: ${drills.join(', ')}. The cluster is brought back from it first.`,
		es: `Una ejecución anterior se cortó en medio de: ${drills.join(', ')}. Primero se recupera de ello el clúster.`,
	}),
	notRestored: (command: string): Text => ({
		en: `The cluster could not be brought back to how it was found. Try again with: ${command}`,
		es: `No se pudo devolver el clúster a como se encontró. Inténtelo de nuevo con: ${command}`,
	}),
	verdict: verdictWords,
	columns: {
		test: {en: 'Test', es: 'Prueba'},
		event: {en: 'Event', es: 'Suceso'},
		predicted: {en: 'Predicted at most', es: 'Previsto como mucho'},
		measured: {en: 'Measured', es: 'Medido'},
		lost: {en: 'Requests lost', es: 'Peticiones perdidas'},
		verdict: {en: 'Verdict', es: 'Veredicto'},
		median: {en: 'Median', es: 'Mediana'},
		p95: {en: '95th percentile', es: 'Percentil 95'},
		worst: {en: 'Worst', es: 'Peor'},
		runs: {en: 'Runs', es: 'Repeticiones'},
	},
	of: {
		outage: {en: 'outage', es: 'corte'},
		affected: {en: 'some requests lost', es: 'pérdida parcial'},
		none: {en: 'no loss', es: 'sin pérdida'},
	},
	emulated: {
		en: 'The machines are emulated, without hardware virtualization: predictions and limits are scaled accordingly.',
		es: 'Las máquinas están emuladas, sin virtualización por hardware: las previsiones y los límites se escalan en consecuencia.',
	},
	held: {
		'keep-alive': {en: 'kept-alive connection', es: 'conexión mantenida'},
		'download': {en: 'slow download', es: 'descarga lenta'},
	},
	survived: (gap: number): Text => ({en: `survived, longest silence ${(gap / 1000).toFixed(1)} s`, es: `sobrevivió; silencio más largo, ${(gap / 1000).toFixed(1)} s`}),
	broke: (reason: string, isAllowed: boolean): Text => isAllowed
		? {en: `broke, which the test allows: ${reason}`, es: `se cortó, lo que la prueba admite: ${reason}`}
		: {en: `broke: ${reason}`, es: `se cortó: ${reason}`},
	kept: (path: string): Text => ({en: `Kept in ${path}; \`cluster-wizard report\` makes a document of it.`, es: `Guardado en ${path}; \`cluster-wizard report\` hace de ello un documento.`}),
};
