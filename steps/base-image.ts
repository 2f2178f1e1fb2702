import {step} from '../source/engine/step.ts';
import {phrase} from '../source/languages/text.ts';
import {baseImageTask} from '../source/tasks/image.ts';

export const baseImage = step({
	id: 'base-image',
	name: phrase('Base image'),
	chapter: '4.5',
	title: phrase('The system that every machine starts from'),
	on: 'machine',
	needs: ['packages'],
	tasks: cluster => [baseImageTask(cluster)],
});
