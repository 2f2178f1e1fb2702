import type {Text} from './text.ts';

/** Words of `move`: the VIPs and ldirectord go to the other director. */
export const moveMessages = {
	title: (director: string): Text => ({en: `Move the VIPs and ldirectord to ${director}`, es: `Llevar las VIP y ldirectord a ${director}`}),
	undo: {en: 'Take the move back', es: 'Deshacer el traslado'},
	/** @param seconds the outage by the cluster's settings, at most */
	willMove: (director: string, seconds: string): Text => ({
		en: `The VIPs and ldirectord are moved to ${director}. Clients notice an outage for up to ${seconds} s.`,
		es: `Las VIP y ldirectord se llevan a ${director}. Los clientes notan un corte de hasta ${seconds} s.`,
	}),
	willHold: (director: string, home: string): Text => ({
		en: `By the answers (ha.failback) they belong on ${home}: a constraint holds them on ${director}, as long as that is up, until they are moved back to ${home}.`,
		es: `Según las respuestas (ha.failback) les corresponde ${home}: una restricción las mantiene en ${director}, mientras funcione, hasta que se devuelvan a ${home}.`,
	}),
	moved: (director: string): Text => ({en: `The VIPs and ldirectord are on ${director}.`, es: `Las VIP y ldirectord están en ${director}.`}),
	there: (director: string): Text => ({en: `The VIPs and ldirectord are on ${director} already.`, es: `Las VIP y ldirectord ya están en ${director}.`}),
	nowhere: {
		en: 'The VIPs and ldirectord are on neither director, so there is nothing to move. `status` shows what is wrong.',
		es: 'Las VIP y ldirectord no están en ningún director, así que no hay nada que trasladar. `status` muestra lo que falla.',
	},
	notDirector: (name: string, directors: readonly string[]): Text => ({en: `"${name}" is no director. There are: ${directors.join(', ')}.`, es: `«${name}» no es un director. Hay: ${directors.join(', ')}.`}),
} satisfies Record<string, unknown>;
