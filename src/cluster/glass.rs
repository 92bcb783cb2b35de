//! Sessions in the runner of an object: asked for, waited for, worked in, ended.
//!
//! What is decided about them is in [`crate::plans::glass`]; here are the requests.

use std::time::Duration;

use anyhow::{Error, Result, anyhow};
use kube::api::{AttachedProcess, DynamicObject};
use tokio::time::sleep;

use super::Cluster;
use super::approval::Approvals;
use super::exec::{Container, Exit};
use super::wait::{Patience, Step};
use crate::deadline::Deadline;
use crate::error::{Class, Explain as _, class_of};
use crate::kinds::ObjectRef;
use crate::kinds::terraform::{TERRAFORM, runner_of};
use crate::kinds::view::annotation;
use crate::plans::approval::{Snapshot, patch};
use crate::plans::glass::{self, Glass, glass, refuse_session};

/// How long a session may take to be ended.
const GRACE: Duration = Duration::from_secs(60);

/// How often the end is tried again.
const PAUSE: Duration = Duration::from_secs(1);

/// The sessions in the runner of one Terraform object.
pub struct Sessions<'a> {
    cluster: &'a Cluster,
    desk: Approvals<'a>,
    object: DynamicObject,
}

impl Cluster {
    /// The sessions in the runner of the Terraform object `namespace/name`.
    ///
    /// # Errors
    /// [`Class::NotInstalled`] when the cluster does not serve the kind; [`Class::NotFound`]; those of
    /// [`super::failure`].
    pub async fn sessions(&self, namespace: &str, name: &str) -> Result<Sessions<'_>> {
        let desk = self.approvals(namespace, name).await?;
        let object = desk.look().await?;
        Ok(Sessions { cluster: self, desk, object })
    }
}

