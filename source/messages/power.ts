import type {Text} from './text.ts';

/** Words of `stop` and `start`: the whole cluster, with its machines. */
export const powerMessages = {
	stopTitle: {en: 'Stop the whole cluster', es: 'Parar todo el clúster'},
	startTitle: {en: 'Start the whole cluster', es: 'Arrancar todo el clúster'},
	/** @param start the command that ends it */
	willStop: (count: number, start: string): Text => ({
		en: `All ${count} machines are shut down, the storage last. Clients get no page until \`${start}\`.`,
		es: `Se apagan las ${count} máquinas, el almacenamiento al final. Los clientes se quedan sin página hasta \`${start}\`.`,
	}),
	stopped: (duration: string): Text => ({en: `All machines are off (${duration}).`, es: `Todas las máquinas están apagadas (${duration}).`}),
	alreadyStopped: {en: 'All machines are off already.', es: 'Todas las máquinas ya están apagadas.'},
	started: (time: string, duration: string): Text => ({en: `The page is answered again since ${time} (${duration}).`, es: `La página vuelve a responder desde las ${time} (${duration}).`}),
	notBuilt: {en: 'The cluster has no machines yet: `cluster-wizard up` builds them.', es: 'El clúster aún no tiene máquinas: `cluster-wizard up` las construye.'},
	noLibvirt: {en: 'libvirt does not answer, so the machines cannot be stopped or started. `systemctl status libvirtd` shows why.', es: 'libvirt no responde, así que no se pueden parar ni arrancar las máquinas. `systemctl status libvirtd` muestra por qué.'},
} satisfies Record<string, unknown>;
