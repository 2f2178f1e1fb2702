import type {Cluster} from '../cluster/cluster.ts';
import {UserError} from '../user-error.ts';
import type {Language, Text} from '../languages/text.ts';
import {benchMessages} from '../measure/bench-messages.ts';
import type {CommonOptions} from '../command-line/options.ts';

export interface BenchOptions extends CommonOptions {
	readonly requests?: string;
	readonly repeat?: string;
	readonly tool?: string;
	readonly servers?: string;
	readonly yes?: boolean;
}

/** The loads to be measured. */
export interface BenchRequest {
	readonly tools: ReadonlyArray<'ab' | 'siege'>;
	/** Numbers of servers in rotation, ascending; 0 means one server without a director. */
	readonly servers: readonly number[];
	/** Number of repetitions of each load. */
	readonly repeat: number;
	/**
	 * The thesis's values: 10 concurrent requests, 100000 in all with ab, 20 s with siege; fewer requests and seconds
	 * under emulation.
	 */
	readonly concurrency: number;
	readonly requests: number;
	readonly seconds: number;
}

const concurrency = 10;

/** Default number of repetitions, and seconds of one load with siege. */
const repetitions = 3;
const siegeSeconds = {kvm: 20, tcg: 5} as const;

/** Minimum seconds of load: siege runs for a fixed time; the time of ab is unknown in advance and not counted. */
export function leastSeconds({
	servers,
	repeat,
	seconds,
	tools,
}: Pick<BenchRequest, 'servers' | 'repeat' | 'seconds' | 'tools'>): number {
	return tools.includes('siege') ? servers.length * repeat * seconds : 0;
}

/** `leastSeconds` of benchmarks without options. */
export function usualSeconds(acceleration: Cluster['acceleration'], webs: number): number {
	return leastSeconds({
		servers: Array.from({length: webs + 1}, (_, index) => index),
		repeat: repetitions,
		seconds: siegeSeconds[acceleration],
		tools: ['siege'],
	});
}

/**
 * Parses the options of `bench`.
 * @throws UserError (exit code 2) if they are invalid for this cluster
 */
export function readBenchRequest(
	{requests, repeat, tool, servers}: BenchOptions,
	{acceleration, webs}: Cluster,
	language: Language,
): BenchRequest {
	const refuse = (text: Text): never => {
		throw new UserError('option-value', text[language]);
	};

	const whole = (option: string, text: string, from: number, to: number) =>
		/^\d+$/.test(text) && Number(text) >= from && Number(text) <= to
			? Number(text)
			: refuse(benchMessages.notANumber(option, text, from, to));
	const isEmulated = acceleration === 'tcg';
	return {
		tools:
			tool === undefined
				? ['ab', 'siege']
				: tool === 'ab' || tool === 'siege'
					? [tool]
					: refuse(benchMessages.unknownTool(tool)),
		servers:
			servers === undefined
				? [0, ...webs.map((_, index) => index + 1)]
				: [...new Set(servers.split(',').map(text => whole('--servers', text.trim(), 0, webs.length)))].toSorted(
						(a, b) => a - b,
					),
		repeat: whole('--repeat', repeat ?? String(repetitions), 1, 100),
		concurrency,
		requests: whole('--requests', requests ?? (isEmulated ? '1000' : '100000'), concurrency, 10_000_000),
		seconds: siegeSeconds[acceleration],
	};
}
