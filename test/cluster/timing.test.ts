import {expect, test} from 'vitest';
import {directorDetection, failures, graceTime, groupScores, healthPageLimit} from '../../source/cluster/timing.ts';
import {chapterText} from '../../source/session/chapter.ts';
import {spokenDuration} from '../../source/languages/quantity.ts';
import type {Language} from '../../source/languages/text.ts';
import {configuration as corosync} from '../../steps/corosync.ts';
import {configuration as ldirectord} from '../../steps/ldirectord.ts';
import {configuration as pacemaker} from '../../steps/resources.ts';
import {directorLost, silentServerMissed} from '../../steps/drills/predictions.ts';
import {testCluster} from '../cluster-fixture.ts';
import {unlikeClusters} from '../unlike-clusters.ts';

const clusters = Object.entries({'the default cluster': testCluster(), ...unlikeClusters});

test('a lost director is acted on after token and consensus', () => {
	expect(directorDetection(testCluster())).toEqual({token: 3, consensus: 3.6, total: 6.6});
	expect(directorDetection(testCluster({}, {acceleration: 'tcg'}))).toEqual({token: 15, consensus: 18, total: 33});
	// Corosync's own consensus (1.2 × token), and its token as it is written: longer only from three nodes on.
	expect(corosync(testCluster())).not.toMatch(/consensus|token_coefficient|token_retransmit/);
});

test('ldirectord asks one server after the other, gives each checktimeout, and counts one failure', () => {
	expect(ldirectord(testCluster())).not.toMatch(/negotiatetimeout|failurecount|checkcount|fork/);
	expect(silentServerMissed(testCluster())).toBe(13.1);
	expect(healthPageLimit({check: {interval: 10, timeout: 3}})).toBe(2.25);
});

test('the resources have the thresholds and scores that the lessons tell of', () => {
	const written = pacemaker(testCluster());
	expect(written).toContain(`migration-threshold=${failures.threshold} failure-timeout=${failures.forgottenAfter}min`);
	expect(written).toContain('location prefer-master web 100: master');
	expect(written.match(/^primitive/gm)).toHaveLength(3);
	expect(groupScores(testCluster())).toEqual({each: 30, stickiness: 90, location: 100});
	expect(groupScores(testCluster({ha: {failback: false}})).location).toBeLessThan(90);
});

test.each(clusters)('%s: lessons give the times that its tests predict', (_, cluster) => {
	for (const language of ['en', 'es'] as Language[]) {
		const time = (seconds: number) => spokenDuration(seconds)[language];
		const predicted = directorLost(cluster);
		expect(predicted.parts[0]!.seconds + predicted.parts[1]!.seconds).toBeCloseTo(directorDetection(cluster).total, 5);
		const lesson = chapterText('corosync', cluster, language)!;
		for (const {seconds} of [...predicted.parts.slice(0, 2), predicted]) {
			expect(lesson).toContain(time(seconds));
		}

		expect(chapterText('pacemaker', cluster, language)).toContain(time(directorDetection(cluster).total));
		expect(chapterText('ldirectord', cluster, language)).toContain(time(silentServerMissed(cluster)));
		expect(chapterText('nfs', cluster, language)).toContain(time(graceTime));
	}
});
