import type {Cluster} from '../cluster/cluster.ts';
import {pickSettings} from '../cluster/setting.ts';
import {settings} from '../cluster/settings.ts';
import {version} from '../version.ts';
import type {MeasuredOn} from './result.ts';

/** Settings that influence a measurement. They are stored with it, because the user may change the answers later. */
export function measuredOn({
	acceleration,
	timeoutScale,
	sandbox,
	host,
	guest,
	webs,
	raid,
	ha,
	check,
	content,
}: Cluster): MeasuredOn {
	return {
		version,
		acceleration,
		pace: timeoutScale,
		place: sandbox ? 'sandbox' : host.external,
		guest: {distribution: guest.distribution, release: guest.release},
		servers: webs.length,
		content: content.kind,
		raid: {level: raid.level, disks: raid.disks, size: raid.size},
		settings: {
			...pickSettings(settings.ha, ha),
			checkInterval: check.interval,
			checkTimeout: check.timeout,
		},
	};
}
