/**
 * Returns a controller that is aborted on the first request to stop, so that running commands end in order. The process
 * outside a sandbox passes the request on.
 */
export function stopController(): AbortController {
	const controller = new AbortController();
	const stop = () => {
		controller.abort();
	};

	process
		.on('SIGINT', stop)
		.on('SIGTERM', stop)
		.on('SIGHUP', stop)
		.on('message', message => {
			if (message === 'stop') {
				stop();
			}
		});
	// A process inside a sandbox ends with the one outside; listening to that one does not keep this process alive.
	process.once('disconnect', () => process.exit(137));
	process.channel?.unref();
	return controller;
}
