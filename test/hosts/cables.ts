/** The NIC whose cable leads to the router; the wizard's bridge gets it. */
export const wan = {nic: 'eno1', mac: '02:00:00:00:00:01', gateway: '192.168.1.1', address: '192.168.1.20'} as const;
/** A second NIC, which is none of the wizard's business. */
export const side = {nic: 'eno2', mac: '02:00:00:00:00:02', address: '10.99.0.15'} as const;
