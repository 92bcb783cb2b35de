//! What a line of a controller says; pure.

use serde_json::{Map, Value};

use super::written;
use crate::cli::logs::LogLevel;
use crate::cluster::logs::Line;
use crate::output::document;
use crate::output::table::fold;

/// A line, taken apart. Controllers log JSON; what is none, such as a panic, is kept as it is.
pub(super) struct Entry<'a> {
    line: &'a Line,
    fields: Option<Map<String, Value>>,
}

/// Which entries are shown; what is given must all hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    pub(super) level: Option<LogLevel>,
    pub(super) kind: Option<String>,
    pub(super) name: Option<String>,
    /// The namespace of the object that an entry is about.
    pub(super) namespace: Option<String>,
}

impl Filter {
    /// Whether an entry is shown. One about no object is shown unless objects of a kind or a name are asked
    /// for: it is about the controller itself.
    pub(super) fn passes(&self, entry: &Entry<'_>) -> bool {
        let is = |wanted: &Option<String>, is: &str| {
            wanted.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(is))
        };
        let namespace = entry.text_at("namespace");
        self.level.is_none_or(|level| entry.text_at("level").eq_ignore_ascii_case(level.word()))
            && self
                .kind
                .as_ref()
                .is_none_or(|wanted| entry.kinds().any(|kind| wanted.eq_ignore_ascii_case(kind)))
            && is(&self.name, entry.text_at("name"))
            && (namespace.is_empty() || is(&self.namespace, namespace))
    }
}

/// Where an entry names the kind of its object: older controllers, newer ones.
///
/// Source: fluxcd/pkg, `runtime/logger`; controller-runtime, `pkg/builder`.
const KINDS: [&str; 2] = ["reconciler kind", "controllerKind"];

impl<'a> Entry<'a> {
    pub(super) fn of(line: &'a Line) -> Self {
        let fields = line.text.starts_with('{').then(|| serde_json::from_str(&line.text).ok());
        Self { line, fields: fields.flatten() }
    }

    fn text_at(&self, key: &str) -> &str {
        self.fields.as_ref().and_then(|fields| fields.get(key)?.as_str()).unwrap_or_default()
    }

    fn kinds(&self) -> impl Iterator<Item = &str> {
        KINDS.into_iter().map(|key| self.text_at(key)).filter(|kind| !kind.is_empty())
    }

    /// `TIME LEVEL KIND/NAME.NAMESPACE - MESSAGE ERROR`, on one line; the Pod where there is no object.
    pub(super) fn text(&self) -> String {
        if self.fields.is_none() {
            let Line { pod, time, text } = self.line;
            return format!("{} {pod} - {}\n", written(*time), fold(text));
        }
        let time = match self.text_at("ts") {
            "" => written(self.line.time),
            time => time.to_owned(),
        };
        let (name, namespace) = (self.text_at("name"), self.text_at("namespace"));
        let about = match (self.kinds().next(), name) {
            (Some(kind), "") => kind.to_owned(),
            (Some(kind), name) => format!("{kind}/{name}.{namespace}"),
            (None, _) => self.line.pod.to_string(),
        };
        let words =
            [&time, self.text_at("level"), &about, "-", self.text_at("msg"), self.text_at("error")];
        let words: Vec<_> = words.into_iter().filter(|word| !word.is_empty()).collect();
        fold(&words.join(" ")) + "\n"
    }

    /// The entry as it was written, and the Pod that wrote it.
    pub(super) fn json(&self) -> String {
        let mut fields = Map::new();
        fields.insert("pod".to_owned(), Value::from(&*self.line.pod));
        match &self.fields {
            Some(own) => fields.extend(own.clone()),
            None => {
                fields.insert("ts".to_owned(), Value::from(written(self.line.time)));
                fields.insert("msg".to_owned(), Value::from(self.line.text.as_str()));
            }
        }
        document::line(&Value::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line {
        Line {
            pod: "kustomize-controller-1".into(),
            time: "2026-11-23T08:00:00.5Z".parse().unwrap(),
            text: text.to_owned(),
        }
    }

    const FAILED: &str = r#"{"level":"error","ts":"2026-11-23T08:00:01.000Z","msg":"Reconciliation failed",
        "controllerKind":"Kustomization","name":"apps","namespace":"flux-system","error":"no such\nfile"}"#;
    const STARTED: &str =
        r#"{"level":"info","ts":"2026-11-23T08:00:00.000Z","msg":"Starting workers"}"#;
    const PANIC: &str = "panic: \u{1b}[31mnil";

    #[test]
    fn an_entry_is_one_harmless_line() {
        for (text, expected) in [
            (
                FAILED,
                "2026-11-23T08:00:01.000Z error Kustomization/apps.flux-system - Reconciliation failed no such file\n",
            ),
            (STARTED, "2026-11-23T08:00:00.000Z info kustomize-controller-1 - Starting workers\n"),
            (PANIC, "2026-11-23T08:00:00.500Z kustomize-controller-1 - panic: \\u{1b}[31mnil\n"),
        ] {
            assert_eq!(Entry::of(&line(text)).text(), expected);
        }
    }

    #[test]
    fn a_program_gets_the_entry_and_its_pod() {
        let told: Value = serde_json::from_str(&Entry::of(&line(FAILED)).json()).unwrap();
        assert_eq!(
            (&told["pod"], &told["error"]),
            (&"kustomize-controller-1".into(), &"no such\nfile".into())
        );
        let panic = Entry::of(&line(PANIC)).json();
        assert!(panic.contains("\\u001b") && panic.ends_with("}\n"), "{panic}");
    }

    #[test]
    fn what_is_about_no_object_passes_unless_an_object_is_wanted() {
        let text = |text: &str| Some(text.to_owned());
        let open = Filter { namespace: text("flux-system"), ..Filter::default() };
        for (filter, passing) in [
            (open.clone(), [true, true, true]),
            (Filter { namespace: text("apps"), ..Filter::default() }, [false, true, true]),
            (Filter { kind: text("kustomization"), ..open.clone() }, [true, false, false]),
            (Filter { name: text("web"), ..open.clone() }, [false, false, false]),
            (Filter { level: Some(LogLevel::Error), ..open.clone() }, [true, false, false]),
            (Filter { level: Some(LogLevel::Info), ..open }, [false, true, false]),
        ] {
            let passes =
                [FAILED, STARTED, PANIC].map(|text| filter.passes(&Entry::of(&line(text))));
            assert_eq!(passes, passing, "{filter:?}");
        }
    }
}
