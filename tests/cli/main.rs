//! The binary as its users see it: standard output, standard error and exit status, against the sandbox.

#![allow(clippy::unwrap_used, reason = "a test ends where something is not as it must be")]

mod bootstrap_app;
mod bootstrap_check;
mod bootstrap_check_delivery;
mod bootstrap_check_matrix;
mod bootstrap_components;
mod bootstrap_dry_run;
mod bootstrap_github;
mod bootstrap_kustomize;
mod bootstrap_large;
mod bootstrap_login;
mod bootstrap_pull_request;
mod bootstrap_races;
mod bootstrap_refusals;
mod bootstrap_rotate;
mod bootstrap_signing;
mod bundles;
mod canary_search;
mod causes;
mod chains;
mod check;
mod completion;
mod create;
mod create_arguments;
mod create_commit;
mod create_credentials;
mod create_kinds;
mod create_references;
mod create_refusals;
mod create_templates;
mod create_transcripts;
mod debug;
mod delete;
mod events;
mod every_kind;
mod export;
mod generated;
mod get;
mod get_pages;
mod get_selection;
mod habits;
mod init;
mod install;
mod install_failures;
#[cfg(target_os = "linux")]
mod live_terminal;
mod logs;
mod man;
mod plan_approve;
mod plan_git;
mod plan_glass;
mod plan_list;
mod plan_new;
mod plan_show;
mod plan_state;
mod plan_watch;
mod reconcile;
mod resume;
mod sandbox;
mod shells;
mod suspend;
#[cfg(target_os = "linux")]
#[path = "../../src/output/live/terminal.rs"]
mod terminal;
mod tofu_controller;
mod trace;
mod tree;
mod uninstall;
mod uninstall_refusals;
mod upstream;
mod version;
mod wait;
mod why;
