import {inFigures, nouns} from './quantity.ts';
import {codeOfWords, systemReason, type SystemError} from './system-errors.ts';
import type {Text} from './text.ts';

/** Sentences about beginning and ending a command. */
export const sessionMessages = {
	noCluster: (name: string): Text => ({
		en: `There is no cluster "${name}" here yet. \`cluster-wizard up\` builds it.`,
		es: `Aún no hay ningún clúster «${name}» aquí. \`cluster-wizard up\` lo construye.`,
	}),
	/** @param user with whose rights the file is read */
	answersUnreadable: (file: string, user: string, error: SystemError): Text => {
		const {en, es} = {
			ENOENT: {en: `There is no answers file ${file}. Check the path.`, es: `No existe el fichero de respuestas ${file}. Compruebe la ruta.`},
			EACCES: {en: `The user ${user} may not read the answers file ${file}. Give ${user} read permission on it and on its folder.`, es: `El usuario ${user} no puede leer el fichero de respuestas ${file}. Dele permiso de lectura sobre él y sobre su carpeta.`},
		}[error.code ?? codeOfWords(error.message) ?? ''] ?? {en: `The answers file ${file} cannot be read: ${systemReason(error).en}.`, es: `No se puede leer el fichero de respuestas ${file}: ${systemReason(error).es}.`};
		return {en: `${en} Nothing was touched.`, es: `${es} No se ha tocado nada.`};
	},
	answersWrong: (file: string, count: number): Text => ({
		en: `${file}: ${inFigures(count, nouns.answer).en} must be corrected. Nothing was touched.`,
		es: `${file}: hay que corregir ${inFigures(count, nouns.answer).es}. No se ha tocado nada.`,
	}),
	/** @param user with whose rights the file is written */
	cannotWrite: (file: string, user: string, error: SystemError): Text => {
		const reason = {
			EEXIST: {en: 'something is there already. Choose another name.', es: 'ya hay algo ahí. Elija otro nombre.'},
			EACCES: {en: `the user ${user} may not write there.`, es: `el usuario ${user} no puede escribir ahí.`},
			ENOENT: {en: 'the folder is missing.', es: 'falta la carpeta.'},
		}[error.code ?? ''] ?? {en: `${systemReason(error).en}.`, es: `${systemReason(error).es}.`};
		return {en: `${file} cannot be written: ${reason.en}`, es: `No se puede escribir ${file}: ${reason.es}`};
	},
	changeRefused: {en: 'These answers cannot be changed on a cluster that is already built. Nothing was touched.', es: 'Estas respuestas no se pueden cambiar en un clúster ya construido. No se ha tocado nada.'},
	stateBroken: (file: string, reason: string): Text => ({
		en: `${file} cannot be understood: ${reason}. It was written by another version or damaged; put a copy back, or remove the cluster with \`down\`.`,
		es: `No se entiende ${file}: ${reason}. Lo escribió otra versión o está dañado; recupere una copia o elimine el clúster con \`down\`.`,
	}),
	/** @param holder with the time of day since when, as the user reads it */
	lockHeld: (holder: {pid: number; command: string; since: string} | undefined): Text => holder
		? {
			en: `Another run holds this cluster: \`${holder.command}\`, process ${holder.pid}, since ${holder.since}. Wait for it or stop it.`,
			es: `Otra ejecución está usando este clúster: \`${holder.command}\`, proceso ${holder.pid}, desde ${holder.since}. Espere a que acabe o deténgala.`,
		}
		: {en: 'Another run holds this cluster. Wait for it or stop it.', es: 'Otra ejecución está usando este clúster. Espere a que acabe o deténgala.'},
	needsRoot: {
		en: 'This needs root, and there is no way to become it here: run it as root, or as a user whom sudo lets do so.',
		es: 'Para esto hace falta ser root y aquí no es posible: ejecútelo como root, o como un usuario al que sudo se lo permita.',
	},
	sudoPrompt: {en: 'cluster-wizard needs root. Password of %p: ', es: 'cluster-wizard necesita ser root. Contraseña de %p: '},
	sandboxDown: (command: string): Text => ({en: `The sandbox is not running. Start it with: ${command}`, es: `El entorno aislado no está en marcha. Arránquelo con: ${command}`}),
	sandboxState: (isRunning: boolean): Text => isRunning ? {en: 'The sandbox is running.', es: 'El entorno aislado está en marcha.'} : {en: 'The sandbox is stopped.', es: 'El entorno aislado está parado.'},
	notSandbox: {en: 'This cluster is not in a sandbox.', es: 'Este clúster no está en un entorno aislado.'},
	sandboxFixed: {
		en: 'This cluster was begun on this host itself, not in a sandbox. Give another name (name: in the answers) for one in a sandbox.',
		es: 'Este clúster se empezó en este mismo anfitrión, no en un entorno aislado. Dé otro nombre (name: en las respuestas) para uno en un entorno aislado.',
	},
	unknownNode: (node: string, nodes: readonly string[], near: string | undefined): Text => ({
		en: `There is no node "${node}".${near ? ` Did you mean ${near}?` : ''} There are: host, ${nodes.join(', ')}.`,
		es: `No hay ningún nodo «${node}».${near ? ` ¿Quería decir ${near}?` : ''} Hay: host, ${nodes.join(', ')}.`,
	}),
	commandMissing: (place: string): Text => ({en: `The command to run on ${place} is missing. A shell there: \`cluster-wizard ssh ${place}\`.`, es: `Falta la orden que ejecutar en ${place}. Para abrir allí un intérprete: \`cluster-wizard ssh ${place}\`.`}),
	optionsBehindNode: (option: string, place: string): Text => ({
		en: `Options go before the node: \`cluster-wizard exec ${option} … ${place} COMMAND\`. Everything behind the node is the command.`,
		es: `Las opciones van antes del nodo: \`cluster-wizard exec ${option} … ${place} ORDEN\`. Todo lo que sigue al nodo es la orden.`,
	}),
	unknownStep: (step: string, steps: readonly string[]): Text => ({en: `There is no step "${step}". There are: ${steps.join(', ')}.`, es: `No hay ningún paso «${step}». Hay: ${steps.join(', ')}.`}),
	unknownTest: (test: string, tests: readonly string[]): Text => ({en: `There is no test "${test}". There are: ${tests.join(', ')}.`, es: `No hay ninguna prueba «${test}». Hay: ${tests.join(', ')}.`}),
	confirm: {en: 'Go on? [y/N] ', es: '¿Continuar? [s/N] '},
	confirmName: (name: string): Text => ({en: `Type the cluster's name, ${name}, to go on: `, es: `Escriba el nombre del clúster, ${name}, para continuar: `}),
	confirmNeeded: {en: 'Nobody can be asked here: give --yes to go on.', es: 'Aquí no se puede preguntar a nadie: indique --yes para continuar.'},
	declined: {en: 'Nothing was touched.', es: 'No se ha tocado nada.'},
	/** The group libvirt may define machines with any disk of the host, as root (libvirt's documentation, "Access control"). */
	joinsGroups: ({user, groups}: {user: string; groups: readonly string[]}): Text => {
		const several = groups.length > 1;
		const root = groups.includes('libvirt');
		return {
			en: `The user ${user} joins the ${several ? 'groups' : 'group'} ${groups.join(' and ')}. ${root ? 'Members of libvirt are as good as root on this host, without a password; \`down\`' : '\`down\`'} takes ${user} out again.`,
			es: `El usuario ${user} entra en ${several ? 'los grupos' : 'el grupo'} ${groups.join(' y ')}. ${root ? 'Quien está en libvirt equivale a root en este anfitrión, sin contraseña; \`down\`' : '\`down\`'} lo vuelve a sacar.`,
		};
	},
	willBuild: (name: string, machines: readonly string[], sandbox: boolean): Text => ({
		en: `The cluster "${name}" will be built ${sandbox ? 'in a sandbox of its own on this machine' : 'on this host'}: packages that are missing are installed with apt, and the machines ${machines.join(', ')} are made. \`plan\` shows the steps, \`down\` removes everything again but the packages.`,
		es: `Se construirá el clúster «${name}» ${sandbox ? 'en un entorno aislado de esta máquina' : 'en este anfitrión'}: se instalan con apt los paquetes que falten y se crean las máquinas ${machines.join(', ')}. \`plan\` muestra los pasos, \`down\` lo elimina todo menos los paquetes.`,
	}),
	willRemoveNodes: (nodes: readonly string[]): Text => ({en: `These machines are no longer in the answers and will be removed with their disks: ${nodes.join(', ')}`, es: `Estas máquinas ya no están en las respuestas y se eliminarán con sus discos: ${nodes.join(', ')}`}),
	interrupted: (command: string): Text => ({en: `Interrupted. Go on with: ${command}`, es: `Interrumpido. Para continuar: ${command}`}),
	oldImages: {
		en: 'Packages could not be fetched, so the machines start from images that are older than the answers allow (guest.maxAge) and lack the latest security updates.',
		es: 'No se han podido traer paquetes, así que las máquinas parten de imágenes más antiguas de lo que admiten las respuestas (guest.maxAge) y sin las últimas actualizaciones de seguridad.',
	},
	programUnsafe: (path: string): Text => ({
		en: `Root does not run this program, because others could change it: ${path}. Let it belong to you or to root and take write permission from others (chmod go-w), or install the program elsewhere.`,
		es: `Root no ejecuta este programa, porque otros podrían modificarlo: ${path}. Haga que pertenezca a usted o a root y quite a los demás el permiso de escritura (chmod go-w), o instale el programa en otro lugar.`,
	}),
	pathUnusable: (path: string): Text => ({
		en: `${JSON.stringify(path)} cannot be used: ssh misreads control characters and \${ in a path, and virt-install & < > " ' in that of a disk. Choose another folder.`,
		es: `${JSON.stringify(path)} no se puede usar: ssh interpreta mal los caracteres de control y \${ en una ruta, y virt-install & < > " ' en la de un disco. Elija otra carpeta.`,
	}),
	diskFull: (reason: Text): Text => ({
		en: `A file could not be written: ${reason.en}. Free some space, or choose another place, and run the same command again: it goes on where it stopped.`,
		es: `No se ha podido escribir un fichero: ${reason.es}. Libere espacio, o elija otro sitio, y repita la misma orden: continúa donde se quedó.`,
	}),
	portTaken: (port: number, reason: Text): Text => ({
		en: `Port ${port} of 127.0.0.1 cannot be used (${reason.en}). Choose another with --port, or leave the option out.`,
		es: `No se puede usar el puerto ${port} de 127.0.0.1 (${reason.es}). Elija otro con --port, u omita la opción.`,
	}),
	openAt: (url: string): Text => ({en: `The page is at ${url}  (Ctrl-C ends the forwarding)`, es: `La página está en ${url}  (Ctrl-C termina el reenvío)`}),
	openDirect: (url: string): Text => ({en: `The page is at ${url}`, es: `La página está en ${url}`}),
	down: {
		nothing: {en: 'There is nothing to remove.', es: 'No hay nada que eliminar.'},
		list: {en: 'This will be removed:', es: 'Se eliminará:'},
		kept: {en: 'This stays:', es: 'Esto se conserva:'},
		removed: (name: string): Text => ({en: `removed ${name}`, es: `eliminado: ${name}`}),
		notGone: (name: string, reason: string): Text => ({en: `${name} could not be removed: ${reason}`, es: `No se ha podido eliminar ${name}: ${reason}`}),
		foreignSandbox: {en: 'somebody else can change it, so nothing in it is run. Find out who did, and give it back to root (chown, chmod) or delete it; then run the same command again', es: 'otra persona puede cambiarlo, así que no se ejecuta nada de ahí. Averigüe quién lo hizo y devuélvaselo a root (chown, chmod) o bórrelo; después repita la misma orden'},
		done: {en: 'Everything in the list is gone.', es: 'Ya no queda nada de lo que decía la lista.'},
		state: {en: 'keys, answers, progress, logs, and the copies of files that were changed by hand, in', es: 'claves, respuestas, progreso, registros y las copias de los ficheros cambiados a mano, en'},
		stateAndReports: {en: 'keys, answers, progress, logs, reports, and the copies of files that were changed by hand, in', es: 'claves, respuestas, progreso, registros, informes y las copias de los ficheros cambiados a mano, en'},
		reports: {en: 'reports', es: 'informes'},
		foreign: {en: 'not made by the program:', es: 'no creado por el programa:'},
		packages: {en: 'packages', es: 'paquetes'},
		preferences: {en: 'preferences', es: 'preferencias'},
	},
} as const;
