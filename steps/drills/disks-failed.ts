import type {Cluster} from '../../source/cluster/cluster.ts';
import {drill, type Phase} from '../../source/engine/drill.ts';
import {phrase} from '../../source/languages/text.ts';
import {failedMember} from '../../source/tasks/array-member.ts';
import {pagesForgotten, pagesRemembered, pagesUnchanged} from '../../source/tasks/pages-digest.ts';
import {webRoot} from '../places.ts';
import {wholeArray} from '../raid.ts';
import {nothingLost} from './predictions.ts';
import {roundRobin, healthyCluster, restoreCluster} from './whole.ts';

export const disksFailed = drill({
	id: 'disks',
	chapter: '',
	title: phrase('Disks of the array fail'),
	explanation: ({raid: {level}}) =>
		phrase(
			'While requests go on, one disk of the array is marked as failed{level, plural, =6 {, and then a second one} other {}}: as many as RAID {level} {level, plural, =10 {is sure to bear} other {bears}}. Every page must still be read right from what is left{level, plural, =10 {} other {, computed from parity}} (the SHA-256 of all pages is compared, read from the disks and not from memory), and no request may be lost. Then {level, plural, =6 {the disks are} other {the disk is}} added again, and the array is rebuilt until every member is active.',
			{level},
		),
	scenario(cluster) {
		const {
			raid: {level, serials},
			storage: {name},
		} = cluster;
		// Only RAID 6 always survives two failed disks; RAID 10 does so only for some pairs, RAID 4 and 5 never.
		const failing = serials.slice(0, level === 6 ? 2 : 1);
		const phase = (serial: string, index: number): Phase => ({
			title: phrase('The disk {serial} fails', {serial}),
			inject: [
				...(index === 0 ? [{on: name, task: pagesRemembered(webRoot)}] : []),
				{on: name, task: failedMember(cluster, serial)},
			],
			expect: pagesServed(cluster),
			predict: nothingLost,
		});
		return {
			precheck: healthyCluster(cluster),
			phases: [
				...failing.map((serial, index) => phase(serial, index)),
				{
					title:
						failing.length === 1
							? phrase('The disk is added again, and the array is rebuilt')
							: phrase('The disks are added again, and the array is rebuilt'),
					inject: [{on: name, task: wholeArray(cluster)}],
					expect: pagesServed(cluster),
					predict: nothingLost,
				},
			],
			undo: [...restoreCluster(cluster), {on: name, task: pagesForgotten()}],
		};
	},
});

function pagesServed(cluster: Cluster): Phase['expect'] {
	return [
		{on: cluster.storage.name, task: pagesUnchanged(webRoot)},
		{on: 'host', task: roundRobin(cluster)},
	];
}
