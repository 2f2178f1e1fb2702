# What ldirectord's checks need, loaded when it is started. By itself it loads the most of that during its first check, and
# while the time for it (checktimeout) runs. When that is over, Perl is interrupted in the middle of a module, and refuses
# to load it ever after ("Attempt to reload ... aborted"): every server stays out for as long as this ldirectord runs,
# without a word. Not when Pacemaker asks for its status, every few seconds: there it would only cost time.
package LdirectordStart;
use strict;
use warnings;

if (@ARGV and $ARGV[-1] eq 'start') {
	require LWP::Protocol::http;
	require HTML::HeadParser;
	require HTTP::Config;
	require IO::Uncompress::Gunzip;
	require URI::http;
}

1;
