import * as z from 'zod';
import type {Text} from '../messages/text.ts';
import {cleanLine} from '../text/clean.ts';

/** What a person is told of a key: what it is for and, for a value, what it must look like (the end of "… must be"). */
export interface About {
	readonly about: Text;
	readonly form: Text;
}

/** The texts of every key, read by the messages, the commented file, the JSON Schema and the reference. */
export const aboutKeys = z.registry<About>();

type Pair = readonly [en: string, es: string];

const text = ([en, es]: Pair): Text => ({en, es});

function described<Schema extends z.ZodType>(schema: Schema, about: Pair, form: Pair): Schema {
	aboutKeys.add(schema, {about: text(about), form: text(form)});
	return schema;
}

const section: Pair = ['a group of keys', 'un grupo de claves'];

function group<Shape extends z.core.$ZodLooseShape>(about: Pair, shape: Shape) {
	return described(z.strictObject(shape), about, section).optional();
}

function pattern(regex: RegExp, about: Pair, form: Pair) {
	return described(z.string().regex(regex), about, form).optional();
}

function choice<const Values extends readonly [string, ...string[]]>(values: Values, about: Pair) {
	return described(z.enum(values), about, [values.join(', '), values.join(', ')].map((list, index) => `${index === 0 ? 'one of' : 'uno de'} ${list}`) as unknown as Pair).optional();
}

function count(minimum: number, maximum: number, about: Pair, unit: Pair = ['', '']) {
	return described(z.int().min(minimum).max(maximum), about, [
		`a whole number${unit[0]} from ${minimum} to ${maximum}`, `un número entero${unit[1]} de ${minimum} a ${maximum}`]).optional();
}

function toggle(about: Pair) {
	return described(z.boolean(), about, ['true or false', 'true o false']).optional();
}