impl Sessions<'_> {
    /// The object.
    #[must_use]
    pub fn target(&self) -> &ObjectRef {
        self.desk.target()
    }

    /// The object as it was first found; it alone is asked and written to.
    #[must_use]
    pub fn object(&self) -> &DynamicObject {
        &self.object
    }

    /// Where a session takes place.
    #[must_use]
    pub fn container(&self) -> Container {
        let ObjectRef { namespace, name, .. } = self.target();
        let pod = ObjectRef {
            kind: "Pod".to_owned(),
            namespace: namespace.clone(),
            name: runner_of(name),
        };
        Container { pod, name: glass::CONTAINER.to_owned() }
    }

    /// Asks for a session with `token`, as often as somebody else gets in between. A plan that waits is given
    /// up, and made anew when the session is over; `tell_given_up` learns its id.
    ///
    /// # Errors
    /// Those of [`refuse_session`]; [`Class::Conflict`] when the object is gone or another one; those of
    /// [`super::failure`], and then it may have been asked for.
    pub async fn ask(&self, token: &str, tell_given_up: impl Fn(&str)) -> Result<()> {
        loop {
            let object = self.desk.look().await?;
            refuse_session(&object)?;
            let seen = self.desk.glance_at(&object);
            // While a plan waits, a pass ends before it has a runner.
            if self.give_up(&object, &seen, &tell_given_up).await? {
                let request = patch::break_glass(&seen, token);
                let asked = self.desk.write_once(&request, token, "ask for a session of").await?;
                if asked.is_some() {
                    return Ok(());
                }
            }
            if !self.is_same(&self.desk.look().await?) {
                return Err(self.gone());
            }
        }
    }

    /// Gives up a plan that waits. Says whether none does any more: if not, something has moved.
    async fn give_up(
        &self,
        object: &DynamicObject,
        seen: &Snapshot,
        tell: impl Fn(&str),
    ) -> Result<bool> {
        let Some(plan) = &seen.pending else { return Ok(true) };
        let is_given_up = self.desk.forget(object, seen).await?;
        if is_given_up {
            tell(plan);
        }
        Ok(is_given_up)
    }

    /// Waits until the runner waits for whoever asked with `token`.
    ///
    /// # Errors
    /// [`Class::Denied`] where the controller allows no sessions; [`Class::Conflict`] when the object is gone
    /// or another one; [`Class::Failed`] when a pass came to no session; [`Class::TimedOut`].
    pub async fn await_open(&self, token: &str, patience: &Patience<'_>) -> Result<()> {
        let ObjectRef { namespace, name, .. } = self.target();
        let decide = |object: Option<&DynamicObject>, _| match object {
            Some(object) if self.is_same(object) => self.judge(glass(object, token)),
            _ => Step::Failed(self.gone()),
        };
        self.cluster.wait_for(&TERRAFORM, namespace, name, patience, decide).await
    }

    fn judge(&self, glass: Glass) -> Step<()> {
        match glass {
            Glass::Open => Step::Done(()),
            Glass::Forbidden => Step::Failed(self.forbidden()),
            Glass::Missed(words) => {
                let target = self.target();
                Step::Failed(anyhow!("the runner of {target} came to no session: {words}"))
            }
            Glass::Closed => Step::wait("the runner starts"),
        }
    }

    /// Begins a command in the runner, in the folder of the module; a shell where `command` is empty.
    ///
    /// # Errors
    /// As [`Cluster::exec`].
    pub async fn begin(&self, command: &[String], has_terminal: bool) -> Result<AttachedProcess> {
        let ObjectRef { namespace, name, .. } = self.target();
        let command = glass::command_in(namespace, name, command);
        self.cluster.exec(&self.container(), &command, has_terminal).await
    }

    /// Ends the session, for as long as it takes within reason. Returns the object as it is then, if there is
    /// one.
    ///
    /// # Errors
    /// What stood in the way last.
    pub async fn end(&self) -> Result<Option<DynamicObject>> {
        let deadline = Deadline::after(GRACE);
        let mut last = None;
        let work = async {
            loop {
                match self.try_to_end().await {
                    Ok(object) => return object,
                    Err(error) => last = Some(error),
                }
                sleep(PAUSE).await;
            }
        };
        tokio::select! {
            object = work => Ok(object),
            () = deadline.passed() => {
                Err(last.unwrap_or_else(|| anyhow!("the cluster did not answer")))
            }
        }
    }

    /// Takes the request back, and then has the runner go on: one that finds the request again would wait again.
    /// What the runner waits for is taken away until it does go on, for it says that it waits before that is
    /// there.
    async fn try_to_end(&self) -> Result<Option<DynamicObject>> {
        let uid = self.object.metadata.uid.as_deref().unwrap_or_default();
        let mut object = self.found().await?;
        while let Some(asked) =
            object.as_ref().and_then(|object| annotation(object, glass::ANNOTATION))
        {
            let operations = patch::mend_glass(uid, asked);
            self.desk.write(&operations, "end the session of").await?;
            object = self.found().await?;
        }
        let target = self.target();
        if object.as_ref().is_some_and(glass::is_ahead) {
            return Err(anyhow!("a pass of {target} may still come to its session"));
        }
        let is_open = object.as_ref().is_some_and(glass::is_open);
        if is_open && self.mark_done().await? {
            return Err(anyhow!("the runner of {target} waits still"));
        }
        Ok(object)
    }

    /// The object as it is now, if it is still there and the same.
    async fn found(&self) -> Result<Option<DynamicObject>> {
        match self.desk.look().await {
            Err(error) if class_of(&error) == Class::NotFound => Ok(None),
            found => found.map(|object| Some(object).filter(|object| self.is_same(object))),
        }
    }

    /// Takes away what the runner waits for. Says whether there is a runner: one that is gone waits for nothing.
    async fn mark_done(&self) -> Result<bool> {
        match self.cluster.exec_quietly(&self.container(), &glass::ending()).await {
            Ok(Exit::Code(0)) => Ok(true),
            Ok(exit) => Err(anyhow!("the runner of {} goes on waiting: {exit:?}", self.target())),
            Err(error) if class_of(&error) == Class::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn is_same(&self, object: &DynamicObject) -> bool {
        object.metadata.uid == self.object.metadata.uid
    }

    fn gone(&self) -> Error {
        anyhow!("{} was deleted or created again", self.target()).class(Class::Conflict)
    }

    fn forbidden(&self) -> Error {
        anyhow!("tofu-controller allows no session in the runner of {}", self.target())
            .class(Class::Denied)
            .self_evident()
            .hint("allow them with allowBreakTheGlass: true among the values of its chart")
    }
}
