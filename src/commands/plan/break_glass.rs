//! A session in the runner of an object: tofu-controller stops before it plans, and a person works there.

use std::cell::Cell;

use anyhow::{Error, Result, anyhow};

use crate::cli::plan::break_glass::BreakGlassArgs;
use crate::cluster::exec::{Exit, exit_of};
use crate::cluster::glass::Sessions;
use crate::context::Context;
use crate::error::{Explain as _, usage};
use crate::interruption::Interruption;
use crate::output::session::attend;
use crate::plans::glass::{self, refuse_session};

/// Asks for a session, works in it, and ends it whatever happens.
///
/// # Errors
/// Usage, without a terminal and a command; those of [`Sessions::ask`] and [`Sessions::await_open`]; when the
/// command fails.
pub(super) async fn run(ctx: &Context, args: &BreakGlassArgs) -> Result<()> {
    refuse_no_terminal(ctx, args)?;
    let interruption = Interruption::listen()?;
    let find = ctx.cluster().await?.sessions(ctx.namespace(), &args.name);
    let sessions = ctx.deadline.within("the cluster", find).await?;
    let visit = Visit { ctx, sessions, command: &args.command };
    if args.end { visit.end_what_is_left().await } else { visit.run(interruption).await }
}

fn refuse_no_terminal(ctx: &Context, args: &BreakGlassArgs) -> Result<()> {
    let is_shell = args.command.is_empty() && !args.end;
    if is_shell && !ctx.output.can_lend_terminal() {
        return Err(usage("there is no terminal for a shell in the runner")
            .hint("name a command instead: -- COMMAND")
            .hint("or end a session that was left behind with --end"));
    }
    Ok(())
}

struct Visit<'a> {
    ctx: &'a Context,
    sessions: Sessions<'a>,
    /// Nothing for a shell.
    command: &'a [String],
}

impl Visit<'_> {
    async fn run(&self, interruption: Interruption) -> Result<()> {
        refuse_session(self.sessions.object())?;
        let asked = Cell::new(false);
        let result = interruption.unless(self.work(&asked)).await;
        if !asked.get() {
            return result;
        }
        match (self.end().await, result) {
            (Ok(()), result) => result,
            (Err(error), Ok(())) => Err(self.left_behind(error)),
            (Err(error), Err(cause)) => {
                self.ctx.output.warn(format_args!("{cause:#}"));
                Err(self.left_behind(error))
            }
        }
    }

    /// Has the session begun, and works in it to the end of the shell or the command. From when it is `asked`
    /// for, it has to be ended.
    async fn work(&self, asked: &Cell<bool>) -> Result<()> {
        let target = self.sessions.target();
        if glass::is_left_behind(self.sessions.object()) {
            self.ctx.output.warn(format_args!(
                "{target}: a session was not ended before; it is taken over, and ended with this one"
            ));
        }
        let token = self.ctx.clock.now().to_string();
        asked.set(true);
        let ask = self.sessions.ask(&token, |plan| self.tell_given_up(plan));
        self.ctx.deadline.within("the session to be asked for", ask).await?;
        self.await_open(&token).await?;
        let has_terminal = self.ctx.output.can_lend_terminal();
        let process = self.sessions.begin(self.command, has_terminal).await?;
        if self.command.is_empty() {
            self.ctx.output.action(format_args!(
                "in {}: tofu-controller waits until this shell ends",
                self.sessions.container().pod
            ));
        }
        let status = attend(process, has_terminal).await?;
        self.judge(exit_of(status))
    }

    fn tell_given_up(&self, plan: &str) {
        let target = self.sessions.target();
        self.ctx.output.warn(format_args!(
            "{plan} no longer waits for approval: {target} is planned again after the session"
        ));
    }

    async fn await_open(&self, token: &str) -> Result<()> {
        let target = self.sessions.target();
        self.ctx.output.waiting(format_args!("waiting for the runner of {target}"));
        let progress = self.ctx.output.progress(&target.to_string());
        let news = self.ctx.news(&progress);
        self.sessions.await_open(token, &self.ctx.patience(&news)).await
    }

    /// A shell ends with the code of whatever was typed last, which is no failure of anything.
    fn judge(&self, exit: Exit) -> Result<()> {
        let pod = self.sessions.container().pod;
        match exit {
            Exit::Code(0) => Ok(()),
            Exit::Code(_) if self.command.is_empty() => Ok(()),
            Exit::Code(code) => {
                Err(anyhow!("{} has ended with {code} in {pod}", self.command.join(" ")))
            }
            Exit::Broken(why) => Err(anyhow!(why).context(format!("cannot work in {pod}"))),
        }
    }

    /// Ends what an earlier run has left behind.
    async fn end_what_is_left(&self) -> Result<()> {
        if glass::is_left_behind(self.sessions.object()) {
            return self.end().await;
        }
        self.ctx.output.done(format_args!("{}: there is no session", self.sessions.target()));
        Ok(())
    }

    async fn end(&self) -> Result<()> {
        let ended = self.sessions.end().await?;
        if ended.is_some_and(|object| glass::is_permanent(&object)) {
            self.ctx.output.warn(
                "its manifest says spec.breakTheGlass: the next pass waits in its runner again",
            );
        }
        let target = self.sessions.target();
        self.ctx.output.done(format_args!("{target}: no session is left, tofu-controller goes on"));
        Ok(())
    }

    fn left_behind(&self, error: Error) -> Error {
        let target = self.sessions.target();
        error
            .context(format!("the session of {target} could not be ended"))
            .hint(format!("nigari plan break-glass {} -n {} --end", target.name, target.namespace))
    }
}
