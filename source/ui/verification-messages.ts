import {phrase, phraseIn, type Text} from '../languages/text.ts';

/** Texts of the verification screen, besides those of `verify` and `bench`. */
export const verificationMessages = {
	intro: phrase('What the cluster promises, proved and measured on the machines.'),
	open: (drills: readonly string[]): Text =>
		phrase('Cut off: {drills}. Whatever test runs next brings the cluster back first.', {drills: drills.join(', ')}),
	good: (count: number): Text => (count === 1 ? phrase('It holds.') : phrase('All {count} tests passed.', {count})),
	bad: (count: number, drills: readonly string[]): Text =>
		count === 1
			? phrase('It does not hold.')
			: phrase('{drills} of {count} did not pass: {drills2}', {
					drills: drills.length,
					count,
					drills2: drills.join(', '),
				}),
	interrupted: (drill: string): Text => phrase('Stopped in {drill}; the cluster is as it was found.', {drill}),
	measured: phrase('Measured.'),
	ended: (code: number): Text => phrase('Ended early (exit code {code}).', {code}),
	/** The benchmarks are not counted. */
	test: (index: number, count: number): Text => phrase('test {index} of {count}', {index, count}),
	benchmarks: phraseIn('the list', 'benchmarks'),
	kept: phrase('measured'),
	all: phrase('all'),
	result: phrase('result'),
	about: phrase('about'),
	more: phrase('more'),
	chapter: (chapter: string): Text => phrase('thesis {chapter}', {chapter}),
	never: phrase('Not run yet.'),
	took: (time: string): Text => phrase('took {time}', {time}),
	lost: (lost: number, sent: number): Text => phrase('{lost} of {sent} lost', {lost, sent}),
	notRestored: phrase('The cluster could not be brought back to how it was found.'),
	place: (index: number, count: number): Text => phrase('{index} of {count}', {index, count}),
	before: phrase('beforehand'),
	undo: phrase('bringing the cluster back'),
	mending: (drill: string): Text =>
		phrase('An earlier run was cut off in {drill}: the cluster is brought back', {drill}),
	waiting: (seconds: string, limit: string, reason: string): Text =>
		phrase('waiting {seconds} of at most {limit}: {reason}', {seconds, limit, reason}),
	requests: (sent: number, lost: number): Text => phrase('Requests: {sent} sent, {lost} lost', {sent, lost}),
	silence: phrase('No requests yet'),
	sending: (tool: string, repetition: number, of: number): Text =>
		phrase('{tool}, {repetition} of {of}', {tool, repetition, of}),
	silent: (time: string): Text => phrase('(silent for {time})', {time}),
} satisfies Record<string, unknown>;
