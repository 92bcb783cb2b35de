//! Runs that follow objects, and what their readers know: what was told last of each object.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use serde_json::Value;

use crate::world::World;

/// What a reader knows of each object: READY and MESSAGE, or everything; by what it is called.
pub(crate) type Known = BTreeMap<String, Value>;

/// What stands between two columns.
const GAP: &str = "   ";

/// A run that goes on, and what somebody knows who reads it.
pub(crate) struct Replay {
    child: Child,
    reading: Reading,
    reader: Option<JoinHandle<()>>,
}

#[derive(Clone, Default)]
struct Reading(Arc<Mutex<(Known, usize)>>);

impl Reading {
    fn lock(&self) -> MutexGuard<'_, (Known, usize)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Replay {
    /// Starts a run and lets `read` make something of its output, which calls back with what is known then.
    /// What it says on standard error nobody reads.
    pub(crate) fn start<R>(mut command: Command, read: R) -> Self
    where
        R: FnOnce(Box<dyn Read>, &mut dyn FnMut(&dyn Fn(&mut Known))) + Send + 'static,
    {
        let nowhere = File::create("/dev/null").unwrap();
        let mut child = command.stdout(Stdio::piped()).stderr(nowhere).spawn().unwrap();
        let (stdout, reading) = (child.stdout.take().unwrap(), Reading::default());
        let reader = thread::spawn({
            let reading = reading.clone();
            move || {
                read(Box::new(stdout), &mut |change| {
                    let mut reading = reading.lock();
                    change(&mut reading.0);
                    reading.1 += 1;
                });
            }
        });
        Self { child, reading, reader: Some(reader) }
    }

    /// A run that prints rows without headers.
    pub(crate) fn of_rows(world: &World, arguments: &str) -> Self {
        Self::start(world.command(arguments), |stdout, learn| {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                let (name, said) = row(&line);
                learn(&|known| match said[0] == "DELETED" {
                    true => drop(known.remove(&name)),
                    false => drop(known.insert(name.clone(), said.clone())),
                });
            }
        })
    }

    /// A run that prints events as JSON.
    pub(crate) fn of_events(world: &World, arguments: &str) -> Self {
        Self::start(world.command(arguments), |stdout, learn| {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                let event: Value = serde_json::from_str(&line).unwrap();
                let (name, object) = named(event["object"].clone());
                learn(&|known| match event["type"].as_str() {
                    Some("DELETED") => drop(known.remove(&name)),
                    _ => drop(known.insert(name.clone(), object.clone())),
                });
            }
        })
    }

    /// What its reader knows now.
    pub(crate) fn known(&self) -> Known {
        self.reading.lock().0.clone()
    }

    /// Whether its reader knows exactly this.
    pub(crate) fn knows(&self, known: &Known) -> bool {
        self.reading.lock().0 == *known
    }

    /// How often it said something.
    pub(crate) fn said(&self) -> usize {
        self.reading.lock().1
    }
}

impl Drop for Replay {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if let Some(Err(panic)) = self.reader.take().map(JoinHandle::join)
            && !thread::panicking()
        {
            std::panic::resume_unwind(panic);
        }
    }
}

/// A row's object, and what is said of it in the last two columns.
pub(crate) fn row(line: &str) -> (String, Value) {
    let cells: Vec<&str> = line.split(GAP).map(str::trim).filter(|cell| !cell.is_empty()).collect();
    let name = cells.iter().find(|cell| cell.contains('/')).unwrap_or(&cells[0]);
    let [.., ready, message] = cells[..] else { panic!("no row: {line:?}") };
    ((*name).to_owned(), Value::from(vec![ready, message]))
}

/// An object and what it is called.
pub(crate) fn named(object: Value) -> (String, Value) {
    let name = format!("{}/{}", object["kind"], object["metadata"]["name"]);
    (name, object)
}

/// What a fresh list says: the rows of its tables, and its objects.
pub(crate) fn listed(world: &World, arguments: &str) -> (Known, Known) {
    let output = |arguments: String| world.command(&arguments).output().unwrap().stdout;
    let table = String::from_utf8(output(format!("{arguments} --no-header"))).unwrap();
    let list: Value = serde_json::from_slice(&output(format!("{arguments} -o json"))).unwrap();
    let rows = table.lines().filter(|line| !line.is_empty()).map(row).collect();
    let objects = list["items"].as_array().unwrap().iter().cloned().map(named).collect();
    (rows, objects)
}
