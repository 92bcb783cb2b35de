//! Whether there is a controller to pick a request up.
//!
//! Controllers are looked at only when a request has not been picked up, and from then on they are
//! watched: one that is coming up is waited for, one that is scaled to zero or not there is not.

use std::collections::BTreeMap;

use futures::FutureExt as _;
use futures::stream::{BoxStream, SelectAll, StreamExt as _};
use k8s_openapi::api::apps::v1::Deployment;
use kube::ResourceExt as _;
use kube::api::DynamicObject;
use kube::core::ApiResource;

use super::crew::Crew;
use crate::cluster::watch::{Event, Subject};
use crate::cluster::why::is_at_work;
use crate::cluster::why::report::Report;
use crate::cluster::{Cluster, Scope};
use crate::kinds::controller::Controller;

/// How a controller is attended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// It runs. Waiting for its turn is no failure.
    Running,
    /// It does not run, or none of its Pods leads, and that may still come; why, in words.
    Down(String),
    /// It does not run, and will not by waiting; why, and what to do.
    Gone { why: String, hint: String },
    /// We could not look; why not, in words.
    Unseen(String),
}

/// The controllers that were looked for.
pub(super) struct Attendance<'a> {
    cluster: &'a Cluster,
    controllers: Vec<Watched>,
    events: SelectAll<BoxStream<'static, (Look, anyhow::Result<Event>)>>,
    /// Which controller, at which turn of it, and how it turned out to be.
    examining: Crew<'a, (usize, usize, State)>,
}

/// Which controller a watch is about, and which of its ways to be found it goes.
type Look = (usize, usize);

struct Watched {
    controller: Controller,
    /// The way that is being tried.
    way: usize,
    deployments: BTreeMap<(String, String), Deployment>,
    is_complete: bool,
    /// How often it was decided about: what an older decision finds out does not count any more.
    turn: usize,
    state: Option<State>,
}

impl<'a> Attendance<'a> {
    pub(super) fn new(cluster: &'a Cluster) -> Self {
        Self { cluster, controllers: Vec::new(), events: SelectAll::new(), examining: Crew::new() }
    }

    /// How a controller is attended, as far as that is known; the first call begins to look.
    pub(super) fn of(&mut self, controller: Controller) -> Option<&State> {
        let known = self.controllers.iter().position(|known| known.controller == controller);
        let place = known.unwrap_or_else(|| {
            self.controllers.push(Watched {
                controller,
                way: 0,
                deployments: BTreeMap::new(),
                is_complete: false,
                turn: 0,
                state: None,
            });
            self.look(self.controllers.len() - 1);
            self.controllers.len() - 1
        });
        self.controllers[place].state.as_ref()
    }

    /// What is known already, without looking.
    pub(super) fn known(&self, controller: Controller) -> Option<&State> {
        self.controllers.iter().find(|known| known.controller == controller)?.state.as_ref()
    }

    /// The next controller whose state is new. Never returns where none was asked for; nothing is lost when
    /// it is dropped.
    pub(super) async fn next(&mut self) -> Controller {
        loop {
            let changed = tokio::select! {
                Some((look, event)) = self.events.next(), if !self.events.is_empty() => {
                    self.take(look, event)
                }
                (place, turn, state) = self.examining.next() => {
                    let is_current = self.controllers[place].turn == turn;
                    is_current.then(|| self.tell(place, state)).flatten()
                }
            };
            if let Some(controller) = changed {
                return controller;
            }
        }
    }

    /// Watches the Deployments that a controller may be, by its labels first and then by its name.
    fn look(&mut self, place: usize) {
        let watched = &self.controllers[place];
        let Some(scope) = ways(watched.controller).into_iter().nth(watched.way) else { return };
        let look = (place, watched.way);
        let subject = Subject::Resource(ApiResource::erase::<Deployment>(&()));
        let events = self.cluster.watch_subject(subject, scope);
        self.events.push(events.map(move |event| (look, event)).boxed());
    }

    fn take(&mut self, (place, way): Look, event: anyhow::Result<Event>) -> Option<Controller> {
        if self.controllers[place].way != way {
            return None;
        }
        match event {
            Ok(Event::Initial(object) | Event::Applied(object)) => self.note(place, &object),
            Ok(Event::Deleted(object)) => {
                self.controllers[place].deployments.remove(&key_of(&object));
            }
            Ok(Event::InitialDone) => self.controllers[place].is_complete = true,
            Ok(_) => return None,
            Err(error) => return self.tell(place, State::Unseen(format!("{error:#}"))),
        }
        self.decide(place)
    }

    fn note(&mut self, place: usize, object: &DynamicObject) {
        if let Ok(deployment) = object.clone().try_parse::<Deployment>() {
            self.controllers[place].deployments.insert(key_of(object), deployment);
        }
    }

    fn decide(&mut self, place: usize) -> Option<Controller> {
        let watched = &mut self.controllers[place];
        if !watched.is_complete {
            return None;
        }
        if watched.deployments.is_empty() && watched.way + 1 < ways(watched.controller).len() {
            watched.way += 1;
            watched.is_complete = false;
            self.look(place);
            return None;
        }
        watched.turn += 1;
        let turn = watched.turn;
        let deployments: Vec<_> = watched.deployments.values().collect();
        let cluster = self.cluster;
        match judge(watched.controller, &deployments) {
            Judgement::Is(state) => return self.tell(place, state),
            Judgement::Examine { namespace, name, words } => {
                let examine = async move {
                    // The Pods tell more than their number; where they may not be seen, that has to do.
                    let report = cluster.why_unavailable(&namespace, &name).await;
                    (place, turn, State::Down(with_cause(words, &report)))
                };
                self.examining.add(examine.boxed_local());
            }
            Judgement::Runs { namespace, name } => {
                let examine = async move {
                    let leaderless = cluster.leaderless(&namespace, &name).await;
                    (place, turn, leaderless.map_or(State::Running, State::Down))
                };
                self.examining.add(examine.boxed_local());
            }
        }
        None
    }

