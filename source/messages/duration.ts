import type {Text} from './text.ts';

/** How long something is expected to take: no more exactly than it is known. */
export function about(seconds: number): Text {
	const minutes = Math.round(seconds / 60);
	if (seconds < 50) {
		return {en: 'less than a minute', es: 'menos de un minuto'};
	}

	return minutes <= 1 ? {en: 'about a minute', es: 'un minuto más o menos'} : {en: `about ${minutes} minutes`, es: `unos ${minutes} minutos`};
}

export const durationMessages = {
	/** @param needs MiB of disk and memory */
	takes: (seconds: number, {disk, memory, isEmulated}: {disk: number; memory: number; isEmulated: boolean}): Text => ({
		en: `It takes ${about(seconds).en}${isEmulated ? ', as the machines are emulated' : ''}, ${gibibytes(disk)} GiB of disk and ${gibibytes(memory)} GiB of memory.`,
		es: `Tarda ${about(seconds).es}${isEmulated ? ', porque las máquinas son emuladas,' : ''} y necesita ${gibibytes(disk).replace('.', ',')} GiB de disco y ${gibibytes(memory).replace('.', ',')} GiB de memoria.`,
	}),
};

function gibibytes(mebibytes: number): string {
	return (mebibytes / 1024).toFixed(1);
}
