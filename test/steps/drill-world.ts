import {existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {render, type Command} from '../../source/shell/command.ts';
import {testCluster} from '../cluster-fixture.ts';
import {runWith} from './check.ts';

/** How the default cluster's machines are, as far as a drill changes it. What is not said is well. */
export interface World {
	readonly machines?: 'running' | 'shut off';
	readonly links?: 'up' | 'down';
	readonly services?: 'active' | 'inactive';
	/** Of ldirectord on master. */
	readonly failures?: number;
	/** Of the array's first two disks. */
	readonly disks?: 'in_sync' | 'faulty';
	/** Files that are there, with their content. */
	readonly files?: ReadonlyArray<string | readonly [path: string, content: string]>;
}

export const foundWorld: World = {};

/** Runs a check of the default cluster's in that world: other programs, and /run, /dev/disk and /sys/block of its own. */
export function look(check: Command, world: World): {code: number; output: string} {
	const folder = mkdtempSync(join(tmpdir(), 'world-'));
	try {
		const text = furnish(folder, world).reduce(
			(text, root) => text.replaceAll(`${root}/`, `${folder}${root}/`),
			render(check, 'execute'),
		);
		return runWith({strings: [text], values: []}, {programs: programs(world)});
	} finally {
		rmSync(folder, {recursive: true});
	}
}

function furnish(folder: string, {disks = 'in_sync', files = []}: World): string[] {
	const put = (path: string, content: string) => {
		mkdirSync(dirname(join(folder, path)), {recursive: true});
		writeFileSync(join(folder, path), `${content}\n`);
	};

	const {raid} = testCluster();
	put('/dev/md0', '');
	for (const [index, serial] of raid.serials.entries()) {
		const name = `vd${'bcdef'[index]}`;
		put(`/dev/${name}`, '');
		put(`/sys/block/md0/md/dev-${name}/state`, index < 2 ? disks : 'in_sync');
		link(join(folder, '/dev/disk/by-id', `virtio-${serial}`), join(folder, 'dev', name));
	}

	link(join(folder, '/dev/disk/by-id', `md-uuid-${raid.uuid}`), join(folder, '/dev/md0'));
	put('/sys/block/md0/md/level', 'raid6');
	put('/sys/block/md0/md/raid_disks', '5');
	put('/sys/block/md0/md/degraded', disks === 'faulty' ? '2' : '0');
	for (const file of files) {
		const [path, content] = typeof file === 'string' ? [file, 'something'] : file;
		put(path, content);
	}

	return ['/run', '/dev/disk', '/sys/block'];
}

function link(path: string, to: string): void {
	mkdirSync(dirname(path), {recursive: true});
	if (!existsSync(path)) {
		symlinkSync(to, path);
	}
}

function programs({
	machines = 'running',
	links = 'up',
	services = 'active',
	failures = 0,
}: World): Record<string, string> {
	const {nodes} = testCluster();
	const members = ['ip-internal', 'ldirectord1', 'ip-external'].map(
		id =>
			`<resource id="${id}" role="Started" blocked="false" failed="false">\n<node name="master" id="1" cached="true"/>\n</resource>`,
	);
	const history =
		failures === 0
			? ''
			: `<resource_history id="ldirectord1" migration-threshold="3" fail-count="${failures}">\n</resource_history>`;
	return {
		virsh: `case $1 in
			domstate) echo '${machines}'; echo ;;
			domif-getlink) echo "$3 ${links}" ;;
			list) ${machines === 'running' ? `printf '%s\\n' ${nodes.map(({uuid}) => uuid).join(' ')}` : ':'} ;;
		esac`,
		systemctl: `echo ActiveState=${services}; case "$*" in *UnitFileState*) printf '%s\\n' UnitFileState=enabled NeedDaemonReload=no ;; esac`,
		crm_mon: `cat <<'XML'
<nodes>
<node name="master" id="1" online="true" standby="false" pending="false"/>
<node name="standby" id="2" online="true" standby="false" pending="false"/>
</nodes>
${members.join('\n')}
<node_history>
<node name="master">
${history}
</node>
</node_history>
XML`,
	};
}
