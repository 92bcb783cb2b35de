//! Follows a program and all that it starts: which files they write, and which programs they are. The kernel
//! tells it (ptrace), and waits for us each time: nothing is missed, however short it lives, and the program can
//! be killed at exactly one write.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::ffi::OsStringExt as _;
use std::os::unix::fs::FileExt as _;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::libc;
use nix::sys::ptrace::{self, Options};
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;

/// How long what a program has started may outlive it.
const PATIENCE: Duration = Duration::from_secs(60);

const STREAMS: [&str; 2] = ["stdout", "stderr"];

/// Becomes the program once it is followed: what it does before that, nobody would see.
const BEGIN: &str = "read -r followed && exec \"$@\" </dev/null";

/// Where a program is killed: before or after a write, which are counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kill {
    /// Whether its own writes are counted, or those of the programs that it starts.
    pub(crate) is_own: bool,
    pub(crate) is_after: bool,
    pub(crate) write: usize,
}

/// A file that was written, made, renamed or deleted.
#[derive(Debug)]
pub(crate) struct Write {
    /// Whether the program did so itself.
    pub(crate) is_own: bool,
    pub(crate) path: PathBuf,
}

/// What a program did.
#[derive(Debug)]
pub(crate) struct Trace {
    pub(crate) writes: Vec<Write>,
    /// Every program that it started, with its arguments.
    pub(crate) started: Vec<Vec<OsString>>,
    pub(crate) output: Output,
}

/// Whether this system lets us follow what we start: some containers do not. Where it must, it fails.
pub(crate) fn is_possible() -> bool {
    let mut child =
        Command::new("/bin/sh").args(["-c", "read -r end"]).stdin(Stdio::piped()).spawn().unwrap();
    let program = Pid::from_raw(child.id().try_into().unwrap());
    let followed = ptrace::seize(program, Options::empty());
    child.kill().unwrap();
    child.wait().unwrap();
    #[expect(
        clippy::disallowed_methods,
        reason = "a test has no Context to read the environment for it"
    )]
    let is_required = std::env::var_os("NIGARI_REQUIRE_TRACING").is_some();
    assert!(followed.is_ok() || !is_required, "programs cannot be followed here: {followed:?}");
    if let Err(error) = followed {
        let line = format!("skipped: programs cannot be followed here ({error})\n");
        // Past the harness, which shows nothing of a test that passes.
        std::io::stderr().write_all(line.as_bytes()).unwrap();
    }
    followed.is_ok()
}

/// Runs a program to its end, or until it is killed, and waits for what it has started. Its standard streams are
/// kept in `outside`, a folder in which no write counts.
pub(crate) fn follow(command: &Command, kill: Option<Kill>, outside: &Path) -> Trace {
    // Who follows a program is a thread, and only that thread is told of it.
    thread::scope(|scope| {
        let following = scope.spawn(|| {
            let mut follower = Follower::start(command, kill, outside);
            let status = follower.run();
            let [stdout, stderr] = STREAMS.map(|name| fs::read(outside.join(name)).unwrap());
            let output = Output { status, stdout, stderr };
            Trace { writes: follower.writes, started: follower.started, output }
        });
        following.join().unwrap()
    })
}

struct Follower<'a> {
    program: Pid,
    outside: &'a Path,
    kill: Option<Kill>,
    writes: Vec<Write>,
    started: Vec<Vec<OsString>>,
    /// Threads that are in the middle of the write at which the program is killed.
    due: BTreeSet<Pid>,
    /// The process of each thread.
    processes: BTreeMap<Pid, Pid>,
}

impl<'a> Follower<'a> {
    #[expect(clippy::zombie_processes, reason = "it is waited for as it is followed")]
    fn start(command: &Command, kill: Option<Kill>, outside: &'a Path) -> Self {
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", BEGIN, "sh"]).arg(command.get_program()).args(command.get_args());
        shell.env_clear().envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let [stdout, stderr] = STREAMS.map(|name| File::create(outside.join(name)).unwrap());
        shell.stdin(Stdio::piped()).stdout(stdout).stderr(stderr);
        let mut child = shell.spawn().unwrap();
        let program = Pid::from_raw(child.id().try_into().unwrap());
        let options = Options::PTRACE_O_TRACESYSGOOD
            | Options::PTRACE_O_TRACEEXEC
            | Options::PTRACE_O_TRACECLONE
            | Options::PTRACE_O_TRACEFORK
            | Options::PTRACE_O_TRACEVFORK;
        ptrace::seize(program, options).expect("this was possible a moment ago");
        child.stdin.take().unwrap().write_all(b"\n").unwrap();
        Self {
            program,
            outside,
            kill,
            writes: Vec::new(),
            started: Vec::new(),
            due: BTreeSet::new(),
            processes: BTreeMap::new(),
        }
    }

