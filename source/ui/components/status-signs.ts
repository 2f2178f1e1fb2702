import type {UnitRow} from '../state/run-state.ts';
import {paint} from './text.ts';

type Status = UnitRow['status'];

/** A sign and a colour for each status. Two statuses never differ in colour only. */
export const statusSigns: Record<Status, {sign: string; paint: (text: string) => string}> = {
	waiting: {sign: '·', paint: paint.dim},
	running: {sign: '▶', paint: paint.cyan},
	ok: {sign: '✔', paint: paint.green},
	changed: {sign: '✔', paint: paint.green},
	failed: {sign: '✖', paint: paint.red},
	skipped: {sign: '↷', paint: paint.dim},
	'would-change': {sign: '✎', paint: paint.yellow},
	unknown: {sign: '◌', paint: paint.dim},
	blocked: {sign: '■', paint: paint.yellow},
	interrupted: {sign: '■', paint: paint.yellow},
};

export function sign(status: Status): string {
	return statusSigns[status].paint(statusSigns[status].sign);
}
