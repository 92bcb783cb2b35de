//! A session in the runner of an object: tofu-controller stops before it plans, and a person works there.

use std::cell::Cell;
use std::pin::pin;
use std::time::Duration;

use anyhow::{Context as _, Error, Result, anyhow};
use futures::future::{OptionFuture, join};
use kube::api::{AttachedProcess, DynamicObject};
use tokio::time::sleep;

use crate::cli::plan::break_glass::BreakGlassArgs;
use crate::cluster::Cluster;
use crate::cluster::approval::{Approvals, refuse_armed};
use crate::cluster::exec::{Container, Exit, exit_of};
use crate::cluster::wait::Step;
use crate::context::Context;
use crate::deadline::Deadline;
use crate::error::{Class, Explain as _, class_of, usage};
use crate::interruption::{self, Interruption};
use crate::kinds::ObjectRef;
use crate::kinds::terraform::TERRAFORM;
use crate::kinds::view::annotation;
use crate::output::session::{self, input, pass_in, pass_out};
use crate::plans::approval::{Snapshot, patch};
use crate::plans::glass::{self, Glass, glass};

/// How long the session may take to be ended when the command is over.
const GRACE: Duration = Duration::from_secs(60);

/// How often the end is tried again.
const PAUSE: Duration = Duration::from_secs(1);

/// Asks for a session, works in it, and ends it whatever happens.
///
/// # Errors
/// [`Class::Usage`] without a terminal and a command; [`Class::Denied`] where the controller allows no
/// sessions; [`Class::Conflict`] while an approval stands; [`Class::Failed`] when the command fails.
pub(super) async fn run(ctx: &Context, args: &BreakGlassArgs) -> Result<()> {
    let is_shell = args.command.is_empty() && !args.end;
    if is_shell && !ctx.output.can_lend_terminal() {
        return Err(usage("there is no terminal for a shell in the runner")
            .hint("name a command instead: -- COMMAND")
            .hint("or end a session that was left behind with --end"));
    }
    let interruption = interruption::listen()?;
    let cluster = ctx.cluster().await?;
    let desk = cluster.approvals(ctx.namespace(), &args.name).await?;
    let visit = Visit { ctx, cluster, desk, command: &args.command, interruption };
    if args.end { visit.end_what_is_left().await } else { visit.run().await }
}

struct Visit<'a> {
    ctx: &'a Context,
    cluster: &'a Cluster,
    desk: Approvals<'a>,
    command: &'a [String],
    interruption: Interruption,
}

