import {drill} from '../../source/engine/drill.ts';
import {phrase} from '../../source/languages/text.ts';
import {bothOnline, groupOn, groupOnOne, holdsVips, vipsFollowGroup} from '../../source/tasks/group.ts';
import {unpluggedCable} from '../../source/tasks/network-cable.ts';
import {bothLinks} from '../resources.ts';
import {halvesJoin} from './predictions.ts';
import {roundRobin, healthyCluster, restoreCluster} from './whole.ts';

export const splitBrain = drill({
	id: 'split-brain',
	chapter: '',
	title: phrase('Both links between the directors are cut: split brain'),
	explanation: ({directors: [{vm}], ha: {sorryPage}}) =>
		phrase(
			'Both cables by which the directors hear each other are pulled on {vm}; the external one stays in. Each director takes the other for lost and, without fencing, keeps or takes the group: both have the VIPs. That is what is expected here, and why fencing exists. Which director a client reaches is decided by whose ARP answer it heard last; the one that was cut off reaches no web server, so its clients get {sorryPage, select, true {a sorry page or nothing} other {no answer}}. Nobody can predict what this costs. Put back, the two halves find each other, Pacemaker sees the group active twice, stops it on both and starts it on one.',
			{vm, sorryPage},
		),
	scenario(cluster) {
		const {
			directors: [master, standby],
		} = cluster;
		const cables = [unpluggedCable(master, 'hb0'), unpluggedCable(master, 'int0')];
		return {
			precheck: healthyCluster(cluster),
			phases: [
				{
					title: phrase('Both cables are pulled, and both directors have the VIPs'),
					inject: cables.map(({inject}) => inject),
					expect: [
						{on: standby.name, task: groupOn(standby, 60)},
						{on: standby.name, task: holdsVips(cluster, standby, 30)},
						// Without its cable, int0 may have lost its addresses. Pacemaker's next monitor operation restores the VIP.
						{on: master.name, task: groupOn(master, 90)},
						{on: master.name, task: holdsVips(cluster, master, 90)},
					],
				},
				{
					title: phrase('The cables are put back, and one director has the VIPs'),
					inject: cables.map(({undo}) => undo),
					expect: [
						{on: master.name, task: {...bothLinks(cluster), timeout: 60}},
						{on: master.name, task: bothOnline(cluster, 60)},
						{on: master.name, task: groupOnOne(cluster, 90)},
						...cluster.directors.map(node => ({on: node.name, task: vipsFollowGroup(cluster, node, 60)})),
						{on: 'host', task: roundRobin(cluster)},
					],
					predict: halvesJoin(cluster),
				},
			],
			undo: restoreCluster(cluster, ...cables.map(({undo}) => undo)),
		};
	},
});
