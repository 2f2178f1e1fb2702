#!/usr/bin/perl
# Answers every HTTP request on an address and port with the page in a file: no web server is available.
use strict;
use warnings;
use Socket;

my ($address, $port, $file) = @ARGV;
open my $html, '<', $file or die "$file: $!\n";
my $page = do { local $/; <$html> };
my $answer = join "\r\n", 'HTTP/1.1 503 Service Unavailable', 'Content-Type: text/html; charset=utf-8',
	'Content-Length: ' . length $page, 'Cache-Control: no-store', 'Retry-After: 10', 'Connection: close', '', $page;

socket my $listener, PF_INET, SOCK_STREAM, 0 or die "socket: $!\n";
setsockopt $listener, SOL_SOCKET, SO_REUSEADDR, 1 or die "SO_REUSEADDR: $!\n";
# IP_FREEBIND (ip(7)): the director that is standby does not have the address.
setsockopt $listener, 0, 15, 1 or die "IP_FREEBIND: $!\n";
bind $listener, sockaddr_in($port, inet_aton($address)) or die "$address:$port: $!\n";
listen $listener, SOMAXCONN or die "listen: $!\n";
# In the background from here on: whoever started it knows that it answers.
exit if fork // die "fork: $!\n";

# A process for each client, so that one who does not ask holds up nobody else.
$SIG{CHLD} = 'IGNORE';
while (1) {
	my $client;
	unless (accept $client, $listener) {
		die "accept: $!\n" unless $!{EINTR} || $!{ECONNABORTED};
		next;
	}
	my $child = fork;
	answer($client) if defined $child && $child == 0;
	close $client;
}

sub answer {
	my ($client) = @_;
	my $asked = '';
	alarm 10;
	while ($asked !~ /\r?\n\r?\n/ && length $asked < 65536) {
		sysread($client, $asked, 4096, length $asked) or exit;
	}
	syswrite $client, $answer;
	exit;
}
