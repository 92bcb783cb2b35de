//! The pieces of a plan, and what they say together.
//!
//! A plan that does not fit into one Secret or ConfigMap is cut into pieces. They are found by their
//! labels, ordered by an annotation, put together, and only then unpacked.
//!
//! Source: tofu-controller, `api/plan/plan.go` (annotations, pieces) and `runner/server_save_tfplan.go`.

use std::fmt;
use std::io::Read as _;

use flate2::read::GzDecoder;
use k8s_openapi::api::core::v1::{ConfigMap, Secret};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use k8s_openapi::jiff::Timestamp;
use zeroize::Zeroizing;

use super::annotation;
use crate::digest::Digest;
use crate::kinds::terraform::TERRAFORM;

/// The key of Secrets and ConfigMaps under which a plan is kept.
const KEY: &str = "tfplan";

/// The annotation that tells which plan it is: the id.
const SAVED_PLAN: &str = "savedPlan";

/// The most that a plan may unpack to, in bytes. The largest that people have reported has 14 MB.
const LIMIT_BYTES: u64 = 512 * 1024 * 1024;

/// The most that one object keeps, in bytes; see `split` in `api/plan/plan.go`.
const PIECE_BYTES: usize = 1024 * 1024;

/// What stands for the plan file where there is none, because the backend plans remotely.
const DUMMY: &[u8] = b"dummy plan";

/// One Secret or ConfigMap of a plan.
pub struct Piece {
    /// Its kind and name, for messages.
    title: String,
    uid: String,
    created: Option<Timestamp>,
    owner: Option<String>,
    saved_plan: String,
    hash: Option<String>,
    chunk: Option<String>,
    is_packed: bool,
    data: Option<Content>,
}

impl Piece {
    fn new(kind: &str, mut metadata: ObjectMeta, data: Option<Vec<u8>>) -> Self {
        let mut annotations = metadata.annotations.take().unwrap_or_default();
        let name = metadata.name.unwrap_or_default();
        let owner = metadata.owner_references.into_iter().flatten().find(|owner| {
            owner.kind == TERRAFORM.kind && owner.api_version.starts_with(TERRAFORM.group)
        });
        Self {
            title: format!("{kind} {name}"),
            uid: metadata.uid.unwrap_or_default(),
            created: metadata.creation_timestamp.map(|time| time.0),
            owner: owner.map(|owner| owner.uid),
            saved_plan: annotations.remove(SAVED_PLAN).unwrap_or_default(),
            hash: annotations.remove(&annotation("plan-hash")),
            chunk: annotations.remove(&annotation("plan-chunk")),
            is_packed: annotations.get("encoding").is_some_and(|encoding| encoding == "gzip"),
            data: data.map(Content::new),
        }
    }

    fn bytes(&self) -> Result<&[u8], Flaw> {
        let data = self.data.as_ref().map(Content::bytes);
        data.ok_or_else(|| Flaw::NoData { title: self.title.clone() })
    }

    /// Whether an annotation says that these bytes should be other ones.
    fn denies(&self, bytes: &[u8]) -> bool {
        let expected = self.hash.as_deref().and_then(Digest::from_hex);
        expected.is_some_and(|expected| expected != Digest::of(bytes))
    }
}

impl From<Secret> for Piece {
    fn from(mut secret: Secret) -> Self {
        let data = secret.data.as_mut().and_then(|data| data.remove(KEY));
        Self::new("Secret", secret.metadata, data.map(|data| data.0))
    }
}

impl From<ConfigMap> for Piece {
    fn from(mut map: ConfigMap) -> Self {
        let text = map.data.as_mut().and_then(|data| data.remove(KEY));
        let bytes = || map.binary_data.as_mut()?.remove(KEY).map(|bytes| bytes.0);
        let data = text.map(String::into_bytes).or_else(bytes);
        Self::new("ConfigMap", map.metadata, data)
    }
}

/// What is in a plan. It may hold secrets: it is never formatted, and overwritten when it goes.
#[derive(Clone)]
pub struct Content(Zeroizing<Vec<u8>>);

