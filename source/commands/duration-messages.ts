import {about, spokenSize} from '../languages/quantity.ts';
import {joined, phrase, type Text} from '../languages/text.ts';

/** Figures of what is built: MiB on this computer's disk at first and when the new disks are full, and MiB to download. */
export interface Needs {
	readonly disk?: {readonly first: number; readonly full: number} | undefined;
	readonly download?: number | undefined;
}

export const durationMessages = {
	/** @param memory MiB */
	takes: (seconds: number, {disk, download, memory, isEmulated}: Needs & {memory: number; isEmulated: boolean}): Text => phrase('It takes {seconds}{isEmulated, select, true {, as the machines are emulated} other {}}, {hasDisk, select, true {{first} of disk and } other {}}{memory} of memory.{hasDownload, select, false {} other { It downloads about {download}, and packages that this computer lacks.}}', {seconds: about(seconds), isEmulated, hasDisk: Boolean(disk), first: disk === undefined ? '' : spokenSize(disk.first), memory: spokenSize(memory), hasDownload: download !== undefined, download: download === undefined ? '' : spokenSize(download)}),
	/** Time, disk and download in one line of at most 80 columns, as far as there is something of each. */
	figures: (seconds: number, {disk, download}: Needs): Text => joined([
		phrase('Time: {seconds}', {seconds: about(seconds)}),
		...(disk ? [phrase('Disk: {first}, at most {full}', {first: spokenSize(disk.first), full: spokenSize(disk.full)})] : []),
		...(download === undefined ? [] : [phrase('Download: {download}', {download: spokenSize(download)})]),
	], '. '),
};
