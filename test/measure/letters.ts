import type {Outcome, ProbeRequest} from '../../source/measure/result.ts';

/**
 * One request each 100 ms, one letter each: 1 2 3 answered by that server, each in 10 ms, through master, or standby after
 * a `/`; S sorry page; x lost at once; t lost after 2 s; l answered by server1 after 1 s.
 */
export function requests(text: string): ProbeRequest[] {
	const [before = '', after = ''] = text.split('/');
	return [...(before + after)].map((letter, index): ProbeRequest => {
		const server = /\d/.test(letter) ? `server${letter}` : letter === 'l' ? 'server1' : undefined;
		const outcome: Outcome = server ? 'answered' : letter === 'S' ? 'sorry' : letter === 't' ? 'timeout' : 'refused';
		const latency = letter === 't' ? 2000 : letter === 'l' ? 1000 : 10;
		return {at: index * 100, late: 0, latency, outcome, server, director: index < before.length ? 'master' : 'standby'};
	});
}
