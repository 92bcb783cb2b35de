//! Branches and what protects them.

use http::StatusCode;
use serde_json::{Value, json};

use super::super::answer::{Answer, Reply};
use super::super::rules::Rule;
use super::super::{store, views};
use super::Call;

pub(in crate::github) fn get(call: &Call<'_>) -> Reply {
    let git = call.git()?;
    let name = call.parameter("branch");
    let tip = store::target(&git, &format!("refs/heads/{name}"))?
        .ok_or_else(|| Answer::error(StatusCode::NOT_FOUND, "Branch not found"))?;
    let tip = git.find_commit(tip)?;
    let repository = call.repository()?;
    let links = call.links()?;
    let url = format!("{}/branches/{name}", links.api);
    let rules = repository.rules_of(name);
    let is_classic = rules.iter().any(|rule| rule.is_classic());
    let state = call.github.state();
    Ok(Answer::ok(json!({
        "name": name,
        "commit": views::commit(&state, &git, repository, &tip),
        "_links": { "self": url, "html": format!("{}/tree/{name}", links.web) },
        "protected": !rules.is_empty(),
        "protection": { "enabled": is_classic },
        "protection_url": format!("{url}/protection"),
    })))
}

/// Classic protection only; rulesets have their own endpoint, [`rules`].
pub(in crate::github) fn protection(call: &Call<'_>) -> Reply {
    let name = call.parameter("branch");
    let rules = call.repository()?.rules_of(name);
    if !rules.iter().any(|rule| rule.is_classic()) {
        return Err(Answer::error(StatusCode::NOT_FOUND, "Branch not protected"));
    }
    let url = format!("{}/branches/{name}/protection", call.links()?.api);
    // One switch for all of them.
    let spares = rules.contains(&&Rule::ReviewsUnlessAdministrator);
    let mut shown = json!({
        "url": url,
        "enforce_admins": { "url": format!("{url}/enforce_admins"), "enabled": !spares },
        "allow_force_pushes": { "enabled": false },
        "allow_deletions": { "enabled": false },
        "lock_branch": { "enabled": rules.contains(&&Rule::Locked) },
    });
    if spares || rules.contains(&&Rule::RequiredReviews) {
        shown["required_pull_request_reviews"] = json!({
            "url": format!("{url}/required_pull_request_reviews"),
            "dismiss_stale_reviews": false,
            "require_code_owner_reviews": false,
            "required_approving_review_count": 1,
        });
    }
    if rules.contains(&&Rule::RestrictedPushes) {
        let url = format!("{url}/restrictions");
        shown["restrictions"] = json!({
            "url": url,
            "users_url": format!("{url}/users"),
            "teams_url": format!("{url}/teams"),
            "apps_url": format!("{url}/apps"),
            "users": [], "teams": [], "apps": [],
        });
    }
    Ok(Answer::ok(shown))
}

/// The rules that bind a branch, whether it exists or not.
pub(in crate::github) fn rules(call: &Call<'_>) -> Reply {
    let repository = call.repository()?;
    let rules: Vec<Value> = repository
        .rules_of(call.parameter("branch"))
        .into_iter()
        .filter_map(|rule| rule.to_json(repository))
        .collect();
    Ok(call.page(rules))
}

/// The one ruleset of a repository, which has its number, and whether it binds the caller.
pub(in crate::github) fn ruleset(call: &Call<'_>) -> Reply {
    let repository = call.repository()?;
    if call.parameter("ruleset_id") != repository.id.to_string() {
        return Err(Answer::not_found());
    }
    let is_exempt = call.github.0.faults.fire("github.rules").is_some();
    Ok(Answer::ok(json!({
        "id": repository.id,
        "name": "branches",
        "target": "branch",
        "source_type": "Repository",
        "source": repository.full_name(),
        "enforcement": "active",
        "current_user_can_bypass": if is_exempt { "always" } else { "never" },
    })))
}
