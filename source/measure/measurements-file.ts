import type {StateDirectory} from '../state/directory.ts';
import {parseJson} from '../text/json.ts';
import {version} from '../version.ts';
import {validationMessage} from '../text/validation-message.ts';
import {measurementsSchema} from './measurements-schema.ts';
import type {Measurements} from './result.ts';

const file = 'reports/measurements.json';

export interface StoredMeasurements {
	/** All measurements of this cluster so far; empty lists if there are none or the file is damaged. */
	readonly measurements: Measurements;
	/** Description of the damage; undefined if the file is intact or missing. */
	readonly problem?: string;
}

/** Reads the measurements of this cluster. Writes nothing. */
export function readMeasurements(state: StateDirectory): StoredMeasurements {
	const none: Measurements = {version, at: new Date().toISOString(), drills: [], load: []};
	const text = state.read(file);
	if (text === undefined) {
		return {measurements: none};
	}

	try {
		return {measurements: measurementsSchema.parse(parseJson(text))};
	} catch (error) {
		return {measurements: none, problem: validationMessage(error)};
	}
}

/**
 * Merges new measurements into the file. The results of a test replace all its earlier results; a load series replaces the
 * earlier one with the same tool and number of servers. A copy of a damaged file is kept as `measurements.json.unreadable`.
 */
export function writeMeasurements(
	state: StateDirectory,
	part: Partial<Pick<Measurements, 'drills' | 'load'>>,
): Measurements {
	const {measurements: before, problem} = readMeasurements(state);
	const {drills = [], load = []} = part;
	const measurements: Measurements = {
		version,
		at: new Date().toISOString(),
		drills: [...before.drills.filter(({id}) => drills.every(drill => drill.id !== id)), ...drills],
		load: [
			...before.load.filter(old => load.every(({tool, servers}) => tool !== old.tool || servers !== old.servers)),
			...load,
		],
	};
	state.create('reports');
	if (problem !== undefined) {
		state.write(`${file}.unreadable`, state.read(file)!);
	}

	state.write(file, `${JSON.stringify(measurements, null, '\t')}\n`);
	return measurements;
}
