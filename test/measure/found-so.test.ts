import {expect, test} from 'vitest';
import {sh} from '../../source/shell/command.ts';
import type {Scenario} from '../../source/engine/drill.ts';
import {runDrill, type DrillContext} from '../../source/measure/run-drill.ts';
import {allServers} from '../../steps/drills/all-servers.ts';
import {both} from '../both.ts';
import {testCluster} from '../cluster-fixture.ts';
import {shellTarget} from '../engine/shell-target.ts';

const edited = {
	title: both('Write /etc/ha.d/ldirectord.cf', 'Escribir /etc/ha.d/ldirectord.cf'),
	check: sh`echo '/etc/ha.d/ldirectord.cf differs from what the wizard writes'; exit 1`,
};

test.each([
	[
		'en',
		'standby: Write /etc/ha.d/ldirectord.cf: /etc/ha.d/ldirectord.cf differs from what the wizard writes. The test broke nothing: the cluster was found so. `cluster-wizard up` brings it back',
	],
	[
		'es',
		'standby: Escribir /etc/ha.d/ldirectord.cf: /etc/ha.d/ldirectord.cf difiere de lo que escribe el asistente. La prueba no ha roto nada: el clúster ya estaba así. `cluster-wizard up` lo devuelve a su sitio',
	],
] as const)(
	'a file that was changed by hand before the test: its node is named, and what to do (%s)',
	async (language, said) => {
		const target = shellTarget('standby');
		const context: DrillContext = {
			target: () => target,
			lockFolder: 'test',
			timeoutScale: 1,
			language,
			signal: new AbortController().signal,
			emit() {},
			recordIntent() {},
			reconnect() {},
			undoing: async (_: Scenario, work) => work(),
		};
		const {verdict, reason} = await runDrill(
			{...allServers, scenario: () => ({precheck: [{on: 'standby', task: edited}], phases: [], undo: []})},
			testCluster(),
			context,
		);
		expect(verdict).toBe('failed');
		expect(reason).toContain(said);
	},
);
