//! A diagnosis for people.

use crate::cluster::why::report::{Fault, Report, State, Step};
use crate::cluster::why::subject::Subject;
use crate::output::clean;

/// The cause in the first line, then the way to it, whom it holds up, and what was not seen.
pub(super) fn of(report: &Report) -> String {
    let mut lines = vec![first_line(report)];
    if report.chain.len() > 1 {
        lines.extend(report.chain.iter().enumerate().map(|(depth, step)| branch(depth, step)));
    }
    if !report.blocked.is_empty() {
        let blocked: Vec<String> = report.blocked.iter().map(Subject::to_string).collect();
        lines.push(format!("blocked by it: {}", blocked.join(", ")));
    }
    lines.extend(report.others.iter().map(|cause| format!("also: {cause}")));
    lines.extend(report.unseen.iter().map(|unseen| format!("not seen: {unseen}")));
    let mut text = clean(&lines.join("\n")).into_owned();
    text.push('\n');
    text
}

fn first_line(report: &Report) -> String {
    let subject = &report.subject;
    match (&report.cause, report.state) {
        (Some(cause), _) if cause.fault == Fault::Busy && cause.subject != *subject => {
            format!("waits for {cause}")
        }
        (Some(cause), _) => cause.to_string(),
        (None, State::Ready) => format!("{subject} is ready"),
        (None, _) => format!("{subject} is not ready"),
    }
}

/// `   └─ depends on Kustomization flux-system/infra: HealthCheckFailed`
fn branch(depth: usize, step: &Step) -> String {
    let twig = match depth.checked_sub(1) {
        Some(above) => format!("{}└─ ", "   ".repeat(above)),
        None => String::new(),
    };
    let relation = step.relation.map(|relation| format!("{} ", relation.verb()));
    let (relation, subject) = (relation.unwrap_or_default(), &step.subject);
    match step.words.as_str() {
        "" => format!("{twig}{relation}{subject}"),
        words => format!("{twig}{relation}{subject}: {words}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::why::report::Relation;

    fn kustomization(name: &str) -> Subject {
        Subject::new("kustomize.toolkit.fluxcd.io", "Kustomization", "flux-system", name)
    }

    fn step(relation: Option<Relation>, name: &str, words: &str) -> Step {
        Step { relation, subject: kustomization(name), words: words.to_owned() }
    }

    #[test]
    fn a_ready_object_is_one_line() {
        let report = Report::new(kustomization("apps"), State::Ready);
        assert_eq!(of(&report), "Kustomization flux-system/apps is ready\n");
    }

    #[test]
    fn the_way_is_a_tree_and_nothing_of_it_moves_the_cursor() {
        let chain = vec![
            step(None, "apps", "DependencyNotReady"),
            step(Some(Relation::Dependency), "infra", "Health\u{1b}[2J"),
            step(Some(Relation::Applied), "db", ""),
        ];
        let unseen = vec!["cannot list Pods in namespace apps: forbidden".to_owned()];
        let blocked = vec![kustomization("infra"), kustomization("apps")];
        let report =
            Report { chain, unseen, blocked, ..Report::new(kustomization("apps"), State::Failed) };
        assert_eq!(
            of(&report),
            "Kustomization flux-system/apps is not ready\n\
             Kustomization flux-system/apps: DependencyNotReady\n\
             └─ depends on Kustomization flux-system/infra: Health\\u{1b}[2J\n   \
                └─ applied Kustomization flux-system/db\n\
             blocked by it: Kustomization flux-system/infra, Kustomization flux-system/apps\n\
             not seen: cannot list Pods in namespace apps: forbidden\n"
        );
    }
}
