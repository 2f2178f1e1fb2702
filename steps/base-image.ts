import {step} from '../source/engine/step.ts';
import {baseImageTask} from '../source/tasks/image.ts';

export const baseImage = step({
	id: 'base-image',
	name: {en: 'Base image', es: 'Imagen base'},
	chapter: '4.5',
	title: {en: 'The system that every machine starts from', es: 'El sistema del que parten todas las máquinas'},
	on: 'machine',
	needs: ['packages'],
	tasks: cluster => [baseImageTask(cluster)],
});
