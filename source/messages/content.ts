import type {Reason} from '../content/names.ts';
import type {Text} from './text.ts';

/** Sentences about the user's own pages. */
export const contentMessages = {
	noFolder: (folder: string): Text => ({en: `there is no folder ${folder}.`, es: `no existe la carpeta ${folder}.`}),
	unreadable: (folder: string): Text => ({en: `the folder ${folder} cannot be read with your rights.`, es: `la carpeta ${folder} no se puede leer con sus permisos.`}),
	notListed: (folder: string, reason: Text): Text => ({en: `the folder ${folder} cannot be listed: ${reason.en}.`, es: `no se puede listar la carpeta ${folder}: ${reason.es}.`}),
	tooMany: (folder: string): Text => ({en: `${folder} has too many files to be published (more than about half a million).`, es: `${folder} tiene demasiados ficheros para publicarla (más de medio millón, aproximadamente).`}),
	tooLarge: (folder: string, size: number, room: number): Text => ({en: `${folder} has ${size}M; the array has room for ${room}M.`, es: `${folder} ocupa ${size}M; en el RAID caben ${room}M.`}),
	changed: (folder: string, path: string): Text => ({
		en: `The web content in ${folder} changed while it was being packed: ${path}. Run the command again.`,
		es: `El contenido web de ${folder} ha cambiado mientras se empaquetaba: ${path}. Repita la orden.`,
	}),
	notPacked: (folder: string, reason: Text): Text => ({en: `The web content in ${folder} cannot be packed: ${reason.en}.`, es: `No se puede empaquetar el contenido web de ${folder}: ${reason.es}.`}),
	interrupted: {en: 'Interrupted while packing the web content.', es: 'Interrumpido mientras se empaquetaba el contenido web.'},
	packing: (size: string): Text => ({en: `Packing the web content (${size}) …`, es: `Empaquetando el contenido web (${size}) …`}),
	published: (folder: string, files: number, size: string): Text => ({
		en: `Web content: ${folder}, ${files} ${files === 1 ? 'file' : 'files'}; on the array it takes ${size}.`,
		es: `Contenido web: ${folder}, ${files} ${files === 1 ? 'fichero' : 'ficheros'}; en el RAID ocupa ${size}.`,
	}),
	noIndex: (pages: readonly string[]): Text => ({
		en: `There is no ${pages.join(' or ')} at the top of the folder: visitors of the site's address get "403 Forbidden", and the tests count that as a wrong answer.`,
		es: `No hay ${pages.join(' ni ')} en la raíz de la carpeta: quien visite la dirección del sitio recibe «403 Forbidden», y las pruebas lo cuentan como respuesta errónea.`,
	}),
	oddNames: (count: number): Text => ({
		en: count === 1
			? '1 name is not UTF-8. It is published byte for byte: links to it must use the same bytes, such as %E9.'
			: `${count} names are not UTF-8. They are published byte for byte: links to them must use the same bytes, such as %E9.`,
		es: count === 1
			? '1 nombre no está en UTF-8. Se publica byte a byte: los enlaces a él deben usar los mismos bytes, como %E9.'
			: `${count} nombres no están en UTF-8. Se publican byte a byte: los enlaces a ellos deben usar los mismos bytes, como %E9.`,
	}),
	leftOut: (count: number): Text => ({en: `Left out (${count}):`, es: `No se publica (${count}):`}),
	more: (count: number): Text => ({en: `… and ${count} more`, es: `… y ${count} más`}),
	reasons: {
		hidden: {en: 'hidden (its name begins with a dot)', es: 'oculto (su nombre empieza por punto)'},
		htaccess: {en: 'Apache would ignore it (AllowOverride None)', es: 'Apache no lo tendría en cuenta (AllowOverride None)'},
		backup: {en: 'backup or editor file', es: 'copia de seguridad o fichero de un editor'},
		unreadable: {en: 'you have no right to read it', es: 'sin permiso de lectura para usted'},
		special: {en: 'device, FIFO or socket', es: 'dispositivo, FIFO o socket'},
		outside: {en: 'link that leaves the folder', es: 'enlace que sale de la carpeta'},
		dangling: {en: 'link to nothing', es: 'enlace a algo que no existe'},
		cycle: {en: 'link that leads back into its own folder', es: 'enlace que lleva de vuelta a su propia carpeta'},
		target: {en: 'link to something that is left out', es: 'enlace a algo que no se publica'},
	} satisfies Record<Reason, Text>,
} as const;
