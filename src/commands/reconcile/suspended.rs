//! What is suspended among the objects: resumed, or refused.

use anyhow::Result;
use tokio::time::Instant;

use super::plan::{Place, Plan};
use super::run::Run;
use crate::cluster::reconcile::{Reconciliations, refuse_suspended};
use crate::commands::resume;
use crate::commands::selection::Found;
use crate::commands::several::each;
use crate::error::Shared;

impl Run<'_> {
    /// Resumes what is suspended if that was asked for, else refuses it before any write.
    pub(super) async fn deal_with_suspended(
        &mut self,
        plan: &mut Plan,
        work: &mut Reconciliations<'_>,
    ) -> Result<()> {
        let mut suspended = Vec::new();
        for place in plan.waiting() {
            let (kind, object) = (plan.step(place).kind, &plan.step(place).object);
            let Some(found) = work.object(object) else { continue };
            match refuse_suspended(kind, found) {
                Ok(()) => {}
                Err(_) if self.args.resume => suspended.push((place, kind, found.clone())),
                Err(error) => plan.end(place, Err(Shared::new(error)), Instant::now()),
            }
        }
        let (ctx, cluster) = (self.ctx, self.ctx.cluster().await?);
        let places: Vec<Place> = suspended.iter().map(|(place, ..)| *place).collect();
        let found = suspended.into_iter().map(|(_, kind, object)| Ok(Found { kind, object }));
        let resume =
            |found: Found| async move { resume::resume(ctx, cluster, &found, false).await };
        let resumed = each(found, resume, |_| ()).await;
        for (place, resumed) in places.into_iter().zip(resumed) {
            match resumed {
                Ok(resumed) => {
                    work.note(plan.step(place).kind, resumed.object);
                    self.resumed.insert(plan.step(place).object.clone(), resumed.request);
                }
                Err(error) => plan.end(place, Err(Shared::new(error)), Instant::now()),
            }
        }
        Ok(())
    }
}