    fn tell(&mut self, place: usize, state: State) -> Option<Controller> {
        let watched = &mut self.controllers[place];
        let is_news = watched.state.as_ref() != Some(&state);
        watched.state = Some(state);
        is_news.then_some(watched.controller)
    }
}

/// How a controller's Deployments can be found.
fn ways(controller: Controller) -> [Scope; 2] {
    [Scope::everywhere().labels(controller.labels), Scope::everywhere().named(controller.name)]
}

fn key_of(object: &DynamicObject) -> (String, String) {
    (object.namespace().unwrap_or_default(), object.name_any())
}

/// Words about a Deployment, with what is known of why.
fn with_cause(words: String, report: &Report) -> String {
    match &report.cause {
        Some(cause) => format!("{words}: {}", cause.told_of(&report.subject)),
        None => words,
    }
}

/// What Deployments say of a controller.
#[derive(Debug, PartialEq, Eq)]
enum Judgement {
    Is(State),
    /// It does not run, and its Pods know why.
    Examine {
        namespace: String,
        name: String,
        words: String,
    },
    /// It runs, all by itself: if none of its Pods leads, nobody does its work.
    Runs {
        namespace: String,
        name: String,
    },
}

/// One of several that runs is enough: others may be shards.
fn judge(controller: Controller, deployments: &[&Deployment]) -> Judgement {
    let wanted = |deployment: &Deployment| {
        deployment.spec.as_ref().and_then(|spec| spec.replicas).unwrap_or(1)
    };
    let place = |one: &Deployment| (one.namespace().unwrap_or_default(), one.name_any());
    let at_work: Vec<_> = deployments.iter().filter(|one| is_at_work(one)).collect();
    match at_work.as_slice() {
        [] => {}
        [one] if one.name_any() == controller.name => {
            let (namespace, name) = place(one);
            return Judgement::Runs { namespace, name };
        }
        _ => return Judgement::Is(State::Running),
    }
    let (Some(first), rising) =
        (deployments.first(), deployments.iter().find(|one| wanted(one) > 0))
    else {
        return Judgement::Is(State::Gone {
            why: format!("there is no Deployment of {}", controller.name),
            hint: "see what is installed with: nigari check".to_owned(),
        });
    };
    match rising {
        Some(one) => {
            let (namespace, name) = place(one);
            let words = format!("Deployment {namespace}/{name} has 0 of {} Pods", wanted(one));
            Judgement::Examine { namespace, name, words }
        }
        None => {
            let (namespace, name) = place(first);
            Judgement::Is(State::Gone {
                why: format!("Deployment {namespace}/{name} is scaled to 0"),
                hint: format!("kubectl -n {namespace} scale deployment/{name} --replicas=1"),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::kinds::controller::KUSTOMIZE;

    fn deployment(name: &str, replicas: i32, available: i32) -> Deployment {
        serde_json::from_value(json!({
            "metadata": {"name": name, "namespace": "flux-system"},
            "spec": {"replicas": replicas, "selector": {}, "template": {}},
            "status": {"availableReplicas": available},
        }))
        .expect("a Deployment")
    }

    fn judged(deployments: &[Deployment]) -> Judgement {
        judge(KUSTOMIZE, &deployments.iter().collect::<Vec<_>>())
    }

    #[test]
    fn one_that_runs_is_enough() {
        let main = |replicas| deployment("kustomize-controller", replicas, 0);
        let shard = deployment("kustomize-controller-shard1", 1, 1);
        assert_eq!(judged(&[main(0), shard.clone()]), Judgement::Is(State::Running));
        assert_eq!(judged(&[main(1), shard]), Judgement::Is(State::Running));
    }

    #[test]
    fn the_only_one_that_runs_has_to_have_a_leader() {
        let main = deployment("kustomize-controller", 1, 1);
        let [namespace, name] = ["flux-system", "kustomize-controller"].map(str::to_owned);
        assert_eq!(judged(std::slice::from_ref(&main)), Judgement::Runs { namespace, name });
        let shard = deployment("kustomize-controller-shard1", 1, 1);
        assert_eq!(judged(&[main, shard]), Judgement::Is(State::Running));
    }

    #[test]
    fn one_that_is_coming_up_is_examined() {
        match judged(&[deployment("kustomize-controller", 2, 0)]) {
            Judgement::Examine { words, .. } => {
                assert_eq!(words, "Deployment flux-system/kustomize-controller has 0 of 2 Pods");
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_scaled_to_zero_or_absent_does_not_come() {
        let why = |judgement| match judgement {
            Judgement::Is(State::Gone { why, .. }) => why,
            other => panic!("{other:?}"),
        };
        assert_eq!(
            why(judged(&[deployment("kustomize-controller", 0, 0)])),
            "Deployment flux-system/kustomize-controller is scaled to 0"
        );
        // Its last Pod is still ending.
        assert_eq!(
            why(judged(&[deployment("kustomize-controller", 0, 1)])),
            "Deployment flux-system/kustomize-controller is scaled to 0"
        );
        assert_eq!(why(judged(&[])), "there is no Deployment of kustomize-controller");
    }
}
