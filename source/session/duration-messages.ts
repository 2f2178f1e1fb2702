import {approximateDuration, spokenSize} from '../languages/quantity.ts';
import {joined, phrase, type Text} from '../languages/text.ts';

/** Disk space and download of a build in MiB. `first`: right after the build; `full`: once the new disks are full. */
export interface Needs {
	readonly disk?: {readonly first: number; readonly full: number} | undefined;
	readonly download?: number | undefined;
}

export const durationMessages = {
	/** @param memory MiB */
	takes: (seconds: number, {disk, download, memory, isEmulated}: Needs & {memory: number; isEmulated: boolean}): Text =>
		phrase(
			'It takes {seconds}{isEmulated, select, true {, as the machines are emulated} other {}}, {hasDisk, select, true {{first} of disk and } other {}}{memory} of memory.{hasDownload, select, false {} other { It downloads about {download}, and packages that this computer lacks.}}',
			{
				seconds: approximateDuration(seconds),
				isEmulated,
				hasDisk: Boolean(disk),
				first: disk === undefined ? '' : spokenSize(disk.first),
				memory: spokenSize(memory),
				hasDownload: download !== undefined,
				download: download === undefined ? '' : spokenSize(download),
			},
		),
	/** One line of at most 80 columns with time, disk space and download; unknown values are left out. */
	figures: (seconds: number, {disk, download}: Needs): Text =>
		joined(
			[
				phrase('Time: {seconds}', {seconds: approximateDuration(seconds)}),
				...(disk
					? [phrase('Disk: {first}, at most {full}', {first: spokenSize(disk.first), full: spokenSize(disk.full)})]
					: []),
				...(download === undefined ? [] : [phrase('Download: {download}', {download: spokenSize(download)})]),
			],
			'. ',
		),
};
