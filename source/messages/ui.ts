import type {Text} from './text.ts';

/** Words of the wizard that several screens share. */
export const uiMessages = {
	title: {en: 'A highly available web cluster', es: 'Un clúster web de alta disponibilidad'},
	loading: {en: 'Looking at this machine …', es: 'Mirando esta máquina …'},
	tooSmall: (columns: number, rows: number): Text => ({
		en: `This terminal has ${columns}×${rows}; the wizard needs 60×20. Make it larger, or use \`cluster-wizard up\`.`,
		es: `Este terminal es de ${columns}×${rows}; el asistente necesita 60×20. Amplíelo, o use \`cluster-wizard up\`.`,
	}),
	/** @param missing the stream that is no terminal */
	needsTerminal: (missing: 'input' | 'output'): Text => missing === 'input'
		? {en: 'The wizard reads keys from a terminal, and standard input is none.', es: 'El asistente lee las teclas de un terminal y la entrada estándar no lo es.'}
		: {en: 'The wizard draws on a terminal, and standard output is none.', es: 'El asistente dibuja en un terminal y la salida estándar no lo es.'},
	/** @param term the value of TERM */
	dumbTerminal: (term: string): Text => term === ''
		? {en: 'TERM is not set, so nobody knows how to draw the wizard on this terminal.', es: 'TERM no está definida, así que no se sabe cómo dibujar el asistente en este terminal.'}
		: {en: `This terminal says that it cannot move the cursor (TERM=${term}), and the wizard draws screens.`, es: `Este terminal dice que no puede mover el cursor (TERM=${term}) y el asistente dibuja pantallas.`},
	withoutScreens: {
		en: 'The same without screens: `cluster-wizard plan` shows the steps, `cluster-wizard up` builds the cluster, `cluster-wizard status` shows its state; `cluster-wizard help` lists all commands.',
		es: 'Lo mismo sin pantallas: `cluster-wizard plan` muestra los pasos, `cluster-wizard up` construye el clúster, `cluster-wizard status` muestra su estado; `cluster-wizard help` lista todas las órdenes.',
	},
	interrupted: (command: string): Text => ({en: `Stopped in order. Go on with: ${command}`, es: `Detenido en orden. Para continuar: ${command}`}),
	screens: {
		welcome: {en: 'Welcome', es: 'Bienvenida'},
		answers: {en: 'Answers', es: 'Respuestas'},
		preflight: {en: 'The host', es: 'El anfitrión'},
		plan: {en: 'Plan', es: 'Plan'},
		run: {en: 'Run', es: 'Ejecución'},
		failure: {en: 'Failure', es: 'Fallo'},
		verification: {en: 'Verification', es: 'Verificación'},
		dashboard: {en: 'Dashboard', es: 'Panel'},
		removal: {en: 'Removal', es: 'Eliminación'},
		logs: {en: 'Logs', es: 'Registros'},
		explanation: {en: 'Explanation', es: 'Explicación'},
		help: {en: 'Help', es: 'Ayuda'},
	},
	/** In the title while it is on. */
	guidedOn: {en: 'guided mode', es: 'modo guiado'},
	/** Keys as they are named on the user's keyboard; all others are named alike. */
	keyNames: {
		'Enter': {en: 'Enter', es: 'Intro'},
		'PgUp': {en: 'PgUp', es: 'RePág'},
		'PgDn': {en: 'PgDn', es: 'AvPág'},
	},
	keys: {
		arrows: {en: 'choose', es: 'elegir'},
		enter: {en: 'go on', es: 'seguir'},
		open: {en: 'open', es: 'abrir'},
		back: {en: 'back', es: 'volver'},
		help: {en: 'help', es: 'ayuda'},
		quit: {en: 'quit', es: 'salir'},
		scroll: {en: 'scroll', es: 'desplazar'},
		accept: {en: 'accept', es: 'aceptar'},
		machine: {en: 'machine', es: 'máquina'},
		search: {en: 'search', es: 'buscar'},
		filter: {en: 'filter', es: 'filtrar'},
		keep: {en: 'keep', es: 'mantener'},
		remove: {en: 'remove', es: 'eliminar'},
		clear: {en: 'clear', es: 'quitar'},
		next: {en: 'next', es: 'siguiente'},
		view: {en: 'view', es: 'vista'},
		guided: {en: 'guided', es: 'guiado'},
		fullLog: {en: 'full log', es: 'registro'},
		save: {en: 'save', es: 'guardar'},
		change: {en: 'change', es: 'cambiar'},
		byDefault: {en: 'default', es: 'por defecto'},
		answers: {en: 'answers', es: 'respuestas'},
		fix: {en: 'do it now', es: 'hacerlo ya'},
		again: {en: 'again', es: 'otra vez'},
		stop: {en: 'stop', es: 'detener'},
		run: {en: 'run it', es: 'ejecutar'},
		skip: {en: 'skip', es: 'omitir'},
		leaveGuided: {en: 'run the rest', es: 'ejecutar el resto'},
		close: {en: 'close', es: 'cerrar'},
	},
	worksOn: {en: 'The work goes on. `fg` comes back to the wizard.', es: 'El trabajo sigue en marcha. `fg` vuelve al asistente.'},
	stopping: {
		asked: {en: 'Something is running. Ctrl-C again stops it in order; any other key goes on.', es: 'Hay algo en marcha. Ctrl-C otra vez lo detiene en orden; otra tecla continúa.'},
		stopping: {en: 'Stopping: what runs is being ended in order …', es: 'Deteniendo: se termina en orden lo que está en marcha …'},
	},
	shell: {
		failed: {en: 'SSH could not connect (exit code 255). Its own words are on the screen of before: leave the wizard to read them.', es: 'SSH no ha podido conectar (código de salida 255). Lo que ha dicho está en la pantalla de antes: salga del asistente para leerlo.'},
		entering: (node: string): Text => ({en: `A shell on ${node}. \`exit\` comes back to the wizard.`, es: `Un intérprete en ${node}. \`exit\` vuelve al asistente.`}),
	},
	roles: {
		storage: {en: 'storage', es: 'almacenamiento'},
		director: {en: 'director', es: 'director'},
		web: {en: 'web server', es: 'servidor web'},
	},
	status: {
		'waiting': {en: 'waiting', es: 'en espera'},
		'running': {en: 'running', es: 'en marcha'},
		'ok': {en: 'ok', es: 'correcto'},
		'changed': {en: 'done', es: 'hecho'},
		'failed': {en: 'failed', es: 'fallo'},
		'skipped': {en: 'skipped', es: 'omitido'},
		'would-change': {en: 'to do', es: 'por hacer'},
		'unknown': {en: 'later', es: 'después'},
		'blocked': {en: 'blocked', es: 'bloqueado'},
		'interrupted': {en: 'stopped', es: 'detenido'},
	},
	minutes: (minutes: number): Text => ({en: `about ${minutes} min left`, es: `quedan unos ${minutes} min`}),
	soon: {en: 'less than a minute left', es: 'queda menos de un minuto'},
	support: (file: string): Text => ({en: `The bundle is in ${file}`, es: `El paquete está en ${file}`}),
};
