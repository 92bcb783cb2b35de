//! Which controller handles a kind, and what else than a reconciliation it can be asked for.

/// A controller, as the Deployment that runs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Controller {
    /// Its name, which its Deployment has too unless somebody chose another one.
    pub name: &'static str,
    /// What selects its Deployments by their labels, in whatever namespace they are.
    pub labels: &'static str,
}

/// Fetches sources.
pub const SOURCE: Controller = Controller {
    name: "source-controller",
    labels: "app.kubernetes.io/component=source-controller",
};

/// Applies Kustomizations.
pub const KUSTOMIZE: Controller = Controller {
    name: "kustomize-controller",
    labels: "app.kubernetes.io/component=kustomize-controller",
};

/// Releases charts.
pub const HELM: Controller =
    Controller { name: "helm-controller", labels: "app.kubernetes.io/component=helm-controller" };

/// Receives webhooks and sends alerts.
pub const NOTIFICATION: Controller = Controller {
    name: "notification-controller",
    labels: "app.kubernetes.io/component=notification-controller",
};

/// Scans images and selects tags.
pub const IMAGE_REFLECTOR: Controller = Controller {
    name: "image-reflector-controller",
    labels: "app.kubernetes.io/component=image-reflector-controller",
};

/// Commits selected tags.
pub const IMAGE_AUTOMATION: Controller = Controller {
    name: "image-automation-controller",
    labels: "app.kubernetes.io/component=image-automation-controller",
};

/// Composes artifacts.
pub const SOURCE_WATCHER: Controller =
    Controller { name: "source-watcher", labels: "app.kubernetes.io/component=source-watcher" };

/// Plans and applies Terraform objects; its Helm chart labels it.
pub const TOFU: Controller =
    Controller { name: "tofu-controller", labels: "app.kubernetes.io/name=tofu-controller" };

/// Something that a reconcile request can ask for beside the reconciliation.
///
/// The controller heeds it when its annotation has the same value as `requestedAt`, and notes that value in
/// its status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demand {
    /// The flag that asks for it: `force`.
    pub flag: &'static str,
    /// The annotation.
    pub annotation: &'static str,
    /// Where the status notes the value that was heeded last.
    pub heeded: &'static str,
}

/// An installation or upgrade although nothing has changed.
///
/// Source: helm-controller, `api/v2/annotations.go`, and `HelmReleaseStatus`.
pub const FORCE: Demand = Demand {
    flag: "force",
    annotation: "reconcile.fluxcd.io/forceAt",
    heeded: "/status/lastHandledForceAt",
};

/// Failures counted anew, so that a release whose retries are used up is tried again.
///
/// Source: as of [`FORCE`].
pub const RESET: Demand = Demand {
    flag: "reset",
    annotation: "reconcile.fluxcd.io/resetAt",
    heeded: "/status/lastHandledResetAt",
};
