import type {Cluster} from '../../source/answers/cluster.ts';
import {drill, type Phase} from '../../source/engine/drill.ts';
import {failedMember} from '../../source/tasks/array-member.ts';
import {pagesForgotten, pagesRemembered, pagesUnchanged} from '../../source/tasks/pages-digest.ts';
import {webRoot} from '../places.ts';
import {wholeArray} from '../raid.ts';
import {nothingLost} from './predictions.ts';
import {inTurn, whole, wholeAgain} from './whole.ts';

export const disksFailed = drill({
	id: 'disks',
	chapter: '',
	title: {en: 'Disks of the array fail', es: 'Fallan discos del RAID'},
	explanation: ({raid: {level}}) => ({
		en: `While requests go on, one disk of the array is marked as failed${level === 6 ? ', and then a second one' : ''}: as many as RAID ${level} ${level === 10 ? 'is sure to bear' : 'bears'}. Every page must still be read right from what is left${level === 10 ? '' : ', computed from parity'} (the SHA-256 of all pages is compared, read from the disks and not from memory), and no request may be lost. Then ${level === 6 ? 'the disks are' : 'the disk is'} added again, and the array is rebuilt until every member is active.`,
		es: `Mientras siguen las peticiones, se marca como fallido un disco del RAID${level === 6 ? ' y después un segundo' : ''}: tantos como ${level === 10 ? 'aguanta con seguridad' : 'aguanta'} RAID ${level}. Todas las páginas deben seguir leyéndose bien de lo que queda${level === 10 ? '' : ', calculadas a partir de la paridad'} (se compara el SHA-256 de todas las páginas, leídas de los discos y no de la memoria), y no se puede perder ninguna petición. Después se ${level === 6 ? 'vuelven a añadir los discos' : 'vuelve a añadir el disco'} y el RAID se reconstruye hasta que todos los miembros están activos.`,
	}),
	course(cluster) {
		const {raid: {level, serials}, storage: {name}} = cluster;
		// RAID 10 may survive two, by luck: the other levels but 6 never do.
		const failing = serials.slice(0, level === 6 ? 2 : 1);
		const phase = (serial: string, index: number): Phase => ({
			title: {en: `The disk ${serial} fails`, es: `Falla el disco ${serial}`},
			inject: [
				...index === 0 ? [{on: name, task: pagesRemembered(webRoot)}] : [],
				{on: name, task: failedMember(cluster, serial)},
			],
			expect: pagesServed(cluster),
			predict: nothingLost,
		});
		return {
			precheck: whole(cluster),
			phases: [
				...failing.map((serial, index) => phase(serial, index)),
				{
					title: failing.length === 1
						? {en: 'The disk is added again, and the array is rebuilt', es: 'Se vuelve a añadir el disco y el RAID se reconstruye'}
						: {en: 'The disks are added again, and the array is rebuilt', es: 'Se vuelven a añadir los discos y el RAID se reconstruye'},
					inject: [{on: name, task: wholeArray(cluster)}],
					expect: pagesServed(cluster),
					predict: nothingLost,
				},
			],
			undo: [...wholeAgain(cluster), {on: name, task: pagesForgotten()}],
		};
	},
});

function pagesServed(cluster: Cluster): Phase['expect'] {
	return [
		{on: cluster.storage.name, task: pagesUnchanged(webRoot)},
		{on: 'host', task: inTurn(cluster)},
	];
}
