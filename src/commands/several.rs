//! Work on several objects: each is tried, whatever happens to the others.

use anyhow::{Error, Result, anyhow};
use futures::stream::{self, StreamExt as _};

use crate::error::{Explain as _, common_class};
use crate::output::Output;

/// Objects that are worked on at the same time.
pub(super) const AT_ONCE: usize = 16;

/// Does `work` to each of `items` that could be had, several at the same time. The results are in their order,
/// and in this order `tell` hears of each success.
pub(super) async fn each<T, U, F>(
    items: impl IntoIterator<Item = Result<T>>,
    work: impl Fn(T) -> F,
    tell: impl Fn(&U),
) -> Vec<Result<U>>
where
    F: Future<Output = Result<U>>,
{
    let work = items.into_iter().map(|item| {
        let work = item.map(&work);
        async move { work?.await }
    });
    let mut results = std::pin::pin!(stream::iter(work).buffered(AT_ONCE));
    let mut all = Vec::new();
    while let Some(result) = results.next().await {
        if let Ok(success) = &result {
            tell(success);
        }
        all.push(result);
    }
    all
}

/// The results that are failures.
pub(super) fn failures<T>(results: Vec<Result<T>>) -> Vec<Error> {
    results.into_iter().filter_map(Result::err).collect()
}

/// The failure of the only one, or what several failures `of` so many objects have in common; `undone` says
/// what was not done, as in "2 of 3 objects `were not resumed`".
pub(super) fn refuse_failures(
    output: &Output,
    mut failures: Vec<Error>,
    of: usize,
    undone: &str,
) -> Result<()> {
    match failures.len() {
        0 => Ok(()),
        1 if of == 1 => Err(failures.swap_remove(0)),
        failed => {
            for failure in &failures {
                output.failed(format_args!("{failure:#}"));
            }
            let class = common_class(&failures);
            Err(anyhow!("{failed} of {of} objects {undone}").class(class))
        }
    }
}
