import type {Step} from '../source/engine/step.ts';
import {acceleration} from './acceleration.ts';
import {apache} from './apache.ts';
import {baseImage} from './base-image.ts';
import {content} from './content.ts';
import {corosync} from './corosync.ts';
import {externalNetwork} from './external-network.ts';
import {forwarding} from './forwarding.ts';
import {gateways} from './gateways.ts';
import {host} from './host.ts';
import {images} from './images.ts';
import {ldirectord} from './ldirectord.ts';
import {lvs} from './lvs.ts';
import {lvsProof} from './lvs-proof.ts';
import {machines} from './machines.ts';
import {names} from './names.ts';
import {networks} from './networks.ts';
import {nfsClients} from './nfs-clients.ts';
import {nfs} from './nfs.ts';
import {pacemaker} from './pacemaker.ts';
import {packages} from './packages.ts';
import {raid} from './raid.ts';
import {resources} from './resources.ts';
import {sandbox} from './sandbox.ts';
import {verification} from './verification.ts';

/** All steps, in the order of the thesis's chapters. A step may only need steps listed before it. */
export const steps: readonly Step[] = [
	host,
	packages,
	baseImage,
	images,
	acceleration,
	sandbox,
	externalNetwork,
	networks,
	machines,
	names,
	forwarding,
	raid,
	content,
	nfs,
	nfsClients,
	apache,
	lvs,
	lvsProof,
	corosync,
	ldirectord,
	resources,
	pacemaker,
	gateways,
	verification,
];