    /// Follows it until the last process of all has ended; returns how the first one did.
    fn run(&mut self) -> ExitStatus {
        let flags = WaitPidFlag::__WALL | WaitPidFlag::__WNOTHREAD;
        let mut ended: Option<(ExitStatus, Instant)> = None;
        loop {
            let flags = if ended.is_some() { flags | WaitPidFlag::WNOHANG } else { flags };
            match waitpid(None, Some(flags)) {
                Err(Errno::ECHILD) => return ended.expect("it was our child").0,
                Ok(WaitStatus::StillAlive) => {
                    let is_late = ended.is_some_and(|(_, at)| at.elapsed() > PATIENCE);
                    assert!(!is_late, "something goes on of {:?}", self.started);
                    thread::park_timeout(Duration::from_millis(1));
                }
                Ok(WaitStatus::Exited(thread, code)) if thread == self.program => {
                    ended = Some((ExitStatus::from_raw(code << 8), Instant::now()));
                }
                Ok(WaitStatus::Signaled(thread, signal, _)) if thread == self.program => {
                    ended = Some((ExitStatus::from_raw(signal as i32), Instant::now()));
                }
                Ok(status) => self.look(status),
                Err(error) => panic!("cannot follow {:?}: {error}", self.started),
            }
        }
    }

    /// Takes note of what a thread is about to do, and lets it.
    fn look(&mut self, status: WaitStatus) {
        let (thread, signal) = match status {
            WaitStatus::PtraceSyscall(thread) => {
                self.look_at_call(thread);
                (thread, None)
            }
            WaitStatus::PtraceEvent(thread, _, event) => {
                if event == libc::PTRACE_EVENT_EXEC && thread != self.program {
                    self.started.extend(arguments(thread));
                }
                (thread, None)
            }
            WaitStatus::Stopped(thread, signal) => (thread, Some(signal)),
            _ => return,
        };
        match ptrace::syscall(thread, signal) {
            // It was killed meanwhile.
            Ok(()) | Err(Errno::ESRCH) => {}
            Err(error) => panic!("{thread} does not go on: {error}"),
        }
    }

    fn look_at_call(&mut self, thread: Pid) {
        let Ok(info) = ptrace::syscall_info(thread) else { return };
        if info.op == libc::PTRACE_SYSCALL_INFO_EXIT {
            if self.due.remove(&thread) {
                self.kill_program();
            }
        } else if let Some(path) = Call::of(thread).and_then(|call| call.written(thread)) {
            if path.starts_with(self.outside) {
                return;
            }
            let is_own = self.process(thread) == self.program;
            self.writes.push(Write { is_own, path });
            let number = self.writes.iter().filter(|write| write.is_own == is_own).count();
            match self.kill {
                Some(kill) if kill.is_own != is_own || kill.write != number => {}
                Some(Kill { is_after: true, .. }) => drop(self.due.insert(thread)),
                Some(_) => self.kill_program(),
                None => {}
            }
        }
    }

    fn kill_program(&self) {
        kill(self.program, Signal::SIGKILL).unwrap();
    }

    fn process(&mut self, thread: Pid) -> Pid {
        *self.processes.entry(thread).or_insert_with(|| {
            let status = fs::read_to_string(format!("/proc/{thread}/status")).unwrap_or_default();
            let process = status.lines().find_map(|line| line.strip_prefix("Tgid:"));
            process.and_then(|id| id.trim().parse().ok()).map_or(thread, Pid::from_raw)
        })
    }
}

/// What a process was started with.
fn arguments(process: Pid) -> Option<Vec<OsString>> {
    let line = fs::read(format!("/proc/{process}/cmdline")).ok()?;
    let words = line.strip_suffix(b"\0")?.split(|byte| *byte == 0);
    Some(words.map(|word| OsString::from_vec(word.to_vec())).collect())
}

/// A system call that a thread is in.
struct Call {
    number: libc::c_long,
    arguments: [u64; 6],
}

/// How a system call names a file.
enum Named {
    /// By a descriptor, which is this argument.
    Open(usize),
    /// By a path, from the folder that this argument is open on.
    At(usize, usize),
    /// By a path.
    #[cfg_attr(
        not(target_arch = "x86_64"),
        expect(dead_code, reason = "others have no such calls")
    )]
    Path(usize),
}

impl Call {
    fn of(thread: Pid) -> Option<Self> {
        let text = fs::read_to_string(format!("/proc/{thread}/syscall")).ok()?;
        let mut words = text.split_whitespace();
        let number = words.next()?.parse().ok()?;
        let mut arguments = [0; 6];
        for (argument, word) in arguments.iter_mut().zip(words) {
            *argument = u64::from_str_radix(word.strip_prefix("0x")?, 16).ok()?;
        }
        Some(Self { number, arguments })
    }

