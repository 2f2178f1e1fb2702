import type {styleText} from 'node:util';
import type {UnitStatus} from '../engine/event.ts';

export type Style = Parameters<typeof styleText>[0];

/** A sign and a colour for each status. */
export const statusMarks: Record<UnitStatus, {unicode: string; ascii: string; style: Style}> = {
	ok: {unicode: '✔', ascii: 'ok', style: 'green'},
	changed: {unicode: '✚', ascii: '+', style: 'yellow'},
	failed: {unicode: '✖', ascii: 'X', style: 'red'},
	skipped: {unicode: '↷', ascii: '-', style: 'dim'},
	'would-change': {unicode: '✎', ascii: '*', style: 'yellow'},
	unknown: {unicode: '?', ascii: '?', style: 'dim'},
	blocked: {unicode: '■', ascii: '#', style: 'dim'},
	interrupted: {unicode: '■', ascii: '#', style: 'yellow'},
};

/** `3.2 s`, `2 min 05 s`. */
export function seconds(duration: number): string {
	if (duration < 60) {
		return `${duration.toFixed(1)} s`;
	}

	const whole = Math.round(duration);
	return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}
