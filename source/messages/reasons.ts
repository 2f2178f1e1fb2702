import type {Text} from './text.ts';

/** Sentences in which our checks say on a machine why they do not hold, with their Spanish; `$1` is what a group matches. */
const sentences: ReadonlyArray<readonly [en: RegExp, es: string]> = [
	[/^not looked at yet$/, 'aún no se ha comprobado'],
	[/^looked at before this machine was restarted$/, 'se comprobó antes de reiniciar este equipo'],
	[/^not taken yet$/, 'aún no se ha tomado'],
	[/^the sandbox is not there$/, 'el entorno aislado no existe'],
	[/^libvirt does not answer$/, 'libvirt no responde'],
	[/^Pacemaker does not answer$/, 'Pacemaker no responde'],
	[/^ldirectord does not run$/, 'ldirectord no está en marcha'],
	[/^the directors are booting$/, 'los directores están arrancando'],
	[/^(.*) is not in the group (.*)$/, '$1 no está en el grupo $2'],
	[/^of (\d+) resources started: (\d+)$/, 'recursos arrancados: $2 de $1'],
	[/^the array is not running$/, 'el RAID no está en marcha'],
	[/^what was installed has not been written down$/, 'aún no se ha anotado lo que se instaló'],
	[/^apt knows no package (.*): packages for the machines could not be verified$/, 'apt no conoce el paquete $1: no se podrían verificar los paquetes de las máquinas'],
	[/^debian-archive-keyring (.*) is older than the keys that Debian is signed with \((.*) has them\): packages for the machines could not be verified$/, 'debian-archive-keyring $1 es anterior a las claves con las que se firma Debian (las tiene la versión $2): no se podrían verificar los paquetes de las máquinas'],
	[/^the packet filter cuts off machines on (.*?): (.*)$/, 'el filtro de paquetes deja incomunicadas a las máquinas de $1: $2'],
	[/^not installed: ?(.*)$/, 'sin instalar: $1'],
	[/^(.*): not unpacked$/, '$1: sin desempaquetar'],
	[/^(.*): differs from what was unpacked: (.*)$/, '$1: difiere de lo que se desempaquetó: $2'],
	[/^(.*): leads to nothing$/, '$1: no lleva a ningún sitio'],
	[/^(.*): leads to (.*)$/, '$1: lleva a $2'],
	[/^(.*): missing$/, '$1: no existe'],
	[/^(.*): nothing is mounted$/, '$1: no hay nada montado'],
	[/^(.*) is missing or differs$/, '$1 no existe o difiere'],
	[/^(.*) differs from what the wizard writes$/, '$1 difiere de lo que escribe el asistente'],
	[/^(.*) is still there$/, '$1 sigue existiendo'],
	[/^(.*) does not start with the host$/, '$1 no arranca con el anfitrión'],
];

/** A reason in the user's language. The words of other programs, which one looks up, are left as they are. */
export function reasonText(reason: string): Text {
	const known = sentences.find(([pattern]) => pattern.test(reason));
	return {en: reason, es: known ? reason.replace(...known) : reason};
}
