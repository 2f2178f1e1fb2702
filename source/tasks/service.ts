import {sh, type Command} from '../shell/command.ts';
import type {Prediction} from '../engine/prediction.ts';
import type {Task} from '../engine/task.ts';
import {phrase} from '../languages/text.ts';

export interface ServiceOptions {
	/** Files or folders that the service reads only at its start; it must have started after their last change. */
	readonly reads?: readonly string[];
	/** Timeout in seconds for the service to become active. */
	readonly within?: number;
	/** Effect of a restart on clients. */
	readonly outage?: Prediction;
}

/**
 * A systemd unit that runs, starts at boot, and has read its current configuration.
 * The check compares the files' modification times with the time at which the unit began to start, so it also works after an
 * interruption. The time at which the unit became active would be too late: on a busy computer, seconds pass after the unit
 * has read a file, and the file can change meanwhile.
 */
export function service(name: string, options: ServiceOptions = {}): Task {
	const {reads = [], within = 30, outage} = options;
	const fresh: Command =
		reads.length === 0
			? sh`:`
			: sh`
		since=\${show##*InactiveExitTimestamp=}
		unread=$(find ${reads} -newermt "$(echo "$since" | head -n 1)")
		[ -z "$unread" ] || { echo ${`${name} has not read`} $unread; exit 1; }
	`;
	return {
		title: phrase('Start {name}, now and at every boot', {name}),
		check: sh`
			show=$(systemctl show --timestamp=us -p ActiveState,UnitFileState,NeedDaemonReload,InactiveExitTimestamp ${name})
			case $show in *ActiveState=active*) ;; *) echo ${`${name}:`} $show; exit 1 ;; esac
			case $show in *=enabled* | *=static* | *=generated*) ;; *) echo ${`${name}:`} $show; exit 1 ;; esac
			case $show in *NeedDaemonReload=no*) ;; *) echo ${`${name}: its unit has changed and is not loaded`}; exit 1 ;; esac
			${fresh}
		`,
		apply: [
			sh`SYSTEMCTL_SKIP_SYSV=1 systemctl enable --quiet --no-reload ${name}`,
			// daemon-reload takes ten seconds on an emulated VM: run it only if systemd holds an outdated unit.
			sh`
				systemctl restart ${name}; code=$?
				case $(systemctl show -p NeedDaemonReload,UnitFileState ${name}) in
					*Reload=yes* | *=disabled*) systemctl daemon-reload; systemctl reset-failed ${name} 2> /dev/null; systemctl restart ${name}; code=$? ;;
				esac
				[ $code -eq 0 ] || { journalctl --no-pager --quiet -o cat -n 5 -u ${name}; exit 1; }
			`,
		],
		timeout: within,
		reads,
		restarts: name,
		...(outage && {outage}),
	};
}

/** A service that systemd must not run or start at boot, because Pacemaker or nothing at all starts it. */
export function notStarted(name: string): Task {
	return {
		title: phrase('Leave {name} to others: not run by systemd, not at boot', {name}),
		check: sh`
			show=$(systemctl show -p ActiveState,UnitFileState ${name})
			case $show in *ActiveState=active* | *=enabled*) echo ${`${name}:`} $show; exit 1 ;; esac
		`,
		apply: [sh`systemctl stop ${name}`, sh`SYSTEMCTL_SKIP_SYSV=1 systemctl disable --quiet ${name}`],
	};
}

/** Masks units, so that nothing can start them. */
export function masked(names: readonly string[]): Task {
	const paths = names.map(name => `/etc/systemd/system/${name}`);
	return {
		title: phrase('Mask {names}', {names: names.join(', ')}),
		check: sh`for unit in ${paths}; do [ "$unit" -ef /dev/null ] || { echo "$unit: not masked"; exit 1; }; done`,
		apply: [sh`for unit in ${paths}; do ln -sfn /dev/null "$unit" || exit 1; done`],
		writes: paths,
	};
}
