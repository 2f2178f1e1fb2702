import type {Cluster} from '../cluster/cluster.ts';
import {UserError} from '../user-error.ts';
import type {Language, Text} from '../languages/text.ts';
import {benchMessages} from '../measure/bench-messages.ts';
import type {CommonOptions} from './options.ts';

export interface BenchOptions extends CommonOptions {
	readonly requests?: string;
	readonly repeat?: string;
	readonly tool?: string;
	readonly servers?: string;
	readonly yes?: boolean;
}

/** What is to be measured. */
export interface BenchRequest {
	readonly tools: ReadonlyArray<'ab' | 'siege'>;
	/** How many servers in rotation, in order; 0: one server directly. */
	readonly servers: readonly number[];
	/** How many times each load is sent. */
	readonly repeat: number;
	/** As in the thesis: 10 at once, 100000 of them with ab and 20 s of them with siege; less where machines are emulated. */
	readonly concurrency: number;
	readonly requests: number;
	readonly seconds: number;
}

const concurrency = 10;

/** Loads of each kind where no other number is asked for, and seconds of one with siege. */
const repetitions = 3;
const siegeSeconds = {kvm: 20, tcg: 5} as const;

/** Seconds of load that the benchmarks send at least: siege's time is set, ab's is what its requests take. */
export function leastSeconds({servers, repeat, seconds, tools}: Pick<BenchRequest, 'servers' | 'repeat' | 'seconds' | 'tools'>): number {
	return tools.includes('siege') ? servers.length * repeat * seconds : 0;
}

/** The same of the benchmarks as they are without options. */
export function usualSeconds(acceleration: Cluster['acceleration'], webs: number): number {
	return leastSeconds({servers: Array.from({length: webs + 1}, (_, index) => index), repeat: repetitions, seconds: siegeSeconds[acceleration], tools: ['siege']});
}

/** Reads the options of `bench`. Throws `UserError` (2) when they make no sense for this cluster. */
export function readBenchRequest({requests, repeat, tool, servers}: BenchOptions, {acceleration, webs}: Cluster, language: Language): BenchRequest {
	const refuse = (text: Text): never => {
		throw new UserError(text[language], 2);
	};

	const whole = (option: string, text: string, from: number, to: number) =>
		/^\d+$/.test(text) && Number(text) >= from && Number(text) <= to ? Number(text) : refuse(benchMessages.notANumber(option, text, from, to));
	const isEmulated = acceleration === 'tcg';
	return {
		tools: tool === undefined ? ['ab', 'siege'] : tool === 'ab' || tool === 'siege' ? [tool] : refuse(benchMessages.unknownTool(tool)),
		servers: servers === undefined
			? [0, ...webs.map((_, index) => index + 1)]
			: [...new Set(servers.split(',').map(text => whole('--servers', text.trim(), 0, webs.length)))].toSorted((a, b) => a - b),
		repeat: whole('--repeat', repeat ?? String(repetitions), 1, 100),
		concurrency,
		requests: whole('--requests', requests ?? (isEmulated ? '1000' : '100000'), concurrency, 10_000_000),
		seconds: siegeSeconds[acceleration],
	};
}
