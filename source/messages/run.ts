import type {Text} from './text.ts';

/** What a run says of itself. */
export const runMessages = {
	/** Why nothing happens on a machine yet. */
	busy: {en: 'another command of cluster-wizard is still at work there', es: 'otra orden de cluster-wizard sigue trabajando allí'},
	/** Why something is not known before the changes are made. */
	notThereYet: (place: string): Text => ({en: `${place} cannot be reached before it is started`, es: `no se puede llegar a ${place} antes de arrancarlo`}),
	willRead: (path: string): Text => ({en: `it reads ${path}, which will be written`, es: `lee ${path}, que se va a escribir`}),
	adviceUnreachable: {
		en: 'See whether the machine runs (virsh list --all), then run the same command again: it goes on where it stopped.',
		es: 'Compruebe si la máquina está en marcha (virsh list --all) y repita la misma orden: continúa donde se quedó.',
	},
	adviceLimit: {
		en: 'It took longer than it ever should. Look at the log, then run the same command again: it goes on where it stopped.',
		es: 'Ha tardado más de lo que debería. Mire el registro y repita la misma orden: continúa donde se quedó.',
	},
	again: {
		en: 'Then run the same command again: it goes on where it stopped.',
		es: 'Después repita la misma orden: continúa donde se quedó.',
	},
	adviceFailed: {
		en: 'Mend what the last lines name, then run the same command again: it goes on where it stopped.',
		es: 'Corrija lo que dicen las últimas líneas y repita la misma orden: continúa donde se quedó.',
	},
} satisfies Record<string, Text | ((...words: never[]) => Text)>;
