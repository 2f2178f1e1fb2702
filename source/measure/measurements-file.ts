import type {StateDirectory} from '../state/directory.ts';
import {version} from '../version.ts';
import type {Measurements} from './result.ts';

const file = 'reports/measurements.json';

/** What has been measured on this cluster so far; nothing yet gives empty lists. */
export function readMeasurements(state: StateDirectory): Measurements {
	const text = state.read(file);
	if (text !== undefined) {
		try {
			return JSON.parse(text) as Measurements;
		} catch {
			// It is written aside and renamed, so somebody else has changed it: it is kept under another name.
			state.write(`${file}.unreadable`, text);
		}
	}

	return {version, at: new Date().toISOString(), drills: [], load: []};
}

/**
 * Adds to what has been measured. A test that was run again replaces what it gave before, all its repetitions together;
 * so does a load with the same tool against as many servers.
 */
export function writeMeasurements(state: StateDirectory, part: Partial<Pick<Measurements, 'drills' | 'load'>>): Measurements {
	const before = readMeasurements(state);
	const {drills = [], load = []} = part;
	const measurements: Measurements = {
		version,
		at: new Date().toISOString(),
		drills: [...before.drills.filter(({id}) => drills.every(drill => drill.id !== id)), ...drills],
		load: [...before.load.filter(old => load.every(({tool, servers}) => tool !== old.tool || servers !== old.servers)), ...load],
	};
	state.create('reports');
	state.write(file, `${JSON.stringify(measurements, null, '\t')}\n`);
	return measurements;
}