const addressPattern = /^(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;
const cidrPattern = /^(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}\/(1[6-9]|2\d|30)$/;
const address = (about: Pair) => pattern(addressPattern, about, ['an IPv4 address such as 192.168.1.200', 'una dirección IPv4 como 192.168.1.200']);
const cidr = (about: Pair) => pattern(cidrPattern, about, ['an IPv4 network such as 10.0.10.0/24, from /16 to /30', 'una red IPv4 como 10.0.10.0/24, de /16 a /30']);
const duration = (about: Pair) => pattern(/^[1-9]\d{0,3}(s|min)$/, about, ['a duration with its unit, such as 5s or 2min', 'una duración con su unidad, como 5s o 2min']);
const size = (about: Pair) => pattern(/^[1-9]\d{0,5}[MG]$/, about, ['a size with its unit, such as 512M or 2G', 'un tamaño con su unidad, como 512M o 2G']);
const gibibytes = (about: Pair) => pattern(/^[1-9]\d{0,3}G$/, about, ['a size in gibibytes such as 10G', 'un tamaño en gibibytes como 10G']);
const label = (about: Pair) => pattern(/^[A-Za-z][\w-]{0,14}$/, about, [
	'a letter followed by up to 14 letters, digits, hyphens or underscores', 'una letra seguida de hasta 14 letras, cifras, guiones o guiones bajos']);

const machine = {
	name: pattern(/^[a-z]([a-z\d-]{0,61}[a-z\d])?$/, ['Host name', 'Nombre de la máquina'], [
		'a host name: lower-case letters, digits and hyphens, a letter first, 63 at most', 'un nombre de máquina: minúsculas, cifras y guiones, primero una letra, 63 como mucho']),
	// A name of digits only is a machine's number to virsh.
	vm: pattern(/^(?!\d+$)[A-Za-z\d][\w.-]{0,49}$/, ['Name in libvirt', 'Nombre en libvirt'], [
		'a letter or digit followed by up to 49 letters, digits, dots, hyphens or underscores, and not digits only', 'una letra o cifra seguida de hasta 49 letras, cifras, puntos, guiones o guiones bajos, y no solo cifras']),
	memory: size(['Memory (M or G)', 'Memoria (M o G)']),
	vcpus: count(1, 64, ['Virtual processors (2; emulated 1, as more can hang)', 'Procesadores virtuales (2; si se emulan 1, pues con más pueden colgarse)']),
	disk: gibibytes(['System disk (G)', 'Disco del sistema (G)']),
	internal: address(['Address on the internal network', 'Dirección en la red interna']),
};

const director = {
	...machine,
	external: address(['Address on the external network', 'Dirección en la red externa']),
	heartbeat: address(['Address on the heartbeat network', 'Dirección en la red de latido']),
};

const nodesShape = z.object({
	nas: group(['The storage server: array and NFS', 'El servidor de almacenamiento: RAID y NFS'], machine),
	master: group(['The director that serves while it is up', 'El director que sirve mientras está en pie'], director),
	standby: group(['The director that takes over', 'El director que toma el relevo'], director),
});

/** `server1` … `server50`. */
export const serverKey = /^server([1-9]|[1-4]\d|50)$/;

const nodes = described(
	nodesShape.catchall(described(z.strictObject(machine), ['One web server', 'Un servidor web'], section)).superRefine((found, context) => {
		const keys = Object.keys(found).filter(key => !Object.hasOwn(nodesShape.shape, key) && !serverKey.test(key));
		if (keys.length > 0) {
			context.addIssue({code: 'unrecognized_keys', keys, input: found});
		}
	}),
	['Single machines: nas, master, standby, server1 …', 'Máquinas sueltas: nas, master, standby, server1 …'], section,
).optional();

/**
 * What the user may choose. Everything is optional; unknown keys are refused.
 * Values keep the form in which they are written (`5s`, `512M`), so that the file can be written back as it was.
 */
export const answersSchema = described(z.strictObject({
	name: pattern(/^[a-z]([a-z\d-]{0,30}[a-z\d])?$/, ['The cluster\'s name', 'El nombre del clúster'], [
		'a name of lower-case letters, digits and hyphens, a letter first, 32 at most', 'un nombre de minúsculas, cifras y guiones, primero una letra, 32 como mucho']),
	profile: choice(['thesis', 'fast'], ['Times of the thesis, or short ones', 'Tiempos del TFG, o cortos']),
	language: choice(['en', 'es'], ['Language of the texts', 'Idioma de los textos']),
	host: group(['The computer that carries the machines', 'El ordenador que lleva las máquinas'], {
		external: choice(['bridge', 'nat'], ['How the external network is reached: the wired NIC as a bridge, or NAT', 'Cómo se llega a la red externa: la tarjeta de cable como puente, o NAT']),
		nic: pattern(/^[A-Za-z][\w.-]{0,14}$/, ['The wired NIC for the bridge', 'La tarjeta de cable para el puente'], [
			'the name of a NIC such as eno1', 'el nombre de una tarjeta como eno1']),
	}),
	guest: group(['What the machines run', 'Lo que ejecutan las máquinas'], {
		distribution: choice(['debian', 'ubuntu'], ['Distribution', 'Distribución']),
		release: choice(['bookworm', 'trixie', 'jammy', 'noble'], ['Release', 'Versión']),
		maxAge: count(1, 365, ['Age from which an image is made anew, with the updates of that day, before a disk is copied from it', 'Edad a partir de la cual una imagen se vuelve a crear, con las actualizaciones del día, antes de copiar de ella un disco'], [' of days', ' de días']),
	}),
	networks: group(['The three networks', 'Las tres redes'], {
		external: group(['Where the clients come from', 'Por donde llegan los clientes'], {
			cidr: cidr(['Range', 'Rango']),
			gateway: address(['Its gateway', 'Su puerta de enlace']),
			label: label(['The bridge\'s or libvirt network\'s name', 'El nombre del puente o de la red de libvirt']),
		}),
		internal: group(['Between directors, web servers and storage', 'Entre directores, servidores web y almacenamiento'], {
			cidr: cidr(['Range', 'Rango']),
			label: label(['Name in libvirt', 'Nombre en libvirt']),
		}),
		heartbeat: group(['Between the two directors', 'Entre los dos directores'], {
			cidr: cidr(['Range', 'Rango']),
			label: label(['Name in libvirt', 'Nombre en libvirt']),
		}),
	}),
	vip: group(['The addresses that move between the directors', 'Las direcciones que pasan de un director al otro'], {
		external: address(['What the clients ask for', 'La que piden los clientes']),
		internal: address(['Gateway of the web servers and the storage', 'Puerta de enlace de los servidores web y del almacenamiento']),
	}),
	nodes,
	web: group(['The web servers', 'Los servidores web'], {
		count: count(1, 50, ['How many', 'Cuántos']),
		first: address(['Address of the first one; the others follow', 'Dirección del primero; los demás van detrás']),
		content: described(z.string().min(1).max(4096).refine(path => cleanLine(path) === path), ['Folder with your own pages, instead of the test page', 'Carpeta con sus propias páginas, en lugar de la de prueba'], [
			'the path of a folder', 'la ruta de una carpeta']).optional(),
		memory: size(['Memory of each (M or G)', 'Memoria de cada uno (M o G)']),
		vcpus: count(1, 64, ['Virtual processors of each', 'Procesadores virtuales de cada uno']),
		disk: gibibytes(['System disk of each (G)', 'Disco del sistema de cada uno (G)']),
	}),
	raid: group(['The array that carries the pages', 'El RAID que lleva las páginas'], {
		level: described(z.union([z.literal(4), z.literal(5), z.literal(6), z.literal(10)]), ['RAID level', 'Nivel RAID'], ['4, 5, 6 or 10', '4, 5, 6 o 10']).optional(),
		disks: count(3, 16, ['How many disks', 'Cuántos discos']),
		size: size(['Size of each disk (M or G)', 'Tamaño de cada disco (M o G)']),
	}),
	ha: group(['High availability; what stands here overrides the profile', 'Alta disponibilidad; lo que figure aquí prevalece sobre el perfil'], {
		failback: toggle(['Whether the service returns to master when it is back', 'Si el servicio vuelve a master cuando este regresa']),
		token: count(500, 60_000, ['Corosync\'s token; a lost director is acted on after 2.2 times that', 'El token de Corosync; un director perdido se releva pasadas 2,2 veces'], [' of milliseconds', ' de milisegundos']),
		monitor: duration(['How often addresses and ldirectord are looked at', 'Cada cuánto se miran las direcciones y ldirectord']),
		sorryPage: toggle(['Whether a director answers with a sorry page when every web server is down', 'Si un director contesta con una página de disculpa cuando no queda ningún servidor web']),
	}),
	check: group(['How ldirectord looks at the web servers; overrides the profile', 'Cómo mira ldirectord los servidores web; prevalece sobre el perfil'], {
		interval: duration(['How often', 'Cada cuánto']),
		timeout: duration(['When it gives up waiting', 'Cuándo deja de esperar']),
	}),
}), ['The choices for one cluster', 'Las elecciones para un clúster'], section);

/** The choices for a machine, the same for every kind; directors have `external` and `heartbeat` as well. */
export type MachineAnswers = Partial<Record<'name' | 'vm' | 'memory' | 'disk' | 'internal' | 'external' | 'heartbeat', string>> & {vcpus?: number};

/** The user's choices as they stand in the file. */
export type Answers = Omit<z.infer<typeof answersSchema>, 'nodes'> & {nodes?: Readonly<Record<string, MachineAnswers | undefined>>};
