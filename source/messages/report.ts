import {inFigures, nouns} from './quantity.ts';
import type {UnitStatus} from '../engine/event.ts';
import type {Text} from './text.ts';

/** Words of the reports on a run. */
export const reportMessages = {
	status: {
		'ok': {en: 'ok', es: 'correcto'},
		'changed': {en: 'changed', es: 'cambiado'},
		'failed': {en: 'failed', es: 'ha fallado'},
		'skipped': {en: 'skipped', es: 'omitido'},
		'would-change': {en: 'would change', es: 'cambiaría'},
		'unknown': {en: 'not known until what comes before it is done', es: 'no se sabe hasta hacer lo anterior'},
		'blocked': {en: 'not started: something it needs failed', es: 'no iniciado: ha fallado algo que necesita'},
		'interrupted': {en: 'interrupted', es: 'interrumpido'},
	} satisfies Record<UnitStatus, Text>,
	waiting: (reason: string, elapsed: number, limit: number): Text => ({
		en: `waiting for ${elapsed.toFixed(0)} s (${limit.toFixed(0)} s at most): ${reason}`,
		es: `esperando desde hace ${elapsed.toFixed(0)} s (${limit.toFixed(0)} s como máximo): ${reason}`,
	}),
	/** In a line about what happens now. */
	waitingFor: (reason: string): Text => ({en: `waiting: ${reason}`, es: `esperando: ${reason}`}),
	changes: (count: number): Text => count === 1 ? {en: '1 change', es: '1 cambio'} : {en: `${count} changes`, es: `${count} cambios`},
	/** Before names of nodes, and before those that something is prepared for. */
	on: {en: 'on', es: 'en'},
	for: {en: 'for', es: 'para'},
	more: (count: number): Text => ({en: `and ${count} more`, es: `y ${count} más`}),
	/** @param total what the whole run is expected to take */
	progress: (percent: number, elapsed: string, total: string): Text => ({en: `${percent} %  ${elapsed} of about ${total}`, es: `${percent} %  ${elapsed} de unos ${total}`}),
	moreLines: (count: number): Text => ({en: `… ${count} more ${count === 1 ? 'line' : 'lines'}, in the log`, es: `… ${count} ${count === 1 ? 'línea' : 'líneas'} más, en el registro`}),
	/** Behind a line whose end was left out. */
	cut: (bytes: number): Text => ({en: `[${bytes} bytes of this line left out]`, es: `[se han omitido ${bytes} bytes de esta línea]`}),
	/** Behind a diff of which lines were left out. */
	diffLeft: (count: number): Text => ({en: `… ${count} more line${count === 1 ? '' : 's'}`, es: `… ${count} línea${count === 1 ? '' : 's'} más`}),
	kept: (path: string, copy: string): Text => ({en: `${path} as it was is kept in ${copy}`, es: `${path} tal como estaba se guarda en ${copy}`}),
	logCut: (mebibytes: number): Text => ({
		en: `[the log ends here: it has reached ${mebibytes} MiB, the most that is kept of one part of a run]`,
		es: `[el registro termina aquí: ha llegado a ${mebibytes} MiB, lo máximo que se guarda de una parte de la ejecución]`,
	}),
	failure: {
		attempted: {en: 'What was attempted', es: 'Qué se intentaba'},
		command: {en: 'Command', es: 'Orden'},
		exit: {en: 'Exit code', es: 'Código de salida'},
		lines: {en: 'Last lines', es: 'Últimas líneas'},
		advice: {en: 'What to do', es: 'Qué hacer'},
	} satisfies Record<string, Text>,
	nothingChanged: {en: 'Nothing had to be changed.', es: 'No había nada que cambiar.'},
	/** @param changed units of the plan that changed something */
	ended: (changed: number, time: string): Text => changed === 0
		? {en: `Done in ${time}: nothing had to be changed.`, es: `Terminado en ${time}: no había nada que cambiar.`}
		: {en: `Done in ${time}: ${changed} ${changed === 1 ? 'step' : 'steps'} changed something.`, es: `Terminado en ${time}: ${changed} ${changed === 1 ? 'paso ha' : 'pasos han'} cambiado algo.`},
	wouldChange: (count: number): Text => ({en: `${inFigures(count, nouns.step).en} would change something. Nothing was changed.`, es: `${inFigures(count, nouns.step).es} ${count === 1 ? 'cambiaría' : 'cambiarían'} algo. No se ha cambiado nada.`}),
	timeTitle: {en: 'Where the time went', es: 'En qué se ha empleado el tiempo'},
	criticalPath: {en: 'Critical path', es: 'Camino crítico'},
	total: {en: 'total', es: 'total'},
	pageAnswers: (url: string, status: number, milliseconds: number, servers: string): Text => ({
		en: `The page answers: ${url} ${status}, ${milliseconds.toFixed(0)} ms (${servers})`,
		es: `La página responde: ${url} ${status}, ${milliseconds.toFixed(0)} ms (${servers})`,
	}),
	/** The cluster is built, and the fault is most often in the user's own pages. */
	pageFails: (url: string, trouble: Text, look: string): Text => ({
		en: `WARNING: the cluster is built, but ${trouble.en}: ${url}\nIf these are your own pages, look at /var/log/apache2/error.log on a web server; \`${look}\` shows the cluster.`,
		es: `ATENCIÓN: el clúster está construido, pero ${trouble.es}: ${url}\nSi son páginas propias, mire /var/log/apache2/error.log en un servidor web; \`${look}\` muestra el clúster.`,
	}),
	insideSandbox: (command: string): Text => ({
		en: `That address is inside the sandbox; \`${command}\` shows the page here.`,
		es: `Esa dirección está dentro del entorno aislado; \`${command}\` muestra la página aquí.`,
	}),
	goOn: (command: string): Text => ({en: `Go on with: ${command}`, es: `Para continuar: ${command}`}),
	log: (path: string): Text => ({en: `The full log is in ${path}`, es: `El registro completo está en ${path}`}),
};