impl Content {
    fn new(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} bytes]", self.0.len())
    }
}

/// A plan that was put together from its pieces.
#[derive(Clone, Debug)]
pub struct Whole {
    /// The uids of its pieces, in order: they are others after every plan.
    pub uids: Vec<String>,
    /// The id under which it was saved.
    pub saved_plan: String,
    /// When the youngest of its pieces was created.
    pub created: Option<Timestamp>,
    /// The digest of what it unpacks to.
    pub digest: Digest,
    /// What it unpacks to.
    pub content: Content,
}

impl Whole {
    /// Whether it only stands for a plan that a remote backend has made, and that nobody can read here.
    #[must_use]
    pub fn is_dummy(&self) -> bool {
        self.content.bytes() == DUMMY
    }
}

/// Why pieces make no plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// There are none.
    Absent,
    /// They may not be read.
    Unread {
        /// The server's words.
        why: String,
    },
    /// All of them belong to an object of the same name that is gone.
    OtherOwner {
        /// One of them.
        title: String,
    },
    /// They are of different plans: one is being replaced, or some were left behind.
    Mixed {
        /// One of them, with its plan.
        one: String,
        /// Another one, with its plan.
        other: String,
    },
    /// One of them is missing.
    Gap {
        /// Which one, counted from 0.
        missing: usize,
    },
    /// One of them has nothing under the key.
    NoData {
        /// Which one.
        title: String,
    },
    /// The content is not what the controller wrote there.
    Altered {
        /// Which one.
        title: String,
    },
    /// It cannot be unpacked.
    Broken {
        /// Which one, or the first of them.
        title: String,
        /// Why.
        why: String,
    },
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => write!(f, "nothing is stored"),
            Self::Unread { why } => write!(f, "it may not be read: {why}"),
            Self::OtherOwner { title } => {
                write!(f, "{title} belongs to an object of the same name that is gone")
            }
            Self::Mixed { one, other } => {
                write!(f, "its pieces are of different plans: {one}, and {other}")
            }
            Self::Gap { missing } => write!(f, "piece {missing} of it is missing"),
            Self::NoData { title } => write!(f, "{title} has no key {KEY}"),
            Self::Altered { title } => {
                write!(f, "the content of {title} is not what its {} says", annotation("plan-hash"))
            }
            Self::Broken { title, why } => write!(f, "{title} cannot be unpacked: {why}"),
        }
    }
}

/// Puts the pieces of a plan together, for the object with this uid.
///
/// # Errors
/// The first [`Flaw`] that makes them no plan of this object.
pub fn put_together(pieces: Vec<Piece>, object_uid: &str) -> Result<Whole, Flaw> {
    let stranger = pieces.first().map(|piece| piece.title.clone());
    let is_own = |piece: &Piece| piece.owner.as_deref().is_none_or(|owner| owner == object_uid);
    let own: Vec<_> = pieces.into_iter().filter(is_own).collect();
    let pieces = match (stranger, own.is_empty()) {
        (None, _) => return Err(Flaw::Absent),
        (Some(title), true) => return Err(Flaw::OtherOwner { title }),
        (Some(_), false) => in_order(own)?,
    };
    let first = &pieces[0];
    let packed: Zeroizing<Vec<u8>> = match pieces.as_slice() {
        [one] => Zeroizing::new(one.bytes()?.to_vec()),
        many => {
            Zeroizing::new(many.iter().map(Piece::bytes).collect::<Result<Vec<_>, _>>()?.concat())
        }
    };
    let content = if first.is_packed { unpack(&packed, first)? } else { Content(packed) };
    if let Some(title) = altered(&pieces, &content)? {
        return Err(Flaw::Altered { title });
    }
    Ok(Whole {
        saved_plan: first.saved_plan.clone(),
        created: pieces.iter().filter_map(|piece| piece.created).max(),
        uids: pieces.iter().map(|piece| piece.uid.clone()).collect(),
        digest: Digest::of(content.bytes()),
        content,
    })
}

