#!/bin/sh
# What network.sh shows of sshfs, over SMB.
#
#	test/live/smb.sh [HANG_SECONDS]
SHARE=smb exec "$(dirname "$0")/network.sh" "${1:-10}"
