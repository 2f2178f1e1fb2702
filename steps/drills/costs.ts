/**
 * Worst-case seconds of operations that no setting of the cluster determines. `kvm`: conservative estimates. `tcg`: for six
 * emulated VMs on two processors; the drills measured a fifth to three quarters of these values (docs/measured.md).
 */
export const costs = {
	kvm: {
		/** Sending a command to a VM and running it. */
		command: 0.3,
		/** Pacemaker notices a change and decides on actions. */
		decision: 0.3,
		/** Adding or removing an address. */
		address: 0.15,
		/** To start ldirectord (Perl), its agent runs it three times: status, start, status. To stop it, twice. */
		startLdirectord: 1.2,
		stopLdirectord: 0.8,
		/** ldirectord's check of one healthy web server. */
		look: 0.05,
		/** systemd stops or starts a service. */
		service: 1,
		/** A rebooting VM stops its services. */
		ending: 3,
		/** All VMs boot at the same time and start their services. */
		boot: 30,
	},
	tcg: {
		command: 5,
		decision: 5,
		address: 5,
		startLdirectord: 45,
		stopLdirectord: 30,
		look: 2,
		service: 10,
		ending: 40,
		boot: 420,
	},
} as const;
