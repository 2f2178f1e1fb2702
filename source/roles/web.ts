import {phrase} from '../languages/text.ts';
import {sh} from '../shell/command.ts';
import {role} from './role.ts';
import {healthFile} from './storage.ts';

/** The web servers: Apache and PHP, with the pages of the array. */
export const web = role({
	id: 'web',
	label: phrase('web server'),
	networks: [],
	nodes: [],
	pool: {internal: {wide: 110, narrow: 4}},
	disk: 5,
	hasHome: false,
	packages: ['apache2', 'php', 'libapache2-mod-php', 'php-mysql', 'nfs-common'],
	unconfigured: ['apache2'],
	units: ['apache2'],
	// O_DIRECT: no cached answer. A read from a mount that is away ends with SIGKILL only.
	look: ({timeoutScale}) => sh`
		echo %%storage; timeout -s KILL ${Math.min(3 * timeoutScale, 10)} dd if=${healthFile} iflag=direct bs=4096 count=1 status=none 2>&1; code=$?; echo; echo "exit $code"
	`,
	support: sh`findmnt -t nfs4; apache2ctl -S; journalctl -b -u apache2 --no-pager -n 200`,
	hosts: {comment: 'GRANJA'},
	whenStopped: node =>
		phrase('{node} is shut down. Requests that go to it are lost until ldirectord takes it out of rotation.', {node}),
	picture: {line: 1.25, corners: 8},
});