impl Visit<'_> {
    async fn run(&self) -> Result<()> {
        let object = self.ctx.deadline.within("the cluster", self.desk.look()).await?;
        self.refuse(&object)?;
        let uid = object.metadata.uid.clone().unwrap_or_default();
        let asked = Cell::new(false);
        let result = tokio::select! {
            biased;
            () = self.interruption.clone() => Err(anyhow!("interrupted").class(Class::Interrupted)),
            result = self.work(&object, &uid, &asked) => result,
        };
        if !asked.get() {
            return result;
        }
        match (self.end(&uid).await, result) {
            (Ok(()), result) => {
                self.tell_end();
                result
            }
            (Err(error), Ok(())) => Err(self.left_behind(error)),
            (Err(error), Err(cause)) => {
                self.ctx.output.warn(format_args!("{cause:#}"));
                Err(self.left_behind(error))
            }
        }
    }

    fn refuse(&self, object: &DynamicObject) -> Result<()> {
        // Whatever is changed in there is planned afterwards, and would be applied unseen.
        refuse_armed(object)?;
        let target = self.desk.target();
        if TERRAFORM.is_suspended(object) {
            let command = TERRAFORM.resume_command(&target.namespace, &target.name);
            return Err(anyhow!("{target} is suspended: it gets no runner").hint(command));
        }
        if object.metadata.deletion_timestamp.is_some() {
            return Err(anyhow!("{target} is being deleted"));
        }
        Ok(())
    }

    /// Has the session begun, and works in it to the end of the shell or the command.
    async fn work(&self, object: &DynamicObject, uid: &str, asked: &Cell<bool>) -> Result<()> {
        let target = self.desk.target();
        if glass::is_left_behind(object) {
            self.ctx.output.warn(format_args!(
                "{target}: a session was not ended before; it is taken over, and ended with this one"
            ));
        }
        let token = self.ctx.clock.now().to_string();
        asked.set(true);
        self.ask(uid, &token).await?;
        self.ctx.output.waiting(format_args!("waiting for the runner of {target}"));
        self.await_session(uid, &token).await?;
        let has_terminal = self.ctx.output.can_lend_terminal();
        let container = self.container();
        let command = glass::command_in(&target.namespace, &target.name, self.command);
        let process = self.cluster.exec(&container, &command, has_terminal).await?;
        if self.command.is_empty() {
            self.ctx.output.action(format_args!(
                "in {}: tofu-controller waits until this shell ends",
                container.pod
            ));
        }
        let exit = attended(process, has_terminal).await?;
        self.judge(exit)
    }

    /// Writes the request, as often as somebody else gets in between.
    async fn ask(&self, uid: &str, token: &str) -> Result<()> {
        let work = async {
            loop {
                let object = self.desk.look().await?;
                self.refuse(&object)?;
                let seen = self.desk.glance_at(&object);
                let request = patch::break_glass(&seen, token);
                // While a plan waits, a pass ends before it has a runner.
                if self.forget(&object, &seen).await?
                    && self
                        .desk
                        .write_once(&request, token, "ask for a session of")
                        .await?
                        .is_some()
                {
                    return Ok(());
                }
                if self.desk.look().await?.metadata.uid.as_deref() != Some(uid) {
                    return Err(self.is_gone());
                }
            }
        };
        self.ctx.deadline.within("the session to be asked for", work).await
    }

    /// Gives up a plan that waits, which is made anew when the session is over. Says whether it is so.
    async fn forget(&self, object: &DynamicObject, seen: &Snapshot) -> Result<bool> {
        let Some(plan) = &seen.pending else { return Ok(true) };
        let is_forgotten = self.desk.forget(object, seen).await?;
        if is_forgotten {
            let target = self.desk.target();
            self.ctx.output.warn(format_args!(
                "{plan} no longer waits for approval: {target} is planned again after the session"
            ));
        }
        Ok(is_forgotten)
    }

    async fn await_session(&self, uid: &str, token: &str) -> Result<()> {
        let ObjectRef { namespace, name, .. } = self.desk.target();
        let progress = self.ctx.output.progress(&self.desk.target().to_string());
        let news = self.ctx.news(&progress);
        let decide = |object: Option<&DynamicObject>, _| {
            let is_ours = |object: &&DynamicObject| object.metadata.uid.as_deref() == Some(uid);
            let Some(object) = object.filter(is_ours) else { return Step::Failed(self.is_gone()) };
            match glass(object, token) {
                Glass::Open => Step::Done(()),
                Glass::Forbidden => Step::Failed(self.forbidden()),
                Glass::Missed(words) => {
                    let target = self.desk.target();
                    Step::Failed(anyhow!("the runner of {target} came to no session: {words}"))
                }
                Glass::Closed => Step::wait("the runner starts"),
            }
        };
        self.cluster.wait_for(&TERRAFORM, namespace, name, &self.ctx.patience(&news), decide).await
    }

    fn container(&self) -> Container {
        let ObjectRef { namespace, name, .. } = self.desk.target();
        let pod = ObjectRef {
            kind: "Pod".to_owned(),
            namespace: namespace.clone(),
            name: glass::runner_of(name),
        };
        Container { pod, name: glass::CONTAINER.to_owned() }
    }

    /// A shell ends with the code of whatever was typed last, which is no failure of anything.
    fn judge(&self, exit: Exit) -> Result<()> {
        match exit {
            Exit::Code(0) => Ok(()),
            Exit::Code(_) if self.command.is_empty() => Ok(()),
            Exit::Code(code) => {
                let command = self.command.join(" ");
                Err(anyhow!("{command} has ended with {code} in {}", self.container().pod))
            }
            Exit::Broken(why) => {
                Err(anyhow!(why).context(format!("cannot work in {}", self.container().pod)))
            }
        }
    }

    /// Ends what an earlier run has left behind.
    async fn end_what_is_left(&self) -> Result<()> {
        let object = self.ctx.deadline.within("the cluster", self.desk.look()).await?;
        if glass::is_left_behind(&object) {
            self.end(&object.metadata.uid.unwrap_or_default()).await?;
            self.tell_end();
            return Ok(());
        }
        self.ctx.output.done(format_args!("{}: there is no session", self.desk.target()));
        Ok(())
    }

    /// Ends the session, for as long as it takes within reason.
    async fn end(&self, uid: &str) -> Result<()> {
        let deadline = Deadline::after(GRACE);
        let mut last = None;
        let work = async {
            loop {
                match self.try_to_end(uid).await {
                    Ok(object) => return object,
                    Err(error) => last = Some(error),
                }
                sleep(PAUSE).await;
            }
        };
        let ended = tokio::select! {
            object = work => object,
            () = deadline.passed() => {
                return Err(last.unwrap_or_else(|| anyhow!("the cluster did not answer")));
            }
        };
        if ended.is_some_and(|object| glass::is_permanent(&object)) {
            self.ctx.output.warn(
                "its manifest says spec.breakTheGlass: the next pass waits in its runner again",
            );
        }
        Ok(())
    }

    /// Takes the request back, and then has the runner go on: one that finds the request again would wait again.
    /// What the runner waits for is taken away until it does go on, for it says that it waits before that is
    /// there.
    async fn try_to_end(&self, uid: &str) -> Result<Option<DynamicObject>> {
        let is_ours = |object: &DynamicObject| object.metadata.uid.as_deref() == Some(uid);
        let mut object = self.found().await?.filter(is_ours);
        while let Some(asked) =
            object.as_ref().and_then(|object| annotation(object, glass::ANNOTATION))
        {
            let operations = patch::mend_glass(uid, asked);
            self.desk.write(&operations, "end the session of").await?;
            object = self.found().await?.filter(is_ours);
        }
        let target = self.desk.target();
        if object.as_ref().is_some_and(glass::is_ahead) {
            return Err(anyhow!("a pass of {target} may still come to its session"));
        }
        let is_open = object.as_ref().is_some_and(glass::is_open);
        if is_open && self.mark_done().await? {
            return Err(anyhow!("the runner of {target} waits still"));
        }
        Ok(object)
    }

    async fn found(&self) -> Result<Option<DynamicObject>> {
        match self.desk.look().await {
            Err(error) if class_of(&error) == Class::NotFound => Ok(None),
            found => found.map(Some),
        }
    }

    /// Takes away what the runner waits for. Says whether there is a runner: one that is gone waits for nothing.
    async fn mark_done(&self) -> Result<bool> {
        match self.cluster.exec_quietly(&self.container(), &glass::ending()).await {
            Ok(Exit::Code(0)) => Ok(true),
            Ok(exit) => {
                Err(anyhow!("the runner of {} goes on waiting: {exit:?}", self.desk.target()))
            }
            Err(error) if class_of(&error) == Class::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn tell_end(&self) {
        let target = self.desk.target();
        self.ctx.output.done(format_args!("{target}: no session is left, tofu-controller goes on"));
    }

    fn is_gone(&self) -> Error {
        anyhow!("{} was deleted or created again", self.desk.target()).class(Class::Conflict)
    }

    fn forbidden(&self) -> Error {
        let message =
            format!("tofu-controller allows no session in the runner of {}", self.desk.target());
        anyhow!(message)
            .class(Class::Denied)
            .self_evident()
            .hint("allow them with allowBreakTheGlass: true among the values of its chart")
    }

    fn left_behind(&self, error: Error) -> Error {
        let target = self.desk.target();
        error
            .context(format!("the session of {target} could not be ended"))
            .hint(format!("nigari plan break-glass {} -n {} --end", target.name, target.namespace))
    }
}

/// Joins our streams with those of the process, until it ends.
async fn attended(mut process: AttachedProcess, has_terminal: bool) -> Result<Exit> {
    let status = process.take_status().context("the status is taken once")?;
    let (stdin, stdout) = (process.stdin(), process.stdout());
    let (stdin, stdout) = (stdin.context("stdin was asked for")?, stdout.context("so was stdout")?);
    let stderr = process.stderr().map(|stderr| pass_out(stderr, session::to_stderr));
    #[cfg(unix)]
    let _raw =
        has_terminal.then(session::Raw::begin).transpose().context("cannot take the terminal")?;
    let typing = pass_in(input(), stdin);
    let shown = join(pass_out(stdout, session::to_stdout), OptionFuture::from(stderr));
    let sizes = follow_size(has_terminal.then(|| process.terminal_size()).flatten());
    let beside = async {
        join(typing, sizes).await;
        std::future::pending::<()>().await;
    };
    let (mut status, mut shown, mut beside) = (pin!(status), pin!(shown), pin!(beside));
    let mut is_shown = false;
    loop {
        tokio::select! {
            told = &mut status => {
                // What was said last is shown before the end is told; where the connection broke, nobody ends
                // what is said.
                if told.is_some() && !is_shown {
                    refuse_closed(shown.await.0)?;
                }
                return Ok(exit_of(told));
            }
            (written, _) = &mut shown, if !is_shown => {
                refuse_closed(written)?;
                is_shown = true;
            }
            () = &mut beside => {}
        }
    }
}

fn refuse_closed(written: std::io::Result<()>) -> Result<()> {
    written.context("cannot write to standard output").class(Class::OutputClosed)
}

/// Tells the other side how large the terminal is, now and whenever that changes.
async fn follow_size(to: Option<impl futures::Sink<kube::api::TerminalSize> + Unpin>) {
    #[cfg(unix)]
    if let Some(mut to) = to {
        use futures::SinkExt as _;
        use tokio::signal::unix::{SignalKind, signal};

        let Ok(mut changes) = signal(SignalKind::window_change()) else { return };
        loop {
            let (height, width) = console::Term::stdout().size();
            if to.send(kube::api::TerminalSize { width, height }).await.is_err() {
                return;
            }
            changes.recv().await;
        }
    }
    #[cfg(not(unix))]
    drop(to);
}
