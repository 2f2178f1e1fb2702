import {roleOf, step} from '../source/engine/step.ts';
import {roleImages} from '../source/images/image.ts';
import {phrase} from '../source/languages/text.ts';
import {roleImageTask} from '../source/tasks/image.ts';

export const images = step({
	id: 'images',
	name: phrase('Disks by role'),
	chapter: '4.5',
	title: phrase('A disk for each role'),
	on: 'machine',
	each: 'role',
	needs: ['base-image'],
	mends: [558],
	tasks: (cluster, subject) =>
		roleImages(cluster, roleOf(subject)).map(image => roleImageTask(cluster, image, roleOf(subject))),
});
