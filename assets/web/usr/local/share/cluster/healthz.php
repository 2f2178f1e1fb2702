<?php
// With ?pages: the folder that the web root leads to, as PHP and NFS remember it.
if (isset($_GET['pages'])) {
	exit(basename((string) realpath('{{root}}')) . "\n");
}

// Asks the storage node itself (O_DIRECT: no cached answer), from a process that can be killed:
// a read from an NFS mount that is away would hold this worker until the storage is back.
$command = ['timeout', '-s', 'KILL', '{{seconds}}', 'dd', 'if={{file}}', 'iflag=direct', 'bs=4096', 'count=1', 'status=none'];
$process = proc_open($command, [1 => ['pipe', 'w'], 2 => ['file', '/dev/null', 'w']], $pipes);
$content = $process === false ? '' : stream_get_contents($pipes[1]);
if (trim($content) !== 'OK') {
	http_response_code(503);
	exit("The storage does not answer\n");
}

echo $content;
