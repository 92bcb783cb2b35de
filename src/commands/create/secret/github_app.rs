//! `create secret githubapp`: a GitHub App that authenticates to repositories.

use anyhow::Result;

use super::Wanted;
use crate::cli::create::secret::GitHubAppArgs;
use crate::commands::create::new::given;
use crate::commands::files;

pub(super) fn wanted(args: &GitHubAppArgs) -> Result<Wanted> {
    let key = files::verbatim(&args.app_private_key, "--app-private-key")?;
    let mut entries = vec![
        ("githubAppID".to_owned(), args.app_id.as_str().into()),
        ("githubAppPrivateKey".to_owned(), key),
    ];
    for (name, value) in [
        ("githubAppInstallationOwner", &args.installation.app_installation_owner),
        ("githubAppInstallationID", &args.installation.app_installation_id),
        ("githubAppBaseURL", &args.app_base_url),
    ] {
        entries.extend(given(value).map(|value| (name.to_owned(), value.into())));
    }
    Ok(Wanted::opaque(&args.name, entries))
}
