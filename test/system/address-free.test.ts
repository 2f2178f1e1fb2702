import {spawnSync} from 'node:child_process';
import {describe, expect, it} from 'vitest';
import {addressFree} from '../../source/answers/address-free.ts';
import {render, type Command} from '../../source/engine/command.ts';

/** In a namespace of its own: NIC eno1 with 192.168.1.20, and a neighbour behind it that has 192.168.1.50 and a MAC of ours. */
function ask(command: Command): {code: number | null; output: string} {
	const {status, stdout, stderr} = spawnSync('unshare', ['--net', 'sh', '-c', `
		unshare --net sleep 60 & neighbour=$!
		trap 'kill $neighbour' EXIT
		until [ "$(readlink /proc/$neighbour/ns/net)" != "$(readlink /proc/$$/ns/net)" ] && [ "$(cat /proc/$neighbour/comm)" = sleep ]; do sleep 0.05; done
		ip link add eno1 type veth peer name peer netns $neighbour address 52:54:00:AB:CD:EF || exit 99
		ip link set eno1 up && ip address add 192.168.1.20/24 dev eno1 && nsenter --net --target $neighbour sh -c 'ip address add 192.168.1.50/24 dev peer && ip link set peer up' || exit 99
		( ${render(command, 'execute')} )
	`], {encoding: 'utf8', timeout: 30_000});
	return {code: status, output: stdout + stderr};
}

describe('addressFree', () => {
	it('sees that nobody has it', () => {
		expect(ask(addressFree('192.168.1.51', 'eno1'))).toEqual({code: 0, output: ''});
	});

	it('sees who has it', () => {
		expect(ask(addressFree('192.168.1.50', 'eno1'))).toEqual({code: 1, output: '192.168.1.50 is taken by 52:54:00:ab:cd:ef\n'});
	});

	it('sees that the host itself has it', () => {
		expect(ask(addressFree('192.168.1.20', 'eno1'))).toEqual({code: 1, output: '192.168.1.20 is an address of this host\n'});
	});

	it('is content when one of ours has it', () => {
		expect(ask(addressFree('192.168.1.50', 'eno1', ['52:54:00:00:00:01', '52:54:00:ab:cd:ef']))).toEqual({code: 0, output: ''});
	});

	it('cannot tell without the NIC', () => {
		const {code, output} = ask(addressFree('192.168.1.50', 'eno9'));
		expect(code).toBe(2);
		expect(output).toContain('eno9');
	});
});