/// The pieces in their order, if they are all of one plan and none is missing.
fn in_order(pieces: Vec<Piece>) -> Result<Vec<Piece>, Flaw> {
    let first = &pieces[0];
    let is_other = |piece: &&Piece| {
        piece.saved_plan != first.saved_plan || piece.chunk.is_some() != first.chunk.is_some()
    };
    if let Some(other) = pieces.iter().find(is_other) {
        return Err(mixed(first, other));
    }
    if first.chunk.is_none() {
        return match pieces.get(1) {
            None => Ok(pieces),
            Some(other) => Err(mixed(first, other)),
        };
    }
    let place = |piece: &Piece| piece.chunk.as_deref().and_then(|chunk| chunk.parse().ok());
    let mut placed: Vec<(usize, Piece)> =
        pieces.into_iter().map(|piece| (place(&piece).unwrap_or(usize::MAX), piece)).collect();
    placed.sort_by_key(|(place, _)| *place);
    for pair in placed.windows(2) {
        if let [(one, first), (other, second)] = pair
            && one == other
        {
            return Err(mixed(first, second));
        }
    }
    let gap = placed.iter().enumerate().find(|(expected, (place, _))| expected != place);
    let missing = match gap {
        Some((expected, _)) => Some(expected),
        None => lost_end(&placed),
    };
    match missing {
        Some(missing) => Err(Flaw::Gap { missing }),
        None => Ok(placed.into_iter().map(|(_, piece)| piece).collect()),
    }
}

/// The piece that must follow: one that is alone would not have been numbered, and one that is full was
/// cut off there. A text may be cut a few bytes earlier, so as not to cut a character.
fn lost_end(placed: &[(usize, Piece)]) -> Option<usize> {
    let (_, last) = placed.last()?;
    let length = last.data.as_ref().map_or(0, |data| data.bytes().len());
    (placed.len() == 1 || length + 4 > PIECE_BYTES).then_some(placed.len())
}

fn mixed(one: &Piece, other: &Piece) -> Flaw {
    let told = |piece: &Piece| match (piece.saved_plan.as_str(), &piece.chunk) {
        (plan, None) => format!("{} of {plan}", piece.title),
        (plan, Some(chunk)) => format!("{} of {plan}, piece {chunk}", piece.title),
    };
    Flaw::Mixed { one: told(one), other: told(other) }
}

fn unpack(packed: &[u8], first: &Piece) -> Result<Content, Flaw> {
    let broken = |why: String| Flaw::Broken { title: first.title.clone(), why };
    let mut content = Zeroizing::new(Vec::with_capacity(packed.len().saturating_mul(8)));
    let read = GzDecoder::new(packed).take(LIMIT_BYTES + 1).read_to_end(&mut content);
    match read {
        Err(error) => Err(broken(error.to_string())),
        Ok(_) if content.len() as u64 > LIMIT_BYTES => {
            Err(broken(format!("it has more than {} MiB", LIMIT_BYTES >> 20)))
        }
        Ok(_) => Ok(Content(content)),
    }
}

/// The piece whose content was changed after the controller wrote it. The annotation is about the content
/// of a plan in one piece, and about the stored bytes of each of several.
fn altered(pieces: &[Piece], content: &Content) -> Result<Option<String>, Flaw> {
    for piece in pieces {
        let bytes = if pieces.len() == 1 { content.bytes() } else { piece.bytes()? };
        if piece.denies(bytes) {
            return Ok(Some(piece.title.clone()));
        }
    }
    Ok(None)
}

