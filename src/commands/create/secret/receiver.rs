//! `create secret receiver`: the token of a webhook.

use anyhow::{Result, anyhow};
use aws_lc_rs::rand;
use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use super::{Wanted, sensitive};
use crate::cli::create::receiver::ReceiverType;
use crate::cli::create::secret::ReceiverSecretArgs;
use crate::commands::create::new::{New, given};
use crate::context::Context;
use crate::digest::Digest;

/// Where the address is noted that callers are told.
const WEBHOOK: &str = "notification.toolkit.fluxcd.io/webhook";

pub(super) fn wanted(ctx: &Context, new: &New<'_>, args: &ReceiverSecretArgs) -> Result<Wanted> {
    let token = match sensitive(ctx, "--token", args.token.as_ref(), args.token_file.as_deref())? {
        Some(token) => token,
        None => random_token()?,
    };
    let webhook = webhook(&args.hostname, &token, &args.name, new.namespace);
    let mut entries = vec![("token".to_owned(), token)];
    if args.type_ == ReceiverType::Gcr {
        let audience = given(&args.audience_claim).unwrap_or_else(|| webhook.clone());
        entries.extend(given(&args.email_claim).map(|email| ("email".to_owned(), email.into())));
        entries.push(("audience".to_owned(), audience.into()));
    }
    let annotation = Some((WEBHOOK, webhook));
    Ok(Wanted { annotation, ..Wanted::opaque(&args.name, entries) })
}

/// The address of the Receiver that has the Secret's name.
///
/// Source: fluxcd/notification-controller, `Receiver.GetWebhookPath`: SHA-256 of token, name and namespace.
fn webhook(hostname: &str, token: &SecretString, name: &str, namespace: &str) -> String {
    let text = Zeroizing::new(format!("{}{name}{namespace}", token.expose_secret()));
    format!("https://{hostname}/hook/{}", Digest::of(text.as_bytes()).hex())
}

/// 32 random bytes, as hex digits.
fn random_token() -> Result<SecretString> {
    let mut bytes = Zeroizing::new([0; 32]);
    rand::fill(bytes.as_mut()).map_err(|_| anyhow!("the system has no random numbers"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_that_of_the_receiver() {
        // The digest is that of: printf tokenfleetflux-system | sha256sum
        let token = "token".to_owned().into();
        assert_eq!(
            webhook("flux.example.com", &token, "fleet", "flux-system"),
            "https://flux.example.com/hook/\
             c7edb07ea85039e416080a58338133dd2935cbee78383354dfd52bd15084c7e2"
        );
    }

    #[test]
    fn tokens_are_long_and_differ() {
        let [one, other] = [(); 2].map(|()| random_token().unwrap());
        assert_eq!(one.expose_secret().len(), 64);
        assert_ne!(one.expose_secret(), other.expose_secret());
    }
}
