import {phrase, type Text} from '../languages/text.ts';

/** Messages of a run. */
export const runMessages = {
	/** Reason for waiting: the node's lock is taken. */
	busy: phrase('another command of cluster-wizard is still at work there'),
	/** Reason why a dry run cannot check something yet. */
	notThereYet: (place: string): Text => phrase('{place} cannot be reached before it is started', {place}),
	willRead: (path: string): Text => phrase('it reads {path}, which will be written', {path}),
	adviceUnreachable: phrase(
		'See whether the machine runs (virsh list --all), then run the same command again: it goes on where it stopped.',
	),
	adviceLimit: phrase(
		'It took longer than it ever should. Look at the log, then run the same command again: it goes on where it stopped.',
	),
	again: phrase('Then run the same command again: it goes on where it stopped.'),
	adviceFailed: phrase('Mend what the last lines name, then run the same command again: it goes on where it stopped.'),
} satisfies Record<string, Text | ((...words: never[]) => Text)>;
