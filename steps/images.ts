import {roleOf, step} from '../source/engine/step.ts';
import {roleImages} from '../source/images/image.ts';
import {roleImageTask} from '../source/tasks/image.ts';

export const images = step({
	id: 'images',
	name: {en: 'Disks by role', es: 'Discos por rol'},
	chapter: '4.5',
	title: {en: 'A disk for each role', es: 'Un disco para cada papel'},
	on: 'machine',
	each: 'role',
	needs: ['base-image'],
	mends: [558],
	tasks: (cluster, subject) => roleImages(cluster, roleOf(subject)).map(image => roleImageTask(cluster, image, roleOf(subject))),
});
