import type {Outcome, Verdict} from '../measure/result.ts';
import type {Text} from './text.ts';

/** How a request of the probe ended. */
export const outcomeWords: Readonly<Record<Outcome, Text>> = {
	'answered': {en: 'answered', es: 'contestada'},
	'sorry': {en: 'sorry page', es: 'página de disculpa'},
	'wrong-content': {en: 'wrong content', es: 'contenido erróneo'},
	'refused': {en: 'refused', es: 'rechazada'},
	'reset': {en: 'reset', es: 'cortada'},
	'timeout': {en: 'no answer', es: 'sin respuesta'},
	'unreachable': {en: 'unreachable', es: 'inalcanzable'},
};

/** What a test showed. */
export const verdictWords: Readonly<Record<Verdict, Text>> = {
	passed: {en: 'passed', es: 'superada'},
	failed: {en: 'failed', es: 'no superada'},
	void: {en: 'void', es: 'sin validez'},
	interrupted: {en: 'interrupted', es: 'interrumpida'},
};
