import {runProbe} from '../../source/commands/probe.ts';
import {stopController} from '../../source/command-line/stop-signal.ts';
import {startProbe} from '../../source/measure/probe-process.ts';
import {probeSettings} from '../../source/measure/probe.ts';
import {probeJson} from '../../source/output/probe-lines.ts';
import {testCluster} from '../cluster-fixture.ts';

/** `PORT probe --json --state-dir … --interval N`: the command `probe`, of a server on 127.0.0.1. `PORT start`: a program that starts one. */
const [port, command] = process.argv.slice(2);
const {signal} = stopController();

if (command === 'start') {
	await startProbe(testCluster(), {interval: 25, program: [process.execPath, process.argv[1]!, port!]});
	process.stdout.write('started\n');
} else {
	const interval = Number(process.argv[process.argv.indexOf('--interval') + 1]);
	await runProbe(
		{...probeSettings(testCluster(), {interval}), address: '127.0.0.1', port: Number(port), patience: 30_000},
		probeJson(process.stdout),
		{signal},
	);
}
