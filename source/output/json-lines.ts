import type {Reporter} from './reporter.ts';

/** One event a line on standard output, and nothing else there. */
export function jsonLines(output: NodeJS.WritableStream): Reporter {
	return {
		report(event) {
			output.write(`${JSON.stringify(event)}\n`);
		},
	};
}
