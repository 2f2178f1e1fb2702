import {spokenSize} from './quantity.ts';
import type {Text} from './text.ts';

interface Room {
	readonly needed: number;
	readonly available: number;
}

/** Words of the screens before anything is built. */
export const beginMessages = {
	welcome: {
		what: (count: number): Text => ({en: `${count} machines that answer as one, also when one of them fails:`, es: `${count} máquinas que responden como una, también cuando una falla:`}),
		client: {en: 'client', es: 'cliente'},
		external: {en: 'external', es: 'externa'},
		internal: {en: 'internal', es: 'interna'},
		sandboxPlace: {en: 'in a sandbox: this machine only gets packages and files', es: 'en un entorno aislado: esta máquina solo recibe paquetes y ficheros'},
		hostPlace: {en: 'on this host itself', es: 'en este mismo anfitrión'},
		emulated: {en: 'No hardware virtualization: the machines are emulated, which takes longer.', es: 'Sin virtualización por hardware: las máquinas se emulan y tarda más.'},
		/** In MiB. */
		room: (memory: Room, disk: Room): Text => ({
			en: `Needs ${memory.needed} of ${memory.available} MiB free memory, ${disk.needed} of ${disk.available} MiB disk`,
			es: `Necesita ${memory.needed} de ${memory.available} MiB libres de memoria, ${disk.needed} de ${disk.available} MiB de disco`,
		}),
		/** In MiB. */
		free: (memory: Room, disk: Room): Text => ({
			en: `Needs ${spokenSize(memory.needed, 'en')} of memory. Free: ${spokenSize(memory.available, 'en')} of memory, ${spokenSize(disk.available, 'en')} of disk`,
			es: `Necesita ${spokenSize(memory.needed, 'es')} de memoria. Libres: ${spokenSize(memory.available, 'es')} de memoria, ${spokenSize(disk.available, 'es')} de disco`,
		}),
		buildSandbox: {en: 'Build in a sandbox', es: 'Construir en un entorno aislado'},
		buildHost: {en: 'Build on this host', es: 'Construir en este anfitrión'},
		answers: {en: 'Look at the answers first', es: 'Ver antes las respuestas'},
		guidedOn: {en: 'Guided mode is off. Turn it on: each command waits', es: 'Modo guiado: no. Activarlo: cada orden espera'},
		guidedOff: {en: 'Guided mode is on. Turn it off: all runs by itself', es: 'Modo guiado: sí. Desactivarlo: todo se ejecuta solo'},
		language: {en: 'Español', es: 'English'},
		quit: {en: 'Quit', es: 'Salir'},
		resume: {en: 'Resume where it stopped', es: 'Continuar donde se quedó'},
		log: {en: 'Look at its log', es: 'Ver su registro'},
		over: {en: 'Start over: remove everything, then build', es: 'Empezar de nuevo: eliminar todo y construir'},
		remove: {en: 'Remove everything', es: 'Eliminar todo'},
		dashboard: {en: 'Dashboard: the cluster as it is', es: 'Panel: el clúster tal como está'},
		verify: {en: 'Verification', es: 'Verificación'},
		mend: {en: 'Bring the cluster back from it', es: 'Recuperar el clúster'},
		cutOff: (drills: readonly string[]): Text => ({en: `A test was cut off, and what it broke may still be broken: ${drills.join(', ')}`, es: `Se cortó una prueba, y lo que rompió puede seguir roto: ${drills.join(', ')}`}),
		rebuild: {en: 'Check everything and mend what differs', es: 'Comprobar todo y arreglar lo que difiera'},
		stopped: {
			failed: (when: string, unit: string): Text => ({en: `A run failed on ${when}, at ${unit}.`, es: `Una ejecución falló el ${when}, en ${unit}.`}),
			interrupted: (when: string, unit: string): Text => ({en: `A run was stopped on ${when}, at ${unit}.`, es: `Una ejecución se detuvo el ${when}, en ${unit}.`}),
			killed: (when: string, unit: string): Text => ({en: `A run was cut off (begun on ${when}), at ${unit}.`, es: `Una ejecución quedó cortada (empezó el ${when}), en ${unit}.`}),
		},
		working: (text: Text): Text => ({en: `This cluster is ${text.en}. This screen goes on when that has ended.`, es: `Este clúster: ${text.es}. Esta pantalla sigue cuando termine.`}),
		built: (when: string): Text => ({en: `Built on ${when}.`, es: `Construido el ${when}.`}),
		start: {en: 'its beginning', es: 'su comienzo'},
	},
	answers: {
		intro: {en: 'Everything has a default. What is chosen is marked.', es: 'Todo tiene un valor por defecto. Lo elegido va marcado.'},
		mustBe: (form: string): Text => ({en: `must be ${form}`, es: `debe ser ${form}`}),
		refused: {en: 'not possible', es: 'no es posible'},
		none: {en: 'No answer holds this text.', es: 'Ninguna respuesta contiene este texto.'},
		count: (found: number, all: number): Text => ({en: `${found} of ${all}`, es: `${found} de ${all}`}),
		saveAs: {en: 'Save as: ', es: 'Guardar como: '},
		saved: (file: string): Text => ({en: `Saved in ${file}`, es: `Guardado en ${file}`}),
		fixed: {en: 'This cluster is there already: machines and addresses keep their answers.', es: 'Este clúster ya existe: las máquinas y direcciones conservan sus respuestas.'},
		wifi: {en: 'Wi-Fi or mobile: cannot be a bridge port', es: 'Wi-Fi o móvil: no puede ser puerto de un puente'},
		virtual: {en: 'made by software (a bond, a VLAN)', es: 'creada por software (un enlace agregado, una VLAN)'},
		cable: {en: 'cable connected', es: 'cable conectado'},
		noCable: {en: 'no cable', es: 'sin cable'},
	},
	preflight: {
		intro: {en: 'Whether this computer can carry the cluster. Looking changes nothing.', es: 'Si este ordenador puede llevar el clúster. Mirar no cambia nada.'},
		checking: {en: 'checking …', es: 'comprobando …'},
		good: {en: 'Everything fits. Enter: see the plan.', es: 'Todo encaja. Intro: ver el plan.'},
		bad: {en: 'Something does not fit: mend it, or change the answers (a), and check again (r).', es: 'Algo no encaja: arréglelo, o cambie las respuestas (a), y compruebe otra vez (r).'},
		open: {en: 'Everything fits; what is still open (✎) the building does. Enter: see the plan. f: do it now.', es: 'Todo encaja; lo pendiente (✎) lo hace la construcción. Intro: ver el plan. f: hacerlo ya.'},
		willRun: {en: 'What will be run:', es: 'Lo que se ejecutará:'},
		installing: {en: 'Installing', es: 'Instalando'},
		installed: (time: string): Text => ({en: `Done in ${time}.`, es: `Hecho en ${time}.`}),
		notInstalled: (code: number, time: string): Text => ({en: `It ended with code ${code} after ${time}:`, es: `Terminó con código ${code} tras ${time}:`}),
		fix: {en: 'What to do', es: 'Qué hacer'},
	},
	plan: {
		intro: {en: 'This will be done, in this order where one needs the other. Nothing was changed yet.', es: 'Esto se hará, en este orden si uno necesita al otro. Aún no se ha cambiado nada.'},
		again: {en: 'The cluster is there. Every chapter is looked at, and what differs is put right. Nothing was changed yet.', es: 'El clúster ya existe. Se mira cada capítulo y se corrige lo que difiera. Aún no se ha cambiado nada.'},
		refused: {en: 'The cluster cannot be built like this, for these reasons:', es: 'Así no se puede construir el clúster, por estos motivos:'},
		toAnswers: {en: 'Enter leads to the answers.', es: 'Intro lleva a las respuestas.'},
		toHost: {en: 'Enter leads back to the checks of the host.', es: 'Intro lleva a las comprobaciones del anfitrión.'},
		makes: {en: 'makes', es: 'crea'},
		accept: {en: 'Enter accepts the plan and begins; what is made can be removed again.', es: 'Intro acepta el plan y comienza; lo que se crea se puede eliminar después.'},
		looking: {en: 'looking …', es: 'mirando …'},
		tasks: (count: number): Text => count === 1 ? {en: '1 task', es: '1 tarea'} : {en: `${count} tasks`, es: `${count} tareas`},
		packages: {en: 'Packages that are missing are installed with apt and stay.', es: 'Los paquetes que faltan se instalan con apt y se quedan.'},
	},
} satisfies Record<string, unknown>;
