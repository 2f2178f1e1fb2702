import {about, spokenSize} from './quantity.ts';
import type {Language, Text} from './text.ts';

/** Figures of what is built: MiB on this computer's disk at first and when the new disks are full, and MiB to download. */
export interface Needs {
	readonly disk?: {readonly first: number; readonly full: number} | undefined;
	readonly download?: number | undefined;
}

export const durationMessages = {
	/** @param memory MiB */
	takes: (seconds: number, {disk, download, memory, isEmulated}: Needs & {memory: number; isEmulated: boolean}): Text => ({
		en: `It takes ${about(seconds).en}${isEmulated ? ', as the machines are emulated' : ''}, ${disk ? `${spokenSize(disk.first, 'en')} of disk and ` : ''}${spokenSize(memory, 'en')} of memory.${download === undefined ? '' : ` It downloads about ${spokenSize(download, 'en')}, and packages that this computer lacks.`}`,
		es: `Tarda ${about(seconds).es}${isEmulated ? ', porque las máquinas son emuladas,' : ''} y necesita ${disk ? `${spokenSize(disk.first, 'es')} de disco y ` : ''}${spokenSize(memory, 'es')} de memoria.${download === undefined ? '' : ` Descarga unos ${spokenSize(download, 'es')}, y los paquetes que falten en este equipo.`}`,
	}),
	/** Time, disk and download in one line of at most 80 columns, as far as there is something of each. */
	figures: (seconds: number, {disk, download}: Needs): Text => {
		const line = (language: Language, [time, room, most, fetch]: readonly [string, string, string, string]) => [
			`${time}: ${about(seconds)[language]}`,
			...(disk ? [`${room}: ${spokenSize(disk.first, language)}, ${most} ${spokenSize(disk.full, language)}`] : []),
			...(download === undefined ? [] : [`${fetch}: ${spokenSize(download, language)}`]),
		].join('. ');
		return {en: line('en', ['Time', 'Disk', 'at most', 'Download']), es: line('es', ['Tiempo', 'Disco', 'máximo', 'Descarga'])};
	},
};
