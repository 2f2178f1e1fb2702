import type {EventBody, FailureReport} from './event.ts';
import type {Decision, Question} from './question.ts';
import type {Resource} from './resource.ts';
import type {TaskRequest} from './task-request.ts';
import type {TripMessage} from './trip-message.ts';

/** Input of `unitStep`: messages of round trips, and answers to the unit's effects. */
export type UnitMessage =
	| TripMessage
	| {readonly type: 'begin' | 'trip-ended' | 'delayed'}
	| {readonly type: 'decided'; readonly decision: Decision};

/**
 * Output of `unitStep`, performed in order. From `trip` on, each effect ends its list and is answered by the next
 * message.
 */
export type UnitEffect =
	| {readonly type: 'emit'; readonly event: EventBody}
	| {readonly type: 'record'; readonly resource: Resource}
	| {readonly type: 'wrote'; readonly path: string; readonly digest: string}
	| {readonly type: 'keep'; readonly path: string; readonly content: Buffer}
	| {readonly type: 'trip'; readonly requests: readonly TaskRequest[]}
	| {readonly type: 'ask'; readonly question: Question}
	| {readonly type: 'delay'; readonly seconds: number}
	| {readonly type: 'fail'; readonly report: FailureReport}
	| {readonly type: 'end'};
