/** Whether this process is the one inside the sandbox. */
export function isRunningInSandbox(): boolean {
	return process.env['CLUSTER_WIZARD_INSIDE'] !== undefined;
}

/** Id of the run that the process outside has started. */
export function hostRunId(): string | undefined {
	return process.env['CLUSTER_WIZARD_INSIDE'] || undefined;
}

/** When the process outside started, in milliseconds since 1970. */
export function hostRunStart(): number | undefined {
	return Number(process.env['CLUSTER_WIZARD_STARTED']) || undefined;
}
