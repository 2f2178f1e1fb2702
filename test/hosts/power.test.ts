import {afterAll, beforeAll, expect, test} from 'vitest';
import {render} from '../../source/shell/command.ts';
import {stoppedWithHost} from '../../source/tasks/host-power.ts';
import {removal} from '../../source/tasks/removal.ts';
import {testCluster} from '../cluster-fixture.ts';
import {catalogue} from './catalogue.ts';
import {Host} from './host.ts';

const cluster = testCluster({host: {external: 'nat'}}, {sandbox: false});
const {nodes, storage, webs} = cluster;
const task = stoppedWithHost(cluster);
const host = new Host(catalogue.find(({manager}) => manager === 'networkd')!);
const unit = 'cluster-wizard-web-power.service';

/** A libvirt whose machines are files, and libvirt-guests: both write down what happens. A web server hangs. */
const libvirt = `
	mkdir -p /var/fake/on && touch ${nodes.map(({uuid}) => `/var/fake/on/${uuid}`).join(' ')}
	cat > /usr/bin/virsh <<'END'
#!/bin/sh
case $2 in
	list) ls /var/fake/on; exit ;;
	domstate) echo running; exit ;;
esac
echo "$2 $3" >> /var/fake/log
[ "$2 $3" = 'shutdown ${webs[0]!.uuid}' ] || rm "/var/fake/on/$3"
END
	chmod 755 /usr/bin/virsh
	cat > /etc/systemd/system/libvirt-guests.service <<'END'
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/true
ExecStop=/bin/sh -c 'echo libvirt-guests >> /var/fake/log'
[Install]
WantedBy=multi-user.target
END
	systemctl daemon-reload && systemctl enable --quiet --now libvirt-guests.service
`;

const log = async () =>
	(await host.succeeds('cat /var/fake/log 2>/dev/null || true'))
		.split('\n')
		.filter(Boolean)
		.map(line => nodes.reduce((said, {uuid, name}) => said.replace(uuid, name), line));

beforeAll(async () => {
	await host.start();
	await host.succeeds(libvirt);
	for (const command of task.apply!) {
		// Standard input here is a socket, which has no /dev/stdin.
		await host.succeeds(`cat | { ${render(command, 'execute')}; }`, {input: String(command.input ?? '')});
	}
});
afterAll(async () => host.remove());

test('the unit is there, and its restart stops nothing', async () => {
	expect(await host.run(render(task.check, 'execute'))).toEqual({code: 0, output: ''});
	await host.succeeds(`systemctl restart ${unit}`);
	expect(await log()).toEqual([]);
});

test('at a shutdown the storage goes last, a machine that hangs is switched off, and libvirt-guests has nothing left: within a minute', async () => {
	const seconds = await host.powerOff();
	await host.boot();
	const users = nodes.filter(node => node !== storage).map(({name}) => name);
	expect(await log()).toEqual([
		...users.map(name => `shutdown ${name}`),
		`destroy ${webs[0]!.name}`,
		`shutdown ${storage.name}`,
		'libvirt-guests',
	]);
	expect(seconds).toBeLessThan(60);
	console.log(`poweroff with a machine that hangs: ${seconds.toFixed(1)} s`);
});

test('the unit is there again after the boot; down takes it away without stopping a machine', async () => {
	expect(await host.run(render(task.check, 'execute'))).toEqual({code: 0, output: ''});
	const before = await log();
	const {remove, gone} = removal({kind: 'power-unit', name: 'web'}, cluster.paths);
	await host.succeeds(render(remove, 'execute'));
	expect(await host.run(render(gone, 'execute'))).toEqual({code: 0, output: ''});
	expect((await host.run(`systemctl cat ${unit}; ls /etc/cluster-wizard`)).code).not.toBe(0);
	expect(await log()).toEqual(before);
});
