//! What the API server was asked, from the log that it writes itself.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Seek as _, SeekFrom};
use std::path::PathBuf;
use std::time::Duration;

use k8s_openapi::jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use crate::recorder::{Request, changes_cluster};

/// Bodies of requests, and only of those that a test or a player sent: a controller-manager asks a lot.
pub(super) const POLICY: &str = r#"apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
  - level: Request
    users: [admin, players]
  - level: None
"#;

/// A reader of the audit log that remembers how far it has read.
pub(crate) struct AuditLog {
    path: PathBuf,
    read_bytes: u64,
}

impl AuditLog {
    /// A reader that begins at the start.
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, read_bytes: 0 }
    }

    /// A reader that begins at the present end.
    pub(super) fn from_now(path: PathBuf) -> Self {
        let read_bytes = path.metadata().map_or(0, |file| file.len());
        Self { path, read_bytes }
    }

    /// The requests that were answered since the last call; a watch counts when it begins.
    pub(crate) fn news(&mut self) -> Vec<Request> {
        let mut requests = Vec::new();
        // Before the first request there is no file.
        let Ok(mut file) = File::open(&self.path) else { return requests };
        if file.seek(SeekFrom::Start(self.read_bytes)).is_err() {
            return requests;
        }
        let mut reader = BufReader::new(file);
        let mut line = String::new();
        while let Ok(length) = reader.read_line(&mut line) {
            // The last line may be half written.
            if !line.ends_with('\n') {
                break;
            }
            self.read_bytes += u64::try_from(length).expect("a line fits into memory");
            requests.extend(request(&line));
            line.clear();
        }
        requests
    }
}

/// An entry, as far as it concerns us (`audit.k8s.io/v1`, Event).
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    stage: String,
    verb: String,
    #[serde(rename = "requestURI")]
    request_uri: String,
    #[serde(default)]
    user_agent: String,
    response_status: Option<ResponseStatus>,
    request_object: Option<Value>,
    request_received_timestamp: Option<Timestamp>,
    stage_timestamp: Option<Timestamp>,
}

impl Entry {
    /// From the request's arrival to the end of its answer; of a watch to its beginning.
    fn took(&self) -> Option<Duration> {
        let took = self.stage_timestamp?.duration_since(self.request_received_timestamp?);
        Duration::try_from(took).ok()
    }
}

#[derive(Deserialize)]
struct ResponseStatus {
    code: u16,
}

fn request(line: &str) -> Option<Request> {
    let entry: Entry = serde_json::from_str(line).ok()?;
    let is_counted = match entry.verb.as_str() {
        "watch" => entry.stage == "ResponseStarted",
        _ => entry.stage == "ResponseComplete",
    };
    let (method, took) = (method(&entry.verb), entry.took());
    let path = entry.request_uri;
    let body = entry.request_object.map(|body| body.to_string()).unwrap_or_default();
    let is_write = changes_cluster(method, &path, &body);
    is_counted.then(|| Request {
        double: "kube",
        agent: entry.user_agent.split(' ').next().unwrap_or_default().to_owned(),
        method: method.to_owned(),
        body,
        path,
        status: entry.response_status.map_or(0, |status| status.code),
        is_write,
        took,
    })
}

/// The method behind a verb; requests for no resource have theirs as their verb.
fn method(verb: &str) -> &'static str {
    match verb {
        "create" | "post" => "POST",
        "update" | "put" => "PUT",
        "patch" => "PATCH",
        "delete" | "deletecollection" => "DELETE",
        _ => "GET",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(verb: &str, stage: &str, uri: &str) -> String {
        format!(
            r#"{{"stage":"{stage}","verb":"{verb}","requestURI":"{uri}","userAgent":"nigari/1 x","responseStatus":{{"code":200}},"requestObject":{{"a":1}}}}"#
        )
    }

    #[test]
    fn a_patch_is_a_write_unless_it_is_dry() {
        let uri = "/api/v1/namespaces/a/secrets/b?fieldManager=nigari";
        let wet = request(&entry("patch", "ResponseComplete", uri)).unwrap();
        assert_eq!((wet.method.as_str(), wet.agent.as_str()), ("PATCH", "nigari/1"));
        assert_eq!((wet.status, wet.body.as_str(), wet.is_write), (200, r#"{"a":1}"#, true));
        let dry = format!("{uri}&dryRun=All");
        assert!(!request(&entry("patch", "ResponseComplete", &dry)).unwrap().is_write);
    }

    #[test]
    fn a_watch_counts_once() {
        let uri = "/api/v1/pods?watch=1";
        assert!(request(&entry("watch", "ResponseStarted", uri)).is_some());
        assert!(request(&entry("watch", "ResponseComplete", uri)).is_none());
    }

    #[test]
    fn the_server_tells_how_long_it_took() {
        let line = r#"{"stage":"ResponseComplete","verb":"list","requestURI":"/api/v1/pods",
            "requestReceivedTimestamp":"2026-01-01T00:00:00.100000Z",
            "stageTimestamp":"2026-01-01T00:00:00.350000Z"}"#;
        assert_eq!(request(line).unwrap().took, Some(Duration::from_millis(250)));
        assert_eq!(request(&entry("list", "ResponseComplete", "/")).unwrap().took, None);
    }

    #[test]
    fn a_half_written_line_waits() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("audit.log");
        let line = format!("{}\n", entry("get", "ResponseComplete", "/readyz"));
        std::fs::write(&path, format!("{line}{}", &line[..20])).unwrap();
        let mut log = AuditLog::new(path.clone());
        assert_eq!(log.news().len(), 1);
        assert_eq!(log.news().len(), 0);
        std::fs::write(&path, format!("{line}{line}")).unwrap();
        let mut late = AuditLog::from_now(path);
        assert_eq!((log.news().len(), late.news().len()), (1, 0));
    }
}
