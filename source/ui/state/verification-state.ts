import type {JobEvent} from '../../planning/json-event.ts';
import type {DrillResult, LoadSample, LoadSeries, ProbeRequest} from '../../measure/result.ts';

/** Results that a verification or the benchmarks have reported so far. Their progress is in `RunState`. */
export interface VerificationState {
	/** Id of the test that runs, or ran last. */
	readonly drill?: string;
	/** When the test began: milliseconds since 1970. */
	readonly started?: number;
	/** Requests of the probe that runs during the test, in the order in which they ended. */
	readonly requests: readonly ProbeRequest[];
	/** When the probe began: milliseconds since 1970, estimated from its requests. */
	readonly origin?: number;
	/** Results of the tests that have ended. */
	readonly results: readonly DrillResult[];
	/** Benchmark results; the last series may still get samples. */
	readonly load: readonly LoadSeries[];
	/** The benchmark command that is running. `since`: milliseconds since 1970. */
	readonly sending?: {
		readonly tool: LoadSample['tool'];
		readonly servers: number;
		readonly repetition: number;
		readonly of: number;
		readonly command: string;
		readonly since: number;
	};
}

export const emptyTests: VerificationState = {requests: [], results: [], load: []};

/** Returns the state after an event. */
export function reduceTests(state: VerificationState, event: JobEvent): VerificationState {
	const time = Date.parse(event.time);
	switch (event.type) {
		case 'step-started': {
			// Units are named `2-crash:before`, `2-crash:1` …; those of the benchmarks begin with `bench`.
			const [drill, part] = event.unit.split(':');
			return drill === state.drill && part !== 'before'
				? state
				: {...state, drill, started: time, requests: [], origin: undefined};
		}

		case 'request': {
			const {time: _, type, test, ...request} = event;
			// An event is reported when its request ends or a little later, so the earliest origin is the most accurate.
			const origin = time - (request.at + request.late + request.latency);
			return {
				...state,
				requests: [...state.requests, request as ProbeRequest],
				origin: Math.min(origin, state.origin ?? origin),
			};
		}

		case 'drill-finished': {
			const {time: _, type, ...result} = event;
			return {...state, results: [...state.results, result]};
		}

		case 'load-started': {
			const {time: _, type, ...sending} = event;
			return {...state, sending: {...sending, since: time}};
		}

		case 'sample': {
			const {time: _, type, servers, repetition, ...sample} = event;
			const before = state.load.find(series => series.tool === sample.tool && series.servers === servers);
			const series: LoadSeries = {
				tool: sample.tool,
				servers,
				command: before?.command ?? state.sending?.command ?? '',
				samples: [...(before?.samples ?? []), sample],
			};
			return {...state, sending: undefined, load: [...state.load.filter(one => one !== before), series]};
		}

		default: {
			return state;
		}
	}
}

/** Milliseconds between two requests, estimated from those that have ended; 50 before there are two. */
export function estimateInterval(requests: readonly ProbeRequest[]): number {
	const times = requests.map(({at}) => at).sort((one, other) => one - other);
	const steps = times
		.slice(1)
		.map((time, index) => time - times[index]!)
		.filter(step => step > 0);
	return steps.length > 0 ? Math.min(...steps) : 50;
}
