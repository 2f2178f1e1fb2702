import {spokenDuration, spokenSize, about} from './quantity.ts';
import type {Text} from './text.ts';

const list = (names: readonly string[]) => names.join(', ');

/** Sentences of the plan. */
export const planMessages = {
	lookingAt: (chapter: string): Text => ({en: `Looking at what is there already: ${chapter}`, es: `Comprobando lo que ya hay: ${chapter}`}),
	publicRange: (name: string, cidr: string): Text => ({
		en: `WARNING: ${cidr} (networks.${name}.cidr) is a public range: this cluster's machines cannot reach the computers on the Internet that have its addresses. Private ranges are 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16.`,
		es: `AVISO: ${cidr} (networks.${name}.cidr) es un rango público: las máquinas de este clúster no podrán llegar a los equipos de Internet que tienen esas direcciones. Los rangos privados son 10.0.0.0/8, 172.16.0.0/12 y 192.168.0.0/16.`,
	}),
	on: (places: readonly string[]): Text => ({en: `on ${list(places)}`, es: `en ${list(places)}`}),
	node: ({vm, memory, disk, addresses}: {vm: string; memory: number; disk: number; addresses: readonly string[]}): Text => ({
		en: `machine ${vm}: ${spokenSize(memory, 'en')} of memory, disk of ${disk} GiB, ${list(addresses)}`,
		es: `máquina ${vm}: ${spokenSize(memory, 'es')} de memoria, disco de ${disk} GiB, ${list(addresses)}`,
	}),
	nodeAndDisks: (node: string): Text => ({en: `${node} and its disks`, es: `${node} y sus discos`}),
	byHand: {en: 'changed by hand, or by another program, since the last `up`', es: 'cambiado a mano, o por otro programa, desde el último `up`'},
	restarts: (service: string): Text => ({en: `restart ${service}`, es: `reiniciar ${service}`}),
	reads: (path: string): Text => ({en: `it reads ${path}`, es: `lee ${path}`}),
	everythingOn: (place: string): Text => ({en: `everything on ${place}: it can be looked at once ${place} runs`, es: `todo lo de ${place}: se podrá comprobar cuando ${place} esté en marcha`}),
	mayLose: (seconds: number): Text => ({en: `requests may be lost for up to ${spokenDuration(Math.ceil(seconds), 'en')}`, es: `se pueden perder peticiones durante un máximo de ${spokenDuration(Math.ceil(seconds), 'es')}`}),
	chapters: {en: 'Chapters with something to do, some of them at the same time:', es: 'Capítulos en los que hay algo que hacer, algunos a la vez:'},
	chapter: (step: string, title: string, seconds: number): Text => ({en: `${title} (${step}): ${about(seconds).en}`, es: `${title} (${step}): ${about(seconds).es}`}),
	scaled: (key: string, chosen: string, used: string): Text => ({
		en: `${key} ${chosen} counts as ${used} here, because the machines are emulated.`,
		es: `${key} ${chosen} cuenta aquí como ${used}, porque las máquinas son emuladas.`,
	}),
	failed: {en: 'This does not hold, and `up` does not change it:', es: 'Esto no se cumple, y `up` no lo cambia:'},
	waits: (seconds: number): Text => ({en: `\`up\` waits up to ${seconds} s for it, and then fails`, es: `\`up\` lo espera hasta ${seconds} s y después falla`}),
	hostUnfit: {en: 'This computer does not fit, so `up` would change nothing:', es: 'Este equipo no reúne las condiciones, así que `up` no cambiaría nada:'},
	asks: {en: '`up` asks before it begins:', es: '`up` pregunta antes de empezar:'},
	unknown: (count: number): Text => ({en: `Not known before the changes are made: ${count}`, es: `No se sabe hasta hacer los cambios: ${count}`}),
	nothing: {en: 'Nothing has to be changed.', es: 'No hay nada que cambiar.'},
	summary: ({add, change, remove}: {add: number; change: number; remove: number}): Text => ({
		en: `Plan: ${add} to add, ${change} to change, ${remove} to remove.`,
		es: `Plan: ${add} por añadir, ${change} por cambiar, ${remove} por eliminar.`,
	}),
};
