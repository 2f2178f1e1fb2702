import type {Text} from './text.ts';

/** Words of the help that are the same for all commands. */
export const helpMessages = {
	usage: {en: 'Usage:', es: 'Uso:'},
	arguments: {en: 'Arguments:', es: 'Argumentos:'},
	options: {en: 'Options', es: 'Opciones'},
	optionsTitle: {en: 'Options:', es: 'Opciones:'},
	commands: {en: 'Commands:', es: 'Órdenes:'},
	command: {en: 'command', es: 'orden'},
	choices: (values: readonly string[]): Text => ({en: `one of: ${values.join(', ')}`, es: new Intl.ListFormat('es', {type: 'disjunction'}).format(values)}),
	/** Names of values in `<>`; others are the same in both languages. */
	placeholders: {
		file: {en: 'file', es: 'fichero'}, dir: {en: 'dir', es: 'carpeta'}, language: {en: 'language', es: 'idioma'}, step: {en: 'step', es: 'paso'},
		seconds: {en: 'seconds', es: 'segundos'}, path: {en: 'path', es: 'ruta'}, tool: {en: 'tool', es: 'herramienta'}, list: {en: 'list', es: 'lista'},
		port: {en: 'port', es: 'puerto'}, node: {en: 'node', es: 'nodo'}, command: {en: 'command', es: 'orden'}, action: {en: 'action', es: 'acción'},
	},
	version: {en: 'print the version', es: 'mostrar la versión'},
	help: {en: 'print this help', es: 'mostrar esta ayuda'},
	helpCommand: {en: 'print the help of a command', es: 'mostrar la ayuda de una orden'},
	steps: {en: 'Steps:', es: 'Pasos:'},
	tests: {en: 'Tests:', es: 'Pruebas:'},
	exitCodes: {en: 'Exit codes:', es: 'Códigos de salida:'},
	codes: {
		0: {en: 'done', es: 'hecho'},
		1: {en: 'a task failed', es: 'ha fallado una tarea'},
		2: {en: 'wrong usage or answers; nothing was touched', es: 'uso o respuestas incorrectos; no se ha tocado nada'},
		3: {en: 'the host does not fit; nothing was touched', es: 'el anfitrión no sirve; no se ha tocado nada'},
		4: {en: 'verification failed', es: 'ha fallado la verificación'},
		5: {en: 'another run holds the cluster', es: 'otra ejecución está usando el clúster'},
		130: {en: 'interrupted; it says how to go on', es: 'interrumpido; dice cómo continuar'},
	},
	/** Of a command that asks before it acts. */
	declined: {en: 'a task failed, or the question was declined (nothing was touched)', es: 'ha fallado una tarea, o se ha respondido que no (no se ha tocado nada)'},
	plan: {
		0: {en: 'the plan is complete', es: 'el plan está completo'},
		1: {en: 'a check failed; with --detailed-exitcode also what is 2 without it', es: 'ha fallado una comprobación; con --detailed-exitcode, también lo que sin ella es 2'},
		2: {en: 'wrong usage, or answers that `up` refuses; with --detailed-exitcode: something would change', es: 'uso incorrecto, o respuestas que `up` rechaza; con --detailed-exitcode: algo cambiaría'},
		3: {en: 'the host does not fit', es: 'el anfitrión no sirve'},
		5: {en: 'another run holds the cluster: the plan cannot be made now', es: 'otra ejecución está usando el clúster: el plan no se puede hacer ahora'},
		130: {en: 'interrupted', es: 'interrumpido'},
	},
	ofCommand: {en: 'any other code is the command\'s own', es: 'cualquier otro código es el de la propia orden'},
} satisfies Record<string, Text | ((values: readonly string[]) => Text) | Readonly<Record<string, Text>>>;
