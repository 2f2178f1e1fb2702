import type {Cluster} from '../cluster/cluster.ts';
import {render, sh} from '../shell/command.ts';
import {Interrupted} from '../engine/failure.ts';
import type {Target} from '../engine/target.ts';
import {FirstLines} from '../text/bounded-lines.ts';

/** Processor time used up to the moment `at`. All times in seconds. */
export interface CpuReading {
	/** Uptime of the host. */
	readonly at: number;
	/** By node name: time used by the whole QEMU process, absent if the VM is not running. `host`: used by all processes. */
	readonly used: Readonly<Record<string, number>>;
	/** Number of processors of the host. */
	readonly processors: number;
}

/** Timeout of one reading in seconds (times `cluster.timeoutScale`), and maximum characters of its output. */
const limit = 30;
const longestOutput = 2 ** 20;

/** Reads the counters on the host; takes about 30 ms. */
export async function readCpu(cluster: Cluster, target: Target, signal: AbortSignal): Promise<CpuReading> {
	const lines = new FirstLines(longestOutput);
	const exit = await target.exec(
		render(sh`cat /proc/uptime && getconf CLK_TCK && grep ^cpu /proc/stat && virsh -q domstats --cpu-total`, 'execute'),
		{
			signal,
			limit: limit * cluster.timeoutScale,
			onLine: (line: string) => lines.push(line),
		},
	);
	if (exit.code !== 0) {
		throw exit.code === 'aborted'
			? new Interrupted()
			: new Error(`The processors' times cannot be read: ${lines.lines.at(-1) ?? exit.code}`);
	}

	return parseCpu(lines.text, new Map(cluster.nodes.map(({vm, name}) => [vm, name])));
}

/** @param names node names by libvirt domain name */
export function parseCpu(text: string, names: ReadonlyMap<string, string>): CpuReading {
	const [uptime = '', ticks = ''] = text.split('\n');
	const all = /^cpu +(.*)$/m.exec(text)?.[1]?.split(' ').map(Number);
	if (!all) {
		throw new SyntaxError('/proc/stat: no line "cpu"');
	}

	// proc(5): user nice system idle iowait irq softirq steal; guests' time is part of user and nice.
	const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = all;
	const used: Record<string, number> = {host: (user + nice + system + irq + softirq) / Number(ticks)};
	for (const [, vm = '', facts = ''] of text.matchAll(/^Domain: '(.*)'\n((?: .*\n?)*)/gm)) {
		const name = names.get(vm);
		const time = /^ +cpu\.time=(\d+)$/m.exec(facts)?.[1];
		if (name !== undefined && time !== undefined) {
			used[name] = Number(time) / 1e9;
		}
	}

	return {at: Number(uptime.split(' ')[0]), used, processors: text.match(/^cpu\d/gm)?.length ?? 1};
}

/** Average number of processors used between two readings, from 0 to the host's number of processors. */
export function cpuBetween(before: CpuReading, after: CpuReading): Record<string, number> {
	const seconds = after.at - before.at;
	return Object.fromEntries(
		Object.entries(after.used).flatMap(([name, used]) => {
			const earlier = Object.hasOwn(before.used, name) ? before.used[name] : undefined;
			// A VM that was started in between has no earlier counter to compare with: leave it out.
			return earlier === undefined || used < earlier || seconds <= 0 ? [] : [[name, (used - earlier) / seconds]];
		}),
	);
}
