import type {Cluster} from '../../source/cluster/cluster.ts';
import {sh} from '../../source/shell/command.ts';
import {isHarmful, type Drill, type PlacedTask} from '../../source/engine/drill.ts';
import {phrase} from '../../source/languages/text.ts';
import {webRoot} from '../places.ts';

const file = 'cluster-wizard-download.bin';

/** Size in MiB: long enough for a slow download to outlast any drill. The file is sparse, so it takes no space. */
const size = 512;

/** URL path of the slow download. */
export const downloadPath = `/${file}`;

/** Adds a long file to the pages for the duration of a drill that injects faults. */
export function withDownload(drill: Drill): Drill {
	return {
		...drill,
		scenario(cluster) {
			const course = drill.scenario(cluster);
			const {made, gone} = longFile(cluster);
			return isHarmful(course) ? {...course, prepare: [made], undo: [...course.undo, gone]} : course;
		},
	};
}

function longFile({storage}: Cluster): {made: PlacedTask; gone: PlacedTask} {
	const path = `${webRoot}/${file}`;
	const made: PlacedTask = {
		on: storage.name,
		task: {
			title: phrase('Make a long file for a slow download'),
			check: sh`[ "$(stat -c %s ${path} 2>/dev/null)" = ${size * 1024 * 1024} ] || { echo ${`${path}: missing`}; exit 1; }`,
			apply: [sh`truncate -s ${size}M ${path}`],
		},
	};
	const gone: PlacedTask = {
		on: storage.name,
		task: {
			title: phrase('Remove the long file'),
			check: sh`[ ! -e ${path} ] || { echo ${`${path} is there`}; exit 1; }`,
			apply: [sh`rm -f ${path}`],
		},
	};
	return {made, gone};
}
