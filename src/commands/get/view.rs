//! What a reader of `get --watch` is given of each change, by the form that was asked for.

use anyhow::Result;
use kube::api::DynamicObject;

use super::query::Query;
use crate::cli::get::GetFormat;
use crate::output::Output;
use crate::output::document::{EventType, event_line, value_of};
use crate::output::jsonpath::Template;
use crate::output::live::{Feed, Rows, Screen};

/// The forms.
pub(super) enum View {
    /// A table in place.
    Screen(Box<Screen>),
    /// A row for each change.
    Feed(Feed),
    /// An event for each line.
    Events,
    /// What a template makes of each object that comes or changes.
    Rendered(Template),
}

impl View {
    pub(super) fn new(output: &Output, query: &Query, headers: Vec<&'static str>) -> Self {
        match &query.format {
            GetFormat::Json => Self::Events,
            GetFormat::JsonPath(template) => Self::Rendered(template.clone()),
            _ if output.stdout_redraws => {
                let screen = Screen::with_ages(headers, query.with_header, output.paper());
                Self::Screen(Box::new(screen))
            }
            _ => Self::Feed(Feed::new(headers, query.with_header)),
        }
    }

    /// What is printed once everything that was there at first has been told.
    pub(super) fn opened(&mut self, rows: &Rows) -> String {
        match self {
            Self::Feed(feed) => feed.open(rows),
            Self::Events | Self::Rendered(_) | Self::Screen(_) => String::new(),
        }
    }

    /// What is printed of an object that came or changed; `row` is its row where that is to be told.
    pub(super) fn changed(
        &mut self,
        event: EventType,
        object: &DynamicObject,
        row: Option<&[String]>,
    ) -> Result<String> {
        Ok(match self {
            Self::Events => event_line(event, object)?,
            Self::Rendered(template) => {
                let text = template.render(&value_of(object)?);
                if text.ends_with('\n') { text } else { text + "\n" }
            }
            Self::Feed(feed) => row.map(|row| feed.line(row)).unwrap_or_default(),
            Self::Screen(_) => String::new(),
        })
    }

    /// What is printed of an object that the status selector does not choose any more. Readers of events are told
    /// that it left, as the API does for label selectors; readers of rows see the status that it has now.
    pub(super) fn deselected(
        &mut self,
        object: &DynamicObject,
        cells: Option<&[String]>,
    ) -> Result<String> {
        Ok(match self {
            Self::Events => event_line(EventType::Deleted, object)?,
            Self::Feed(feed) => cells.map(|cells| feed.row(cells)).unwrap_or_default(),
            Self::Rendered(_) | Self::Screen(_) => String::new(),
        })
    }

    /// What is printed of an object that is gone; `row` is its last row where that is to be told.
    pub(super) fn deleted(
        &mut self,
        object: &DynamicObject,
        row: Option<Vec<String>>,
    ) -> Result<String> {
        Ok(match self {
            Self::Events => event_line(EventType::Deleted, object)?,
            Self::Feed(feed) => row.map(|row| feed.deleted(row)).unwrap_or_default(),
            Self::Rendered(_) | Self::Screen(_) => String::new(),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::kinds::view::tests::object;

    fn cells() -> Vec<String> {
        ["apps", "True"].map(str::to_owned).to_vec()
    }

    #[test]
    fn a_row_is_printed_only_where_it_is_to_be_told() {
        let mut feed = View::Feed(Feed::new(vec!["NAME", "READY"], false));
        let (apps, row) = (object(json!({"metadata": {"name": "apps"}})), cells());
        assert_eq!(feed.changed(EventType::Added, &apps, None).unwrap(), "");
        assert_eq!(feed.deselected(&apps, None).unwrap(), "");
        assert_eq!(feed.deleted(&apps, None).unwrap(), "");
        let told = feed.changed(EventType::Added, &apps, Some(&row)).unwrap();
        assert_eq!(told, feed.deselected(&apps, Some(&row)).unwrap());
        assert!(told.starts_with("apps") && told.contains("True"), "{told}");
        let told = feed.deleted(&apps, Some(row)).unwrap();
        assert!(told.contains("DELETED") && !told.contains("True"), "{told}");
    }

    #[test]
    fn events_are_told_from_the_first_object_on() {
        let apps = object(json!({"metadata": {"name": "apps"}}));
        let told = [
            View::Events.changed(EventType::Added, &apps, None),
            View::Events.changed(EventType::Modified, &apps, None),
            View::Events.deselected(&apps, None),
            View::Events.deleted(&apps, None),
        ];
        for (told, word) in told.into_iter().zip(["ADDED", "MODIFIED", "DELETED", "DELETED"]) {
            let told = told.unwrap();
            assert!(told.contains(&format!(r#""type":"{word}""#)), "{told}");
        }
        assert_eq!(View::Events.opened(&Rows::default()), "");
    }
}
