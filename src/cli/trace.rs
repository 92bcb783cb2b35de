//! Arguments of `trace`.

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::error::usage;

pub(super) const EXAMPLES: &str = "\
Examples:
  # From an object to the commit that it came from
  nigari trace deployment podinfo -n apps
  nigari trace pod/podinfo-6d5f-x2x -n apps

  # A kind that several groups have
  nigari trace certificate.cert-manager.io/web -n apps
  nigari trace web -n apps --kind Certificate --api-version cert-manager.io/v1";

/// Arguments of `trace`.
#[derive(Args, Debug)]
pub struct TraceArgs {
    /// Kind and names, or KIND/NAME of any objects; only a name with --kind
    #[arg(value_name = "OBJECT", required = true, num_args = 1..)]
    pub objects: Vec<String>,

    /// Kind of the object, as manifests write it
    #[arg(long, requires = "api_version")]
    pub kind: Option<String>,

    /// API version of the object: apps/v1
    #[arg(long, requires = "kind")]
    pub api_version: Option<String>,

    /// Form of the output
    #[arg(short, long, value_name = "FORMAT", default_value = "text")]
    pub output: TraceFormat,
}

/// Forms of `trace`'s output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TraceFormat {
    /// A section for each object on the way
    Text,
    /// A list of traces: object, managedBy, steps
    Json,
    /// A list of traces
    Yaml,
}

/// An object as the command line names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traced {
    /// Its kind, in any word that the cluster knows.
    pub word: String,
    /// Its name.
    pub name: String,
}

impl TraceArgs {
    /// The objects: `KIND NAME…` or `KIND/NAME…`.
    ///
    /// # Errors
    /// [`crate::error::Class::Usage`] for a kind without a name, and for several names with `--kind`.
    pub fn traced(&self) -> Result<Vec<Traced>> {
        let pair = |text: &str| {
            let (word, name) =
                text.split_once('/').filter(|(word, name)| !word.is_empty() && !name.is_empty())?;
            Some(Traced { word: word.to_owned(), name: name.to_owned() })
        };
        if let Some(kind) = &self.kind {
            let [name] = self.objects.as_slice() else {
                return Err(usage("--kind is about one name"));
            };
            return Ok(vec![Traced { word: kind.clone(), name: name.clone() }]);
        }
        if self.objects[0].contains('/') {
            let refuse = |text: &String| usage(format!("{text:?} is not KIND/NAME"));
            return self
                .objects
                .iter()
                .map(|text| pair(text).ok_or_else(|| refuse(text)))
                .collect();
        }
        let (word, names) = self.objects.split_first().unwrap_or((&self.objects[0], &[]));
        if names.is_empty() {
            return Err(usage(format!("a name is needed behind {word:?}, or KIND/NAME")));
        }
        Ok(names.iter().map(|name| Traced { word: word.clone(), name: name.clone() }).collect())
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;

    #[derive(clap::Parser)]
    struct Tool {
        #[command(flatten)]
        args: TraceArgs,
    }

    fn traced(words: &str) -> Result<String> {
        let tool = Tool::try_parse_from(format!("trace {words}").split(' '))?;
        let traced = tool.args.traced()?;
        let words: Vec<_> = traced.iter().map(|one| format!("{}/{}", one.word, one.name)).collect();
        Ok(words.join(" "))
    }

    #[test]
    fn kinds_and_names_are_told_apart() {
        assert_eq!(traced("deployment a b").unwrap(), "deployment/a deployment/b");
        assert_eq!(traced("deploy/a pod/b").unwrap(), "deploy/a pod/b");
        assert_eq!(traced("a --kind=Pod --api-version=v1").unwrap(), "Pod/a");
        for words in [
            "deployment",
            "deploy/a b",
            "deploy/",
            "a --kind=Pod",
            "a b --kind=Pod --api-version=v1",
        ] {
            assert!(traced(words).is_err(), "{words}");
        }
    }
}
