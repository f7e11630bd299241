"""Which system calls a sandbox may make, and every number by which one is known, per machine.

    >>> from course_lib.grading.sandbox.syscalls import ALLOWED, NUMBERS
    >>> NUMBERS["aarch64"]["openat"], "execve" in ALLOWED
    (56, False)

One call a line: name, number on x86_64, number on aarch64 (`-` where the machine lacks it).
Source: Linux `arch/x86/entry/syscalls/syscall_64.tbl` and `include/uapi/asm-generic/unistd.h`.
"""

from __future__ import annotations

# What TensorFlow, NumPy, SciPy, Matplotlib and Python need, and nothing that reaches out.
_ALLOWED = """
# read and write
read 0 63
write 1 64
readv 19 65
writev 20 66
pread64 17 67
pwrite64 18 68
preadv 295 69
pwritev 296 70
preadv2 327 286
pwritev2 328 287
lseek 8 62
close 3 57
close_range 436 436
dup 32 23
dup2 33 -
dup3 292 24
pipe 22 -
pipe2 293 59
sendfile 40 71
copy_file_range 326 285
fsync 74 82
fdatasync 75 83
ftruncate 77 46
truncate 76 45
fallocate 285 47
fadvise64 221 223
readahead 187 213
flock 73 32
# wait for descriptors
poll 7 -
ppoll 271 73
select 23 -
pselect6 270 72
epoll_create 213 -
epoll_create1 291 20
epoll_ctl 233 21
epoll_wait 232 -
epoll_pwait 281 22
epoll_pwait2 441 441
eventfd 284 -
eventfd2 290 19
timerfd_create 283 85
timerfd_settime 286 86
timerfd_gettime 287 87
signalfd4 289 74
# files
open 2 -
openat 257 56
creat 85 -
stat 4 -
lstat 6 -
fstat 5 80
newfstatat 262 79
statx 332 291
access 21 -
faccessat 269 48
faccessat2 439 439
readlink 89 -
readlinkat 267 78
getcwd 79 17
chdir 80 49
fchdir 81 50
mkdir 83 -
mkdirat 258 34
rmdir 84 -
unlink 87 -
unlinkat 263 35
rename 82 -
renameat 264 38
renameat2 316 276
link 86 -
linkat 265 37
symlink 88 -
symlinkat 266 36
chmod 90 -
fchmod 91 52
fchmodat 268 53
umask 95 166
utimensat 280 88
utime 132 -
utimes 235 -
futimesat 261 -
getdents 78 -
getdents64 217 61
statfs 137 43
fstatfs 138 44
getxattr 191 8
lgetxattr 192 9
fgetxattr 193 10
listxattr 194 11
llistxattr 195 12
flistxattr 196 13
# memory
mmap 9 222
munmap 11 215
mprotect 10 226
mremap 25 216
madvise 28 233
brk 12 214
msync 26 227
mincore 27 232
membarrier 324 283
mbind 237 235
get_mempolicy 239 236
set_mempolicy 238 237
# threads and their end
futex 202 98
set_robust_list 273 99
get_robust_list 274 100
rseq 334 293
set_tid_address 218 96
gettid 186 178
arch_prctl 158 -
exit 60 93
exit_group 231 94
restart_syscall 219 128
sched_yield 24 124
sched_getaffinity 204 123
sched_setaffinity 203 122
sched_getparam 143 121
sched_getscheduler 145 120
sched_get_priority_max 146 125
sched_get_priority_min 147 126
getpriority 140 141
getcpu 309 168
wait4 61 260
waitid 247 95
# signals to itself: nobody else is in its pid namespace
rt_sigaction 13 134
rt_sigprocmask 14 135
rt_sigreturn 15 139
rt_sigpending 127 136
rt_sigtimedwait 128 137
rt_sigsuspend 130 133
sigaltstack 131 132
kill 62 129
tkill 200 130
tgkill 234 131
pause 34 -
# clocks
alarm 37 -
setitimer 38 103
getitimer 36 102
timer_create 222 107
timer_settime 223 110
timer_gettime 224 108
timer_getoverrun 225 109
timer_delete 226 111
nanosleep 35 101
clock_nanosleep 230 115
clock_gettime 228 113
clock_getres 229 114
gettimeofday 96 169
time 201 -
times 100 153
# itself
getpid 39 172
getppid 110 173
getpgrp 111 -
getpgid 121 155
getsid 124 156
getuid 102 174
geteuid 107 175
getgid 104 176
getegid 108 177
getresuid 118 148
getresgid 120 150
getgroups 115 158
capget 125 90
uname 63 160
sysinfo 99 179
getrusage 98 165
getrlimit 97 163
setrlimit 160 164
prlimit64 302 261
getrandom 318 278
# the inherited socket
sendto 44 206
recvfrom 45 207
shutdown 48 210
getsockopt 55 209
setsockopt 54 208
getsockname 51 204
getpeername 52 205
"""

# Allowed with certain arguments only: `seccomp.py` says which.
_FILTERED = """
clone 56 220
clone3 435 435
fcntl 72 25
ioctl 16 29
prctl 157 167
socketpair 53 199
"""

# What the sandbox itself calls before its filter is on.
_BUILDING = """
unshare 272 97
setns 308 268
sethostname 170 161
mount 165 40
umount2 166 39
pivot_root 155 41
open_tree 428 428
move_mount 429 429
mount_setattr 442 442
seccomp 317 277
capset 126 91
landlock_create_ruleset 444 444
landlock_add_rule 445 445
landlock_restrict_self 446 446
"""

# The newest call that was weighed when these tables were written. Later ones do not exist in a
# sandbox (ENOSYS), so that libraries fall back; the others that are not listed are refused (EPERM).
NEWEST = 450


def _rows(table: str) -> list[tuple[str, str, str]]:
    lines = (line.split() for line in table.splitlines() if line and not line.startswith("#"))
    return [(name, x86_64, aarch64) for name, x86_64, aarch64 in lines]


_ROWS = _rows(_ALLOWED) + _rows(_FILTERED) + _rows(_BUILDING)
NUMBERS: dict[str, dict[str, int]] = {
    "x86_64": {name: int(number) for name, number, _ in _ROWS if number != "-"},
    "aarch64": {name: int(number) for name, _, number in _ROWS if number != "-"},
}
ALLOWED: tuple[str, ...] = tuple(name for name, _, _ in _rows(_ALLOWED))
