"""Attempts to break out: what each tries, and the layers of which every one alone stops it.

An attack is Python that sets `breached`; one that raises is stopped. With its layers off it must
succeed, or it would prove nothing about them. The names that it finds are the attacker's, and those
of the tests' `world`. Every one is bounded, in count and in time, also where nothing stops it.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Attack:
    """One attempt. `stops`: layers; `limits`: of the sandbox in which it is tried."""

    name: str
    stops: tuple[str, ...]
    code: str
    limits: dict[str, int] = field(default_factory=dict)


MiB = 2**20

ATTACKS = [
    Attack("read a file outside", ("mount",), "breached = open(outside).read() == 'untouched'"),
    Attack(
        "write a file outside",
        ("mount", "landlock"),
        "breached = open(outside, 'r+').write('untouched') == 9",
    ),
    Attack(
        "create a file outside",
        ("mount", "landlock"),
        "p = Path(outside).with_name(f'made-{time.time_ns()}'); p.touch()\n"
        "breached = p.exists(); p.unlink()",
    ),
    Attack(
        "read the answers",
        ("mount",),
        "import course_lib\n"
        "breached = (Path(course_lib.__file__).parent / 'claims').exists()",
    ),
    Attack(
        "connect to a listener on this machine",
        ("net", "landlock", "seccomp"),
        "breached = socket.create_connection(('127.0.0.1', port), 2) is not None",
    ),
    Attack("know who grades", ("user",), "breached = os.getuid() == user"),
    Attack("know this machine's name", ("uts",), "breached = os.uname().nodename == host"),
    Attack(
        "open the shared memory of others",
        ("ipc", "seccomp"),
        "breached = libc.shmget(segment, 4096, 0) >= 0",
    ),
    Attack("see the grader", ("pid",), """
with contextlib.suppress(PermissionError):  # it is there, and another user's
    os.kill(host_pid, 0)
breached = True
"""),
    Attack(
        "signal another process",
        ("pid", "landlock"),
        "os.kill(victim, signal.SIGCONT)\nbreached = True",
    ),
    Attack(
        "see other processes",
        ("pid",),
        "breached = any(p.isdigit() and int(p) != os.getpid() for p in os.listdir('/proc'))",
    ),
    Attack("leave a session of its own behind", ("seccomp", "pid"), """
if os.fork() == 0:
    if os.fork() == 0:
        os.write(reply, b'')
        time.sleep(3)
    os._exit(0)
os.wait()
breached = 'see seconds'
"""),
    Attack(
        "run another program",
        ("seccomp", "landlock"),
        "os.execv(sys.executable, [sys.executable, '-S', '-c', 'import os; os._exit(42)'])",
    ),
    Attack("fork without end", ("seccomp", "rlimit", "cgroup"), """
made = 0
for _ in range(200):
    if os.fork() == 0:
        time.sleep(5)
        os._exit(0)
    made += 1
breached = made == 200
""", {"threads": 50}),
    Attack("start threads without end", ("rlimit", "cgroup"), """
stop = threading.Event()
for _ in range(200):
    threading.Thread(target=stop.wait, args=(5,), daemon=True).start()
breached = threading.active_count() > 200
stop.set()
""", {"threads": 50}),
    Attack(
        "take all memory",
        ("rlimit", "cgroup"),
        f"breached = len(b'a' * {256 * MiB}) > 0",  # written to: what is only mapped is free
        {"memory_bytes": 64 * MiB, "tmp_bytes": MiB},
    ),
    Attack("fill the disk", ("mount",), """
for i in range(16):
    Path(os.environ['HOME'], f'full{i}').write_bytes(bytes(2**20))
breached = True
""", {"tmp_bytes": 4 * MiB}),
    Attack("make files without end", ("mount",), """
for i in range(300):
    Path(os.environ['HOME'], f'many{i}').touch()
breached = True
""", {"tmp_inodes": 100}),
    Attack(
        "write one huge file",
        ("rlimit",),
        f"breached = Path(os.environ['HOME'], 'huge').write_bytes(bytes({8 * MiB})) > 0",
        {"file_bytes": MiB},
    ),
    Attack(
        "open files without end",
        ("rlimit",),
        "breached = len([os.dup(reply) for _ in range(200)]) == 200",
        {"open_files": 100},
    ),
    Attack("compute without end", ("rlimit",), """
signal.signal(signal.SIGXCPU, signal.SIG_IGN)
while time.process_time() < 3:
    pass
breached = True
""", {"cpu_seconds": 1}),
    Attack("make timers without end", ("rlimit",), """
timer = ctypes.c_int()
created = [libc.timer_create(1, None, ctypes.byref(timer)) for _ in range(1000)]
breached = not any(created)
"""),
    Attack("let whoever opens a file wait", ("seccomp",), """
path = Path(os.environ['HOME'], f'leased-{time.time_ns()}'); path.touch()
breached = libc.fcntl(os.open(path, os.O_RDONLY), 1024, 1) == 0  # F_SETLEASE, F_WRLCK
path.unlink()
"""),
    Attack(
        "hide memory in a pipe",
        ("seccomp",),
        "breached = libc.fcntl(os.pipe()[1], 1031, 2**20) >= 2**20",  # F_SETPIPE_SZ
    ),
    Attack(
        "have signals sent by a descriptor",
        ("seccomp",),
        "breached = libc.fcntl(os.open('/dev/null', os.O_RDONLY), 8, os.getpid()) == 0",  # F_SETOWN
    ),
    Attack(
        "become the root of a namespace",
        ("seccomp",),
        "breached = libc.unshare(0x10000000) == 0",
    ),
    Attack("be traced", ("seccomp",), "breached = libc.ptrace(0, 0, 0, 0) == 0"),
    Attack("hide memory in a nameless file", ("seccomp",), "breached = os.memfd_create('x') > 0"),
    Attack("open a socket", ("seccomp",), "breached = socket.socket(socket.AF_UNIX) is not None"),
    Attack(
        "outlive the grader by refusing its signal",
        ("seccomp",),
        "breached = libc.prctl(1, 0, 0, 0, 0) == 0",
    ),
]  # fmt: skip
