import {step} from '../source/engine/step.ts';
import {baseImage} from '../source/images/image.ts';
import {phrase} from '../source/languages/text.ts';
import {accelerationTask} from '../source/tasks/acceleration.ts';

export const acceleration = step({
	id: 'acceleration',
	name: phrase('Acceleration'),
	chapter: '4.2',
	title: phrase('Hardware virtualization'),
	on: 'machine',
	needs: ['packages', 'base-image'],
	tasks: cluster => [accelerationTask(cluster, baseImage(cluster).path)],
});
