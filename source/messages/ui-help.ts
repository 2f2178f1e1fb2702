import type {Text} from './text.ts';

interface ScreenHelp {
	readonly about: Text;
	readonly keys: ReadonlyArray<readonly [key: string, what: Text]>;
}

const filter = ['/', {en: 'filter as you type; Enter keeps it, Esc clears it', es: 'filtrar mientras se escribe; Intro lo mantiene, Esc lo quita'}] as const;
const search = ['/ n N', {en: 'search as you type; next, previous match; Esc clears it', es: 'buscar mientras se escribe; siguiente, anterior; Esc lo quita'}] as const;
const choose = ['↑ ↓', {en: 'choose', es: 'elegir'}] as const;

/** What is said of each screen when `?` is pressed. */
export const helpMessages: {everywhere: Text; common: ScreenHelp['keys']; screens: Record<'welcome' | 'answers' | 'preflight' | 'plan' | 'run' | 'failure' | 'verification' | 'dashboard' | 'removal' | 'logs' | 'explanation', ScreenHelp>} = {
	everywhere: {en: 'Everywhere:', es: 'En todas partes:'},
	common: [
		['Esc', {en: 'back to the screen before', es: 'volver a la pantalla anterior'}],
		['Ctrl-C', {en: 'leave; while something runs it asks once, and a second one stops it in order', es: 'salir; si hay algo en marcha pregunta una vez, y la segunda lo detiene en orden'}],
		['Ctrl-Z', {en: 'to the shell; fg comes back, and work goes on meanwhile', es: 'al intérprete; fg vuelve, y el trabajo sigue mientras tanto'}],
		['Ctrl-L', {en: 'draw the screen again', es: 'volver a dibujar la pantalla'}],
	],
	screens: {
		welcome: {
			about: {en: 'What will be built and where. Nothing happens to this machine before you accept the plan, two screens further, or ask for it with f, one further. If an earlier run stopped, it is said here and can go on.', es: 'Qué se construirá y dónde. No le pasa nada a esta máquina hasta que acepte el plan, dos pantallas más adelante, o lo pida con f en la siguiente. Si una ejecución anterior se detuvo, se dice aquí y puede continuar.'},
			keys: [choose, ['Enter', {en: 'do what is chosen', es: 'hacer lo elegido'}]],
		},
		answers: {
			about: {en: 'Every choice, with the value that holds now. A star marks what you have chosen yourself; all else follows the defaults, which fit this machine.', es: 'Todas las elecciones, con el valor que vale ahora. Un asterisco marca lo que ha elegido usted; lo demás sigue los valores por defecto, que encajan con esta máquina.'},
			keys: [choose, ['Enter', {en: 'change the value; ← → go through a short list', es: 'cambiar el valor; ← → recorren una lista corta'}], ['x', {en: 'back to the default', es: 'volver al valor por defecto'}], filter, ['s', {en: 'save as an answers file, for `up --answers`', es: 'guardar como fichero de respuestas, para `up --answers`'}]],
		},
		preflight: {
			about: {en: 'Whether this computer can carry the cluster. For what does not fit, the reason and what to do are shown. What the building itself will mend on this machine (✎: packages that are missing, most often) is no obstacle: its commands are shown, and can be run at once.', es: 'Si este ordenador puede llevar el clúster. De lo que no encaja se muestra el motivo y qué hacer. Lo que la propia construcción arreglará en esta máquina (✎: casi siempre paquetes que faltan) no es un obstáculo: se muestran sus órdenes, y se pueden ejecutar ya.'},
			keys: [choose, ['Enter', {en: 'to the plan, when everything fits', es: 'al plan, cuando todo encaja'}], ['f', {en: 'do now what is still open (✎), as `up --only packages` does', es: 'hacer ya lo pendiente (✎), como hace `up --only packages`'}], ['PgUp PgDn', {en: 'scroll the commands', es: 'desplazar las órdenes'}], ['r', {en: 'check again', es: 'comprobar otra vez'}], ['a', {en: 'change the answers', es: 'cambiar las respuestas'}]],
		},
		plan: {
			about: {en: 'The chapters, what each makes on this machine, and what is there already. Accepting it is the point from which things are changed.', es: 'Los capítulos, lo que cada uno crea en esta máquina y lo que ya existe. Al aceptarlo empieza a cambiar cosas.'},
			keys: [['↑ ↓', {en: 'scroll', es: 'desplazar'}], search, ['Enter', {en: 'accept and begin', es: 'aceptar y empezar'}]],
		},
		run: {
			about: {en: 'Chapters on the left; on the right what runs now and, below, the output, the explanation of the chapter, or the machines.', es: 'A la izquierda los capítulos; a la derecha lo que está en marcha y, debajo, la salida, la explicación del capítulo o las máquinas.'},
			keys: [
				['Tab', {en: 'the next machine\'s output (Shift-Tab: the one before)', es: 'la salida de la máquina siguiente (Mayús-Tab: la anterior)'}],
				['v', {en: 'output, explanation, machines', es: 'salida, explicación, máquinas'}],
				['↑ ↓ PgUp PgDn', {en: 'scroll; End or f follows the newest again', es: 'desplazar; Fin o f vuelve a lo último'}],
				['/ n N', {en: 'search as you type, next older, next newer; Esc clears it', es: 'buscar mientras se escribe, anterior, posterior; Esc lo quita'}],
				['o', {en: 'the full log from the disk', es: 'el registro completo del disco'}],
				['g', {en: 'guided mode on or off, in steps that begin from now on: each command is shown and waits for Enter', es: 'modo guiado sí o no, en los pasos que empiecen a partir de ahora: cada orden se muestra y espera a Intro'}],
			],
		},
		failure: {
			about: {en: 'What was attempted and what came of it. What does not depend on it goes on meanwhile. Esc goes back to look around; the question waits.', es: 'Qué se intentaba y qué ha pasado. Lo que no depende de ello continúa mientras tanto. Esc vuelve para mirar; la pregunta espera.'},
			keys: [choose, ['Enter', {en: 'do what is chosen', es: 'hacer lo elegido'}], ['PgUp PgDn', {en: 'scroll the text; Home and End go to its beginning and end', es: 'desplazar el texto; Inicio y Fin van al principio y al final'}]],
		},
		verification: {
			about: {
				en: 'The thesis\'s tests and ours: something is broken on purpose while a client asks for the page, and mended again. Measured is set against what the settings predict at most: 4.3 s ≤ 12 s. The picture has a row for each director that held the VIP, each server that answered and each way in which requests were lost: × where the test passed, which allows it, ✖ where not; a gap is dotted, and numbers mark what was done.',
				es: 'Las pruebas del TFG y las nuestras: se rompe algo a propósito mientras un cliente pide la página, y se arregla. Lo medido se compara con lo que la configuración prevé como mucho: 4,3 s ≤ 12 s. El dibujo tiene una fila por cada director que tuvo la VIP, cada servidor que respondió y cada forma de perder peticiones: × si la prueba se superó, que lo admite, ✖ si no; un hueco va punteado y los números marcan lo que se hizo.',
			},
			keys: [
				choose,
				['Enter', {en: 'run the chosen test; Ctrl-C twice stops it and mends what it did', es: 'ejecutar la prueba elegida; Ctrl-C dos veces la detiene y arregla lo hecho'}],
				['a b', {en: 'run all tests; run the benchmarks', es: 'ejecutar todas las pruebas; medir el rendimiento'}],
				['Tab', {en: 'explanation, or what it showed last', es: 'explicación, o lo que mostró la última vez'}],
				['PgUp PgDn', {en: 'scroll', es: 'desplazar'}],
				['o', {en: 'the full log from the disk', es: 'el registro completo del disco'}],
			],
		},
		dashboard: {
			about: {en: 'The cluster as it is, asked again every few seconds: who holds the addresses, who serves and how many requests each has, who answered the last ones, array and exports.', es: 'El clúster tal como está, preguntado cada pocos segundos: quién tiene las direcciones, quién sirve y cuántas peticiones lleva cada uno, quién respondió las últimas, RAID y exportaciones.'},
			keys: [
				choose,
				['s Enter', {en: 'a shell on the node', es: 'un intérprete en el nodo'}],
				['p', {en: 'stop or start the node; asks where clients notice it', es: 'parar o arrancar el nodo; pregunta si los clientes lo notan'}],
				['P', {en: 'stop the whole cluster, which asks, or start it', es: 'parar todo el clúster, que pregunta, o arrancarlo'}],
				['e', {en: 'the chapters of what runs on the node', es: 'los capítulos de lo que corre en el nodo'}],
				['m', {en: 'move the VIPs to the other director; asks', es: 'llevar las VIP al otro director; pregunta'}],
				['o', {en: 'the page in the browser; again: end the forwarding', es: 'la página en el navegador; otra vez: terminar el reenvío'}],
				['l r', {en: 'logs; the report of what was measured', es: 'registros; el informe de lo medido'}],
				['v b', {en: 'verification; benchmarks, which ask', es: 'verificación; cargas, que preguntan'}],
				['d', {en: 'remove everything; asks for the name', es: 'eliminar todo; pide el nombre'}],
				['PgUp PgDn', {en: 'scroll what is below the nodes', es: 'desplazar lo que hay bajo los nodos'}],
			],
		},
		logs: {
			about: {en: 'The journal of each node, and what every run printed, as it is kept on the disk.', es: 'El diario de cada nodo y lo que imprimió cada ejecución, tal como se guarda en el disco.'},
			keys: [choose, ['Enter', {en: 'show it in the pager ($PAGER)', es: 'mostrarlo en el paginador ($PAGER)'}], filter],
		},
		explanation: {
			about: {en: 'What runs on the node, and why: the chapters of its steps.', es: 'Lo que corre en el nodo y por qué: los capítulos de sus pasos.'},
			keys: [['↑ ↓', {en: 'scroll', es: 'desplazar'}], ['← → Tab', {en: 'the chapter before, the next one', es: 'capítulo anterior, siguiente'}], search],
		},
		removal: {
			about: {en: 'Exactly what was created is removed; the list says what. What was there before is never touched.', es: 'Se elimina exactamente lo que se creó; la lista lo dice. Lo que ya estaba no se toca nunca.'},
			keys: [['↑ ↓', {en: 'scroll', es: 'desplazar'}], filter, ['Enter', {en: 'remove, once the name is typed', es: 'eliminar, una vez escrito el nombre'}]],
		},
	},
};
