/**
 * Seconds that the work itself takes at worst, which no setting of the cluster says. The first column is for machines
 * with hardware virtualization, an estimate on the safe side; the second for emulated ones of which six share two
 * processors, where the drills measured between a fifth and three quarters of it (docs/measured.md).
 */
export const costs = {
	kvm: {
		/** A command reaches its machine and is done. */
		command: 0.3,
		/** Pacemaker sees a change and decides. */
		decision: 0.3,
		/** An address is taken or given up. */
		address: 0.15,
		/** The agent runs ldirectord (Perl) three times to start it: it looks, starts, looks again. To stop it, twice. */
		startLdirectord: 1.2,
		stopLdirectord: 0.8,
		/** ldirectord asks one web server that is well for its health page. */
		look: 0.05,
		/** A service is stopped, or started, by systemd. */
		service: 1,
		/** A machine that reboots has ended its services. */
		ending: 3,
		/** All machines boot at once, until their services are there. */
		boot: 30,
	},
	tcg: {command: 5, decision: 5, address: 5, startLdirectord: 45, stopLdirectord: 30, look: 2, service: 10, ending: 40, boot: 420},
} as const;
