import type {JobEvent} from '../../commands/json-event.ts';
import type {DrillResult, LoadSample, LoadSeries, ProbeRequest} from '../../measure/result.ts';

/** What a verification or the benchmarks have told so far, beside how far they are. */
export interface TestsState {
	/** The test that runs, or ran last. */
	readonly drill?: string;
	/** When it began: milliseconds since 1970. */
	readonly started?: number;
	/** What the probe beside it has seen, in the order in which requests ended. */
	readonly requests: readonly ProbeRequest[];
	/** When that probe began: milliseconds since 1970. */
	readonly origin?: number;
	/** Those that have ended. */
	readonly results: readonly DrillResult[];
	/** The last one may have further samples to come. */
	readonly load: readonly LoadSeries[];
	/** The load that is being sent. */
	readonly sending?: {readonly tool: LoadSample['tool']; readonly servers: number; readonly repetition: number; readonly of: number; readonly command: string; readonly since: number};
}

export const emptyTests: TestsState = {requests: [], results: [], load: []};

/** What is known after one more event. */
export function reduceTests(state: TestsState, event: JobEvent): TestsState {
	const time = Date.parse(event.time);
	switch (event.type) {
		case 'step-started': {
			// `2-crash:before`, `2-crash:1` …; the benchmarks begin with `bench`.
			const [drill, part] = event.unit.split(':');
			return drill === state.drill && part !== 'before' ? state : {...state, drill, started: time, requests: [], origin: undefined};
		}

		case 'request': {
			const {time: _, type, test, ...request} = event;
			// It is told when it has ended, or a little later; the earliest that any of them gives is nearest to the truth.
			const origin = time - (request.at + request.late + request.latency);
			return {...state, requests: [...state.requests, request as ProbeRequest], origin: Math.min(origin, state.origin ?? origin)};
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
			const series: LoadSeries = {tool: sample.tool, servers, command: before?.command ?? state.sending?.command ?? '', samples: [...before?.samples ?? [], sample]};
			return {...state, sending: undefined, load: [...state.load.filter(one => one !== before), series]};
		}

		default: {
			return state;
		}
	}
}

/** Milliseconds between two requests, as far as those that have ended tell. */
export function intervalOf(requests: readonly ProbeRequest[]): number {
	const times = requests.map(({at}) => at).sort((one, other) => one - other);
	const steps = times.slice(1).map((time, index) => time - times[index]!).filter(step => step > 0);
	return steps.length > 0 ? Math.min(...steps) : 50;
}
