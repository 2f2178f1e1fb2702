import type {FileTrouble} from '../state/safe-file.ts';
import type {UnsafePath} from '../state/safe-path.ts';
import type {Text} from './text.ts';

const troubles: Readonly<Record<FileTrouble, Text>> = {
	link: {en: 'it is a link', es: 'es un enlace'},
	type: {en: 'it is not the kind of file that belongs there', es: 'no es el tipo de fichero que corresponde'},
	owner: {en: 'it belongs to another user', es: 'pertenece a otro usuario'},
	writable: {en: 'other users can write to it', es: 'otros usuarios pueden escribir en él'},
	size: {en: 'it is too large', es: 'es demasiado grande'},
	unreadable: {en: 'it cannot be read', es: 'no se puede leer'},
};

const unsafe: Readonly<Record<UnsafePath['reason'], (path: UnsafePath) => Text>> = {
	'owner': ({path, uid}) => ({en: `${path} belongs to the user with the number ${uid}`, es: `${path} pertenece al usuario número ${uid}`}),
	'writable': ({path}) => ({en: `other users can write to ${path}`, es: `otros usuarios pueden escribir en ${path}`}),
	'not-a-folder': ({path}) => ({en: `${path} is not a folder`, es: `${path} no es una carpeta`}),
	'links': ({path}) => ({en: `${path} begins a chain of too many links`, es: `${path} inicia una cadena de demasiados enlaces`}),
};

/** Foreign names listed in one sentence. */
const mostNames = 5;

/** Sentences about the folder that holds a cluster's state. */
export const stateMessages = {
	unsafePath: (folder: string, where: UnsafePath): Text => {
		const {en, es} = unsafe[where.reason](where);
		return {
			en: `${folder} is no safe place for files that root trusts: ${en}. Leave out the option, or choose a folder that only root can change, for example below /srv. Nothing was touched.`,
			es: `${folder} no es un lugar seguro para ficheros en los que confía root: ${es}. Omita la opción, o elija una carpeta que solo root pueda cambiar, por ejemplo bajo /srv. No se ha tocado nada.`,
		};
	},
	notOurs: (folder: string, trouble: FileTrouble): Text => ({
		en: `${folder} cannot hold a cluster's state: ${troubles[trouble].en}. Nothing was touched.`,
		es: `${folder} no puede contener el estado de un clúster: ${troubles[trouble].es}. No se ha tocado nada.`,
	}),
	cannotMake: (folder: string, reason: Text): Text => ({
		en: `${folder} cannot be made: ${reason.en}. Leave out the option, or choose a folder on a file system that root can write to.`,
		es: `No se puede crear ${folder}: ${reason.es}. Omita la opción, o elija una carpeta en un sistema de ficheros en el que root pueda escribir.`,
	}),
	foreignFolder: (folder: string, names: readonly string[]): Text => {
		const shown = names.slice(0, mostNames).map(name => JSON.stringify(name)).join(', ');
		const more = names.length - mostNames;
		return {
			en: `${folder} is not empty and holds no cluster of ours (there is ${shown}${more > 0 ? ` and ${more} more` : ''}). Give an empty or missing folder, or the one of a cluster. Nothing was touched.`,
			es: `${folder} no está vacía y no contiene un clúster nuestro (hay ${shown}${more > 0 ? ` y ${more} más` : ''}). Indique una carpeta vacía o inexistente, o la de un clúster. No se ha tocado nada.`,
		};
	},
	insideOurs: (folder: string, outer: string): Text => ({
		en: `${folder} lies in ${outer}, which is the program's own: removing the one would remove the other. Choose a folder elsewhere. Nothing was touched.`,
		es: `${folder} está dentro de ${outer}, que es del propio programa: al eliminar una se eliminaría la otra. Elija una carpeta en otro sitio. No se ha tocado nada.`,
	}),
	sameFolder: (folder: string): Text => ({
		en: `${folder} cannot be the place of both the cluster's state and the images. Choose two folders, neither inside the other. Nothing was touched.`,
		es: `${folder} no puede ser a la vez el sitio del estado del clúster y de las imágenes. Elija dos carpetas, ninguna dentro de la otra. No se ha tocado nada.`,
	}),
	foreignEntry: (path: string, trouble: FileTrouble): Text => ({
		en: `${path} is not the file that the program made: ${troubles[trouble].en}. Find out who changed it; \`cluster-wizard down\` removes the cluster without it. Nothing was touched.`,
		es: `${path} no es el fichero que creó el programa: ${troubles[trouble].es}. Averigüe quién lo cambió; \`cluster-wizard down\` elimina el clúster sin él. No se ha tocado nada.`,
	}),
	ignored: (path: string, trouble: FileTrouble): Text => ({
		en: `${path} is not used and stays: ${troubles[trouble].en}`,
		es: `${path} no se usa y se conserva: ${troubles[trouble].es}`,
	}),
	/** Foreign files that `down` leaves. */
	foreignStays: (paths: readonly string[]): Text => ({
		en: `These files were not made by the program and stay: ${paths.map(path => JSON.stringify(path)).join(', ')}`,
		es: `Estos ficheros no los creó el programa y se conservan: ${paths.map(path => JSON.stringify(path)).join(', ')}`,
	}),
	otherCluster: (file: string): Text => ({
		en: `${file} belongs to another cluster than its folder says. Put the right file back, or remove the cluster with \`cluster-wizard down\`.`,
		es: `${file} es de otro clúster que el de su carpeta. Reponga el fichero correcto, o elimine el clúster con \`cluster-wizard down\`.`,
	}),
	sandboxOf: (path: string): Text => ({
		en: `The sandbox of an earlier version still runs from ${path}. Stop it first: sudo ${path}/control stop`,
		es: `El entorno aislado de una versión anterior sigue en marcha desde ${path}. Párelo primero: sudo ${path}/control stop`,
	}),
	oldBroken: (file: string, reason: string): Text => ({
		en: `${file}, of an earlier version, cannot be understood: ${reason}. Nothing was moved. Put a copy back, or move the folder aside to begin anew.`,
		es: `No se entiende ${file}, de una versión anterior: ${reason}. No se ha movido nada. Recupere una copia, o aparte la carpeta para empezar de nuevo.`,
	}),
	sandboxStays: (folder: string): Text => ({
		en: `${folder} stays; it is no longer used and can be deleted.`,
		es: `${folder} se queda; ya no se usa y se puede borrar.`,
	}),
	willMove: (from: string, to: string): Text => ({
		en: `The state of this cluster lies in ${from}, where an earlier version kept it. It will be moved to ${to}, which only root can change.`,
		es: `El estado de este clúster está en ${from}, donde lo guardaba una versión anterior. Se moverá a ${to}, que solo root puede cambiar.`,
	}),
	mustMove: (from: string, to: string): Text => ({
		en: `The state of this cluster lies in ${from}, where an earlier version kept it. \`cluster-wizard up\` or \`cluster-wizard down\` moves it to ${to}, which only root can change.`,
		es: `El estado de este clúster está en ${from}, donde lo guardaba una versión anterior. \`cluster-wizard up\` o \`cluster-wizard down\` lo mueve a ${to}, que solo root puede cambiar.`,
	}),
	moved: (from: string, to: string): Text => ({
		en: `The cluster's state was moved from ${from} to ${to}, which only root can change. Reports and logs of earlier runs stay in ${from}.`,
		es: `El estado del clúster se ha movido de ${from} a ${to}, que solo root puede cambiar. Los informes y registros de ejecuciones anteriores se quedan en ${from}.`,
	}),
} as const;
