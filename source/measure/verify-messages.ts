import {verdictWords} from './messages.ts';
import {phrase, phraseIn, type Text} from '../languages/text.ts';

/** Messages of `verify` that all drills share. */
export const verifyMessages = {
	before: phrase('The cluster is as the test needs it'),
	undo: phrase('The cluster is brought back to how it was found'),
	prepare: phrase('What the test needs while it lasts'),
	notANumber: (value: string): Text =>
		phrase('--repeat {value}: a whole number from 1 to 1000 is wanted. Nothing was touched.', {value}),
	/** Appended to a failure that existed before the test. */
	runUp: phrase(
		'The test broke nothing: the cluster was found so. `cluster-wizard up` brings it back, and keeps a copy of a file that was changed by hand.',
	),
	interrupted: phraseIn('a test', 'interrupted'),
	clients: phrase('What clients see'),
	untilServed: phrase('requests answered one after the other'),
	untilHeld: phrase('both connections held through the event to be open again'),
	notServed: phrase('Clients were not served again afterwards'),
	void: (lateness: number): Text =>
		phrase(
			'The probe itself was late by {lateness} ms (95th percentile): its figures say nothing. Run it again while the host has less to do.',
			{lateness: lateness.toFixed(0)},
		),
	lost: (lost: number, sent: number): Text =>
		phrase('{lost} of {sent} requests were lost, where none may be', {lost, sent}),
	longer: (measured: number, predicted: number): Text =>
		phrase('It took {measured} s; by the settings it takes {predicted} s at most', {
			measured: measured.toFixed(1),
			predicted: predicted.toFixed(1),
		}),
	uneven: (counts: string): Text => phrase('The requests were not spread round robin: {counts}', {counts}),
	/** Introduces the list of tests, each with its cost to clients in brackets. */
	willHarm: (count: number): Text =>
		count === 1
			? phrase(
					"This test breaks a part of the cluster on purpose, and repairs it. In brackets: the most its clients notice by the cluster's settings.",
				)
			: phrase(
					"These tests break parts of the cluster on purpose, and repair them. In brackets: the most its clients notice by the cluster's settings.",
				),
	atMost: (what: string, seconds: string): Text => phrase('{what} for up to {seconds} s', {what, seconds}),
	unnoticed: phrase('nothing'),
	openDrills: (drills: readonly string[]): Text =>
		phrase('An earlier run was cut off in the middle of: {drills}. The cluster is brought back from it first.', {
			drills: drills.join(', '),
		}),
	notRestored: (command: string): Text =>
		phrase('The cluster could not be brought back to how it was found. Try again with: {command}', {command}),
	verdict: verdictWords,
	columns: {
		test: phrase('Test'),
		event: phrase('Event'),
		predicted: phrase('Predicted at most'),
		measured: phrase('Measured'),
		lost: phrase('Requests lost'),
		verdict: phrase('Verdict'),
		median: phrase('Median'),
		p95: phrase('95th percentile'),
		worst: phrase('Worst'),
		runs: phrase('Runs'),
	},
	of: {
		outage: phrase('outage'),
		affected: phrase('some requests lost'),
		none: phrase('no loss'),
	},
	emulated: phrase(
		'The machines are emulated, without hardware virtualization: predictions and limits are scaled accordingly.',
	),
	held: {
		'keep-alive': phrase('kept-alive connection'),
		download: phrase('slow download'),
	},
	survived: (gap: number): Text => phrase('survived, longest silence {value} s', {value: (gap / 1000).toFixed(1)}),
	broke: (reason: string, isAllowed: boolean): Text =>
		isAllowed ? phrase('broke, which the test allows: {reason}', {reason}) : phrase('broke: {reason}', {reason}),
	kept: (path: string): Text => phrase('Kept in {path}; `cluster-wizard report` makes a document of it.', {path}),
};
