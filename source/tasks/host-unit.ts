import {sh, withInput, type Command} from '../shell/command.ts';
import type {Removal} from '../engine/resource.ts';
import {goneFrom} from './gone-from.ts';

/** Path of a systemd unit of ours on the host. */
export function hostUnitPath(unit: string): string {
	return `/etc/systemd/system/${unit}`;
}

/** Part of a check: exits with 1 unless the unit's file has this text and the unit starts with the host. */
export function hostUnitInstalled(unit: string, text: string): Command {
	const path = hostUnitPath(unit);
	return sh`
		[ "$(cat ${path} 2>/dev/null)" = ${text.trimEnd()} ] || { echo ${`${path} is missing or differs`}; exit 1; }
		systemctl is-enabled --quiet ${unit} || { echo ${`${unit} does not start with the host`}; exit 1; }
	`;
}

/** Writes a unit on the host, and starts it now and with the host. */
export function startHostUnit(unit: string, text: string): readonly Command[] {
	return [
		withInput(sh`install -m 0644 /dev/stdin ${hostUnitPath(unit)}`, text),
		sh`systemctl daemon-reload && systemctl enable --quiet ${unit} && systemctl restart ${unit}`,
	];
}

/** Stops and removes the unit; its ExecStop removes what the unit set up. */
export function removeHostUnit(unit: string): Removal {
	const path = hostUnitPath(unit);
	return {
		shown: path,
		remove: sh`[ ! -e ${path} ] || { systemctl disable --quiet --now ${unit}; rm -f ${path}; systemctl daemon-reload; }`,
		gone: goneFrom(path),
	};
}
