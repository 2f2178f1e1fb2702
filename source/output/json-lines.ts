import type {Reporter} from './reporter.ts';

/** Writes each event as one line of JSON. */
export function jsonLines(output: NodeJS.WritableStream): Reporter {
	return {
		report(event) {
			output.write(`${JSON.stringify(event)}\n`);
		},
	};
}
