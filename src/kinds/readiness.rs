//! Ready, progressing, failed or stalled: a pure verdict over an object.

/// What an object's status means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The state.
    pub state: State,
    /// The condition's reason; empty without a condition.
    pub reason: String,
    /// The controller's own message; empty without a condition.
    pub message: String,
}

/// The states of a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Ready=True for the current generation.
    Ready,
    /// The controller has not decided yet.
    Progressing,
    /// Failed, and trying again will not help.
    Failed,
    /// Failed, and the controller tries again.
    Retrying,
    /// Stalled=True: the controller gave up until the object changes.
    Stalled,
    /// Suspended: nothing happens until it is resumed.
    Suspended,
    /// There is no condition to judge by.
    Unknown,
}
