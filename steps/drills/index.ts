import type {Drill} from '../../source/engine/drill.ts';
import {allServersDown} from './all-servers-down.ts';
import {allServers} from './all-servers.ts';
import {apacheStopped} from './apache-stopped.ts';
import {directorCrash} from './director-crash.ts';
import {directorShutdown} from './director-shutdown.ts';
import {disksFailed} from './disks-failed.ts';
import {withDownload} from './download.ts';
import {heartbeatCut} from './heartbeat-cut.ts';
import {ldirectordKilledThrice} from './ldirectord-killed.ts';
import {nfsStopped} from './nfs-stopped.ts';
import {powerCut} from './power-cut.ts';
import {serverReboot} from './server-reboot.ts';
import {serversCrash} from './servers-crash.ts';
import {splitBrain} from './split-brain.ts';

/** Tests of `verify`: the thesis's four in order, then our own, less disruptive ones first. */
export const drills: readonly Drill[] = [
	allServers,
	directorShutdown,
	directorCrash,
	serversCrash,
	ldirectordKilledThrice,
	apacheStopped,
	nfsStopped,
	disksFailed,
	heartbeatCut,
	splitBrain,
	allServersDown,
	serverReboot,
	powerCut,
].map(drill => withDownload(drill));
