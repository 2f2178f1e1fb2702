import {phrase, type Text} from '../languages/text.ts';

/** Messages of commands that find another process working on the cluster. */
export const busyMessages = {
	busy: (name: string, work: Text, progress: Text | undefined): Text =>
		phrase('{name}: {work}{hasProgress, select, true { ({progress})} other {}}.', {
			name,
			work,
			hasProgress: Boolean(progress),
			progress: progress ?? '',
		}),
	progress: (done: number, all: number): Text => phrase('{done} of {all} parts are done', {done, all}),
	plan: phrase(
		'The plan can be made once that has ended. Meanwhile `cluster-wizard status` shows the cluster. Nothing was touched.',
	),
	sandbox: phrase('Its sandbox does not run at the moment. Wait for that process.'),
	wait: phrase('Wait until that has ended. Nothing was touched.'),
	page: phrase('The page may not answer yet.'),
};