#[cfg(test)]
pub(in crate::plans) mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use serde_json::{Value, json};

    use super::*;

    impl Piece {
        pub(in crate::plans) fn created_at(&mut self, time: &str) {
            self.created = Some(time.parse().unwrap());
        }
    }

    pub(in crate::plans) const UID: &str = "3f8a";
    const PLAN: &str = "plan-main-b8e362c206";

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(bytes).unwrap();
        gzip.finish().unwrap()
    }

    /// The metadata of a piece; `more` are annotations.
    fn metadata(name: &str, plan: &str, more: Value) -> Value {
        let mut annotations = json!({SAVED_PLAN: plan});
        for (key, value) in more.as_object().unwrap() {
            annotations[key] = value.clone();
        }
        json!({
            "name": name, "uid": format!("uid-of-{name}"), "annotations": annotations,
            "creationTimestamp": "2026-01-31T12:00:00Z",
            "ownerReferences": [{"apiVersion": "infra.contrib.fluxcd.io/v1alpha2",
                "kind": "Terraform", "name": "vpc", "uid": UID}],
        })
    }

    fn secret(metadata: Value, bytes: &[u8]) -> Piece {
        let mut secret =
            Secret { metadata: serde_json::from_value(metadata).unwrap(), ..Secret::default() };
        let data = k8s_openapi::ByteString(bytes.to_vec());
        secret.data = Some([(KEY.to_owned(), data)].into());
        secret.into()
    }

    fn map(metadata: Value, text: &str) -> Piece {
        let map = ConfigMap {
            metadata: serde_json::from_value(metadata).unwrap(),
            data: Some([(KEY.to_owned(), text.to_owned())].into()),
            ..ConfigMap::default()
        };
        map.into()
    }

    pub(in crate::plans) fn whole_secret(plan: &str, content: &[u8]) -> Piece {
        let hash = Digest::of(content).hex();
        let more = json!({"encoding": "gzip", annotation("plan-hash"): hash});
        secret(metadata("tfplan-default-vpc", plan, more), &gzip(content))
    }

    pub(in crate::plans) fn whole_map(plan: &str, text: &str) -> Piece {
        map(metadata("tfplan-default-vpc", plan, json!({})), text)
    }

    /// Pieces of a gzipped content, as the controller cuts them, but smaller.
    fn chunks(plan: &str, content: &[u8], length: usize) -> Vec<Piece> {
        let packed = gzip(content);
        let piece = |(index, piece): (usize, &[u8])| {
            let more = json!({
                "encoding": "gzip", annotation("plan-chunk"): index.to_string(),
                annotation("plan-hash"): Digest::of(piece).hex(),
            });
            secret(metadata(&format!("tfplan-default-vpc-{index}"), plan, more), piece)
        };
        packed.chunks(length).enumerate().map(piece).collect()
    }

    #[track_caller]
    fn flaw(pieces: Vec<Piece>) -> String {
        put_together(pieces, UID).expect_err("a flaw").to_string()
    }

    #[test]
    fn a_plan_in_one_piece_is_unpacked_and_known_by_its_content() {
        let whole = put_together(vec![whole_secret(PLAN, b"tofu")], UID).unwrap();
        assert_eq!(whole.content.bytes(), b"tofu");
        assert_eq!(whole.digest, Digest::of(b"tofu"));
        assert_eq!((whole.saved_plan.as_str(), whole.is_dummy()), (PLAN, false));
        assert_eq!(whole.uids, ["uid-of-tfplan-default-vpc"]);
        assert!(put_together(vec![whole_secret(PLAN, DUMMY)], UID).unwrap().is_dummy());
        assert_eq!(format!("{:?}", whole.content), "[4 bytes]");
    }

    #[test]
    fn pieces_are_ordered_by_number_and_not_by_name() {
        let content: Vec<u8> =
            (0..4096_u32).flat_map(|n| (n.wrapping_mul(2_654_435_761)).to_be_bytes()).collect();
        let mut pieces = chunks(PLAN, &content, 1000);
        assert!(pieces.len() > 10, "{}", pieces.len());
        // As a list has them: 0, 1, 10, 11, 2, …
        pieces.sort_by(|one, other| one.title.cmp(&other.title));
        let whole = put_together(pieces, UID).unwrap();
        assert_eq!(whole.content.bytes(), content);
        assert_eq!(whole.digest, Digest::of(&content));
    }

    #[test]
    fn what_is_missing_is_told() {
        assert_eq!(flaw(vec![]), "nothing is stored");
        let without = |index: usize| {
            let mut pieces = chunks(PLAN, &[7; 60_000], 30);
            pieces.remove(index);
            flaw(pieces)
        };
        assert_eq!(without(0), "piece 0 of it is missing");
        assert_eq!(without(1), "piece 1 of it is missing");
        let mut cut = chunks(PLAN, &[7; 60_000], 30);
        cut.pop();
        assert!(flaw(cut).starts_with("Secret tfplan-default-vpc-0 cannot be unpacked"));
        let mut alone = chunks(PLAN, &[7; 60_000], 30);
        alone.truncate(1);
        assert_eq!(flaw(alone), "piece 1 of it is missing");
        let chunk = |index: &str| json!({annotation("plan-chunk"): index});
        let full = "x".repeat(PIECE_BYTES);
        let texts = ["0", "1"].map(|index| map(metadata("m", PLAN, chunk(index)), &full));
        assert_eq!(flaw(texts.into()), "piece 2 of it is missing");
        let empty = ConfigMap {
            metadata: serde_json::from_value(metadata("m", PLAN, json!({}))).unwrap(),
            ..ConfigMap::default()
        };
        assert_eq!(flaw(vec![empty.into()]), "ConfigMap m has no key tfplan");
    }

    #[test]
    fn pieces_of_other_plans_make_no_plan() {
        let mut pieces = chunks(PLAN, &[7; 60_000], 60);
        pieces.truncate(1);
        pieces.extend(chunks("plan-main-0000000000", &[8; 60_000], 60).into_iter().skip(1));
        assert_eq!(
            flaw(pieces),
            "its pieces are of different plans: Secret tfplan-default-vpc-0 of plan-main-b8e362c206, \
             piece 0, and Secret tfplan-default-vpc-1 of plan-main-0000000000, piece 1"
        );
        let mut pieces = chunks(PLAN, &[7; 60_000], 60);
        pieces.push(whole_secret(PLAN, b"tofu"));
        assert!(flaw(pieces).starts_with("its pieces are of different plans"));
        let twice = vec![whole_secret(PLAN, b"one"), whole_secret(PLAN, b"two")];
        assert!(flaw(twice).starts_with("its pieces are of different plans"));
    }

    #[test]
    fn what_another_object_left_behind_does_not_count() {
        let gone = || put_together(vec![whole_secret(PLAN, b"tofu")], "another");
        assert_eq!(
            gone().unwrap_err().to_string(),
            "Secret tfplan-default-vpc belongs to an object of the same name that is gone"
        );
        let mut pieces = vec![whole_secret("plan-main-0000000000", b"old")];
        pieces[0].owner = Some("another".to_owned());
        pieces.push(whole_secret(PLAN, b"new"));
        assert_eq!(put_together(pieces, UID).unwrap().content.bytes(), b"new");
    }

    #[test]
    fn what_was_altered_is_told() {
        let mut piece = whole_secret(PLAN, b"tofu");
        piece.data = Some(Content::new(gzip(b"evil")));
        assert_eq!(
            flaw(vec![piece]),
            "the content of Secret tfplan-default-vpc is not what its \
             infra.contrib.fluxcd.io/plan-hash says"
        );
        let mut older = whole_secret(PLAN, b"tofu");
        older.hash = None;
        assert!(put_together(vec![older], UID).is_ok(), "older controllers wrote no digest");
        let mut pieces = chunks(PLAN, &[7; 60_000], 60);
        pieces[1].hash = Some(Digest::of(b"other").hex());
        assert!(flaw(pieces).starts_with("the content of Secret tfplan-default-vpc-1 is not"));
        let mut broken = whole_secret(PLAN, b"tofu");
        broken.data = Some(Content::new(b"no gzip".to_vec()));
        assert!(flaw(vec![broken]).contains("cannot be unpacked: "));
    }
}
