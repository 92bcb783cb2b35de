//! What became of a request, and of each attempt to send it.

use anyhow::Result;
use http::StatusCode;

use crate::git_host::github::refusal;
use crate::git_host::github::reply::Reply;
use crate::git_host::github::retry::Observation;
use crate::http_client::Failure;

/// What became of a request that cannot be repeated without looking.
pub(in crate::git_host::github) enum Sent {
    /// GitHub answered.
    Answered(Reply),
    /// It may or may not have taken effect; the error says why nobody knows.
    Unknown(anyhow::Error),
}

/// What became of one attempt to send it.
pub(super) enum Attempt {
    Answered(Reply),
    Failed(Failure, anyhow::Error),
}

impl Attempt {
    pub(super) fn observation(&self) -> Observation {
        match self {
            Self::Failed(Failure::Untrusted, _) => Observation::Untrusted,
            Self::Failed(Failure::Unsent, _) => Observation::Unsent,
            Self::Failed(Failure::Lost, _) => Observation::Lost,
            Self::Answered(reply) => {
                Observation::Answered { status: reply.status, limit: reply.limit() }
            }
        }
    }

    /// Whether GitHub does not know who asks.
    pub(super) fn is_unknown(&self) -> bool {
        matches!(self, Self::Answered(reply) if reply.status == StatusCode::UNAUTHORIZED)
    }

    pub(super) fn into_error(self) -> anyhow::Error {
        match self {
            Self::Answered(reply) => refusal::of(&reply),
            Self::Failed(_, error) => error,
        }
    }

    pub(super) fn into_sent(self) -> Result<Sent> {
        match self {
            Self::Answered(reply) => Ok(Sent::Answered(reply)),
            Self::Failed(_, error) => Err(error),
        }
    }

    pub(super) fn into_unknown(self) -> Sent {
        Sent::Unknown(self.into_error())
    }
}
