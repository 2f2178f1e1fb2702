import type {Node} from '../cluster/cluster.ts';
import type {PlacedTask} from '../engine/drill.ts';
import {sh} from '../shell/command.ts';
import {expect} from './expect.ts';
import {phrase} from '../languages/text.ts';

/** Mark in /run, which is in memory, so a reboot removes it. */
const mark = '/run/cluster-reboot';

/** Reboots a node from inside. `undo` waits for a reboot under way, in case the wizard was interrupted. */
export function reboot({name}: Node): {inject: readonly PlacedTask[]; undo: readonly PlacedTask[]} {
	const on = name;
	return {
		inject: [
			{
				on,
				task: {
					title: phrase("Leave a mark in {name}'s memory", {name}),
					check: sh`[ -e ${mark} ] || { echo 'no mark'; exit 1; }`,
					apply: [sh`echo marked > ${mark}`],
				},
			},
			{
				on,
				task: {
					title: phrase('Reboot {name}', {name}),
					check: sh`[ ! -e ${mark} ] || { echo ${`${name} has not started anew`}; exit 1; }`,
					// The reboot starts a second later, so that this command can still end successfully.
					apply: [sh`echo requested > ${mark}; nohup sh -c 'sleep 1; exec systemctl reboot' > /dev/null 2>&1 &`],
					timeout: 90,
				},
			},
		],
		undo: [
			{
				on,
				task: expect(
					phrase('No reboot of {name} is under way', {name}),
					sh`
				! grep -qs requested ${mark} || { echo ${`${name} is about to start anew`}; exit 1; }
			`,
					{timeout: 90},
				),
			},
			{
				on,
				task: {
					title: phrase("Remove the mark from {name}'s memory", {name}),
					check: sh`[ ! -e ${mark} ] || { echo ${`${mark} is there`}; exit 1; }`,
					apply: [sh`rm -f ${mark}`],
				},
			},
		],
	};
}