    /// The file that it writes, makes, renames or deletes, if it is one that stays.
    fn written(&self, thread: Pid) -> Option<PathBuf> {
        let folder = |descriptor: u64| {
            // A negative number, or one of 32 bits: the folder that the process is in.
            match i32::try_from(descriptor).is_ok_and(|number| number >= 0) {
                true => fs::read_link(format!("/proc/{thread}/fd/{descriptor}")).ok(),
                false => fs::read_link(format!("/proc/{thread}/cwd")).ok(),
            }
        };
        let path = match self.names()? {
            Named::Open(descriptor) => folder(self.arguments[descriptor])?,
            Named::At(at, path) => {
                folder(self.arguments[at])?.join(text_at(thread, self.arguments[path])?)
            }
            Named::Path(path) => folder(u64::MAX)?.join(text_at(thread, self.arguments[path])?),
        };
        // Pipes and sockets have no path.
        let is_file = path.is_absolute() && !path.starts_with("/dev") && !path.starts_with("/proc");
        is_file.then_some(path)
    }

    fn names(&self) -> Option<Named> {
        let makes = |flags: usize| {
            let flags = self.arguments[flags];
            flags & u64::from((libc::O_CREAT | libc::O_TRUNC).unsigned_abs()) != 0
        };
        match self.number {
            libc::SYS_openat if makes(2) => Some(Named::At(0, 1)),
            libc::SYS_write | libc::SYS_writev | libc::SYS_pwrite64 | libc::SYS_pwritev => {
                Some(Named::Open(0))
            }
            libc::SYS_ftruncate | libc::SYS_fallocate | libc::SYS_fchmod => Some(Named::Open(0)),
            libc::SYS_sendfile => Some(Named::Open(0)),
            libc::SYS_copy_file_range => Some(Named::Open(2)),
            libc::SYS_mkdirat | libc::SYS_unlinkat | libc::SYS_fchmodat => Some(Named::At(0, 1)),
            libc::SYS_symlinkat => Some(Named::At(1, 2)),
            libc::SYS_linkat | libc::SYS_renameat | libc::SYS_renameat2 => Some(Named::At(2, 3)),
            #[cfg(target_arch = "x86_64")]
            libc::SYS_open if makes(1) => Some(Named::Path(0)),
            #[cfg(target_arch = "x86_64")]
            libc::SYS_creat
            | libc::SYS_mkdir
            | libc::SYS_rmdir
            | libc::SYS_unlink
            | libc::SYS_chmod
            | libc::SYS_truncate => Some(Named::Path(0)),
            #[cfg(target_arch = "x86_64")]
            libc::SYS_rename | libc::SYS_link | libc::SYS_symlink => Some(Named::Path(1)),
            _ => None,
        }
    }
}

/// The text in the memory of a process that ends with a zero byte.
fn text_at(thread: Pid, address: u64) -> Option<OsString> {
    let memory = File::open(format!("/proc/{thread}/mem")).ok()?;
    let mut bytes = vec![0; 4096];
    let length = memory.read_at(&mut bytes, address).ok()?;
    bytes.truncate(length);
    bytes.truncate(bytes.iter().position(|byte| *byte == 0)?);
    Some(OsString::from_vec(bytes))
}

#[test]
fn every_write_and_every_program_is_told_and_a_kill_is_exact() {
    const SCRIPT: &str = "echo a >$0/one; mkdir $0/two; mv $0/one $0/two/three; rm -r $0/two; true";
    if !is_possible() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (at, outside) = (folder.path().join("files"), folder.path().join("outside"));
    [&at, &outside].iter().for_each(|folder| fs::create_dir(folder).unwrap());
    let mut command = Command::new("/bin/sh");
    command.args(["-c", SCRIPT]).arg(&at).env("PATH", "/usr/bin:/bin");
    let trace = follow(&command, None, &outside);
    assert!(trace.output.status.success(), "{trace:?}");
    let paths = |is_own| {
        let writes = trace.writes.iter().filter(move |write| write.is_own == is_own);
        let names = writes.map(|write| write.path.strip_prefix(&at).unwrap().to_str().unwrap());
        names.collect::<Vec<_>>()
    };
    assert_eq!(paths(true), ["one"; 2], "it is made, and written");
    assert_eq!(paths(false), ["two", "two/three", "two/three", "two"]);
    let names: Vec<_> = trace.started.iter().map(|words| words[0].to_str().unwrap()).collect();
    assert_eq!(names, ["mkdir", "mv", "rm"]);

    for (is_after, write, expected) in
        [(false, 1, None), (true, 1, Some("")), (false, 2, Some("")), (true, 2, Some("a\n"))]
    {
        let kill = Kill { is_own: true, is_after, write };
        let trace = follow(&command, Some(kill), &outside);
        assert_eq!(trace.output.status.signal(), Some(libc::SIGKILL), "{kill:?} {trace:?}");
        let one = at.join("one");
        assert_eq!(fs::read_to_string(&one).ok().as_deref(), expected, "{kill:?}");
        let _ = fs::remove_file(one);
    }
}
