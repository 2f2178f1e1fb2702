import type {EventBody, FailureReport} from './event.ts';
import type {Decision, Question} from './question.ts';
import type {Resource} from './resource.ts';
import type {TaskRequest} from './task-request.ts';
import type {TripMessage} from './trip-message.ts';

/** What a unit is told: the messages of its round trips, and the ends of what it asked for. */
export type UnitMessage =
	| TripMessage
	| {readonly type: 'begin' | 'trip-ended' | 'delayed'}
	| {readonly type: 'decided'; readonly decision: Decision};

/** What a unit wants done, in order. Of the second group a list has one at most, at its end: the next message answers it. */
export type UnitEffect =
	| {readonly type: 'emit'; readonly event: EventBody}
	| {readonly type: 'record'; readonly resource: Resource}
	| {readonly type: 'keep'; readonly path: string; readonly content: Buffer}

	| {readonly type: 'trip'; readonly requests: readonly TaskRequest[]}
	| {readonly type: 'ask'; readonly question: Question}
	| {readonly type: 'delay'; readonly seconds: number}
	| {readonly type: 'fail'; readonly report: FailureReport}
	| {readonly type: 'end'};
