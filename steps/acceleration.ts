import {step} from '../source/engine/step.ts';
import {baseImage} from '../source/images/image.ts';
import {accelerationTask} from '../source/tasks/acceleration.ts';

export const acceleration = step({
	id: 'acceleration',
	name: {en: 'Acceleration', es: 'Aceleración'},
	chapter: '4.2',
	title: {en: 'Hardware virtualization', es: 'Virtualización por hardware'},
	on: 'machine',
	needs: ['packages', 'base-image'],
	tasks: cluster => [accelerationTask(cluster, baseImage(cluster).path)],
});
