//! SSH key pairs for deploy keys, and public keys as hosts compare them.

use std::fmt;
use std::str::FromStr;

use anyhow::{Context as _, Result, anyhow};
use aws_lc_rs::encoding::{AsBigEndian as _, AsDer as _, Curve25519SeedBin, Pkcs8V1Der};
use aws_lc_rs::rand;
use aws_lc_rs::rsa::{self, KeySize};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, ECDSA_P521_SHA512_ASN1_SIGNING,
    EcdsaKeyPair, EcdsaSigningAlgorithm, Ed25519KeyPair, KeyPair as _,
};
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD};
use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::error::{Explain as _, usage};

/// What PEM calls a file in OpenSSH's own format.
const OPENSSH: &str = "OPENSSH PRIVATE KEY";
/// How such a file begins.
const OPENSSH_MAGIC: &[u8] = b"openssh-key-v1\0";

/// The kinds of keys that can be generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// Ed25519.
    Ed25519,
    /// ECDSA over a NIST curve.
    Ecdsa(Curve),
    /// RSA with this many bits: 2048, 3072, 4096 or 8192.
    Rsa {
        /// The size of the modulus.
        bits: u32,
    },
}

/// The NIST curves that SSH knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Curve {
    /// P-256.
    P256,
    /// P-384.
    P384,
    /// P-521.
    P521,
}

impl Algorithm {
    /// Refuses what [`KeyPair::generate`] would refuse, before anything else is done.
    ///
    /// # Errors
    /// [`crate::error::Class::Usage`] for a size of RSA keys that is not offered.
    pub fn checked(self) -> Result<Self> {
        if let Self::Rsa { bits } = self {
            rsa_size(bits)?;
        }
        Ok(self)
    }
}

impl Curve {
    const ALL: [Self; 3] = [Self::P256, Self::P384, Self::P521];

    /// The curve's name in SSH (RFC 5656, section 10.1).
    const fn name(self) -> &'static str {
        match self {
            Self::P256 => "nistp256",
            Self::P384 => "nistp384",
            Self::P521 => "nistp521",
        }
    }

    fn signing(self) -> &'static EcdsaSigningAlgorithm {
        match self {
            Self::P256 => &ECDSA_P256_SHA256_ASN1_SIGNING,
            Self::P384 => &ECDSA_P384_SHA384_ASN1_SIGNING,
            Self::P521 => &ECDSA_P521_SHA512_ASN1_SIGNING,
        }
    }
}

/// A private key with its public half.
pub struct KeyPair {
    /// The private key as a PEM file without a passphrase, as `identity` in a Flux Secret: OpenSSH's
    /// own format for Ed25519, PKCS#8 for the others.
    pub private_pem: SecretString,
    /// The public key.
    pub public: PublicKey,
}

impl KeyPair {
    /// Generates a key pair.
    ///
    /// # Errors
    /// [`crate::error::Class::Usage`] for a size of RSA keys that is not offered.
    pub fn generate(algorithm: Algorithm) -> Result<Self> {
        match algorithm {
            Algorithm::Ed25519 => ed25519(),
            Algorithm::Ecdsa(curve) => ecdsa(curve),
            Algorithm::Rsa { bits } => rsa(bits),
        }
    }
}

/// A public key: its type and its data. What `authorized_keys` holds behind them is a comment, which
/// no comparison looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    kind: String,
    data: Vec<u8>,
}

impl fmt::Display for PublicKey {
    /// Type and base64: a line of `authorized_keys` without its comment.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind, BASE64_STANDARD.encode(&self.data))
    }
}

impl FromStr for PublicKey {
    type Err = anyhow::Error;

    /// Reads a line of `authorized_keys` that begins with the key's type.
    fn from_str(line: &str) -> Result<Self> {
        let mut words = line.split_ascii_whitespace();
        let (Some(kind), Some(data)) = (words.next(), words.next()) else {
            return Err(anyhow!("an SSH public key has a type and base64 data"));
        };
        let data = BASE64_STANDARD.decode(data).context("the SSH public key is not base64")?;
        // The data repeats the type; a line whose parts disagree was put together wrongly.
        let mut expected = Vec::new();
        put_string(&mut expected, kind.as_bytes());
        if !data.starts_with(&expected) {
            return Err(anyhow!("the SSH public key is not of type {kind}"));
        }
        Ok(Self { kind: kind.to_owned(), data })
    }
}

impl PublicKey {
    fn of_parts(kind: &str, parts: &[&[u8]]) -> Self {
        let mut data = Vec::new();
        put_string(&mut data, kind.as_bytes());
        parts.iter().for_each(|part| put_string(&mut data, part));
        Self { kind: kind.to_owned(), data }
    }

    /// What kind of key it is: `ssh-ed25519`.
    #[must_use]
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// How people compare keys: `SHA256:` and the digest, as `ssh-keygen -l` prints it.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &self.data);
        format!("SHA256:{}", BASE64_STANDARD_NO_PAD.encode(digest))
    }

    /// Whether only a passphrase opens the private key in a PEM file.
    #[must_use]
    pub fn is_encrypted(pem: &str) -> bool {
        let Ok(file) = pem::parse(pem) else { return false };
        if file.tag() != OPENSSH {
            return pem.contains("ENCRYPTED");
        }
        let cipher = file.contents().strip_prefix(OPENSSH_MAGIC).and_then(take_string);
        cipher.is_some_and(|(cipher, _)| cipher != b"none")
    }

    /// The public half of the private key in a PEM file: OpenSSH's own format, PKCS#8, PKCS#1 or SEC1.
    /// Nothing when the file holds no whole key, or one that only its passphrase opens.
    #[must_use]
    pub fn of_private(pem: &str) -> Option<Self> {
        let file = pem::parse(pem).ok()?;
        if file.tag() == OPENSSH {
            return openssh_public(file.contents());
        }
        let der = Zeroizing::new(file.into_contents());
        if let Ok(pair) = Ed25519KeyPair::from_pkcs8_maybe_unchecked(&der) {
            return Some(Self::of_parts("ssh-ed25519", &[pair.public_key().as_ref()]));
        }
        for curve in Curve::ALL {
            let signing = curve.signing();
            let pair = EcdsaKeyPair::from_pkcs8(signing, &der)
                .or_else(|_| EcdsaKeyPair::from_private_key_der(signing, &der));
            if let Ok(pair) = pair {
                return Some(ecdsa_public(curve, &pair));
            }
        }
        let pair = rsa::KeyPair::from_pkcs8(&der).or_else(|_| rsa::KeyPair::from_der(&der));
        pair.ok().map(|pair| rsa_public(&pair))
    }
}

fn ecdsa(curve: Curve) -> Result<KeyPair> {
    let pair = EcdsaKeyPair::generate(curve.signing()).map_err(|_| no_key("ECDSA"))?;
    let private = pair.to_pkcs8v1().map_err(|_| no_key("ECDSA"))?;
    Ok(KeyPair {
        private_pem: pem("PRIVATE KEY", private.as_ref()),
        public: ecdsa_public(curve, &pair),
    })
}

fn ecdsa_public(curve: Curve, pair: &EcdsaKeyPair) -> PublicKey {
    let kind = format!("ecdsa-sha2-{}", curve.name());
    PublicKey::of_parts(&kind, &[curve.name().as_bytes(), pair.public_key().as_ref()])
}

fn rsa(bits: u32) -> Result<KeyPair> {
    let pair = rsa::KeyPair::generate(rsa_size(bits)?).map_err(|_| no_key("RSA"))?;
    let private: Pkcs8V1Der<'_> = pair.as_der().map_err(|_| no_key("RSA"))?;
    Ok(KeyPair { private_pem: pem("PRIVATE KEY", private.as_ref()), public: rsa_public(&pair) })
}

fn rsa_size(bits: u32) -> Result<KeySize> {
    match bits {
        2048 => Ok(KeySize::Rsa2048),
        3072 => Ok(KeySize::Rsa3072),
        4096 => Ok(KeySize::Rsa4096),
        8192 => Ok(KeySize::Rsa8192),
        _ => Err(usage(format!("RSA keys of {bits} bits are not offered"))
            .hint("use --ssh-rsa-bits with 2048, 3072, 4096 or 8192")),
    }
}

fn rsa_public(pair: &rsa::KeyPair) -> PublicKey {
    let [modulus, exponent] = rsa_integers(pair.public_key().as_ref())
        .expect("the library serialises RSA keys as RFC 8017 says");
    // DER and SSH write an integer alike: big-endian, two's complement, as short as can be.
    PublicKey::of_parts("ssh-rsa", &[exponent, modulus])
}

fn ed25519() -> Result<KeyPair> {
    let pair = Ed25519KeyPair::generate().map_err(|_| no_key("Ed25519"))?;
    let seed = pair.seed().map_err(|_| no_key("Ed25519"))?;
    let seed: Curve25519SeedBin<'_> = seed.as_be_bytes().map_err(|_| no_key("Ed25519"))?;
    let public_bytes = pair.public_key().as_ref();
    let public = PublicKey::of_parts("ssh-ed25519", &[public_bytes]);
    let private = openssh_private(seed.as_ref(), public_bytes, &public.data)?;
    Ok(KeyPair { private_pem: pem(OPENSSH, &private), public })
}

/// An Ed25519 key in OpenSSH's own format, without a passphrase.
///
/// Older OpenSSH releases do not read PKCS#8 for this type. Source: `PROTOCOL.key` of OpenSSH.
fn openssh_private(seed: &[u8], public: &[u8], public_data: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    let mut check = [0; 4];
    rand::fill(&mut check).map_err(|_| no_key("Ed25519"))?;
    let mut secret = Zeroizing::new(Vec::with_capacity(256));
    // The same number twice tells a reader that decrypting worked; here nothing is encrypted.
    secret.extend(check);
    secret.extend(check);
    secret.extend_from_slice(public_data);
    put_string(&mut secret, &Zeroizing::new([seed, public].concat()));
    put_string(&mut secret, b"");
    let missing = (8 - secret.len() % 8) % 8;
    secret.extend((1..=8).take(missing));

    let mut file = Zeroizing::new(Vec::with_capacity(512));
    file.extend_from_slice(OPENSSH_MAGIC);
    put_string(&mut file, b"none");
    put_string(&mut file, b"none");
    put_string(&mut file, b"");
    file.extend(1_u32.to_be_bytes());
    put_string(&mut file, public_data);
    put_string(&mut file, &secret);
    Ok(file)
}

/// The public key of a file in OpenSSH's own format, where it is in the clear, if the file is whole.
///
/// Source: `PROTOCOL.key` of OpenSSH.
fn openssh_public(file: &[u8]) -> Option<PublicKey> {
    let mut rest = file.strip_prefix(OPENSSH_MAGIC)?;
    for _cipher_kdf_and_options in 0..3 {
        rest = take_string(rest)?.1;
    }
    let rest = rest.strip_prefix(&1_u32.to_be_bytes())?;
    let (data, rest) = take_string(rest)?;
    let (_private, _) = take_string(rest)?;
    let (kind, _) = take_string(data)?;
    Some(PublicKey { kind: String::from_utf8(kind.to_vec()).ok()?, data: data.to_vec() })
}

/// Splits a `string` of RFC 4251, section 5, into its content and what follows.
fn take_string(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)
}

fn pem(label: &str, der: &[u8]) -> SecretString {
    let config = pem::EncodeConfig::new().set_line_ending(pem::LineEnding::LF);
    SecretString::from(pem::encode_config(&pem::Pem::new(label, der), config))
}

/// The `string` of RFC 4251, section 5: a length and that many bytes.
fn put_string(out: &mut Vec<u8>, bytes: &[u8]) {
    let length = u32::try_from(bytes.len()).expect("parts of a key are far below 4 GiB");
    out.extend(length.to_be_bytes());
    out.extend_from_slice(bytes);
}

/// Modulus and exponent of an `RSAPublicKey` (RFC 8017, appendix A.1.1), as DER integers.
fn rsa_integers(der: &[u8]) -> Option<[&[u8]; 2]> {
    let (sequence, _) = der_value(der, 0x30)?;
    let (modulus, rest) = der_value(sequence, 0x02)?;
    let (exponent, _) = der_value(rest, 0x02)?;
    Some([modulus, exponent])
}

/// Splits DER into the content of its first value, which must have `tag`, and what follows.
fn der_value(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (&[found, length], rest) = der.split_first_chunk::<2>()?;
    let (length, rest) = match length {
        short @ ..0x80 => (usize::from(short), rest),
        long => {
            let (digits, rest) = rest.split_at_checked(usize::from(long & 0x7f))?;
            let length = digits.iter().try_fold(0_usize, |sum, digit| {
                Some(sum.checked_mul(256)? | usize::from(*digit))
            })?;
            (length, rest)
        }
    };
    (found == tag).then(|| rest.split_at_checked(length)).flatten()
}

fn no_key(kind: &str) -> anyhow::Error {
    anyhow!("cannot generate an {kind} key")
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::process::Command;

    use secrecy::ExposeSecret as _;

    use super::*;
    use crate::error::{Class, class_of};

    const ALL: [Algorithm; 5] = [
        Algorithm::Ed25519,
        Algorithm::Ecdsa(Curve::P256),
        Algorithm::Ecdsa(Curve::P384),
        Algorithm::Ecdsa(Curve::P521),
        Algorithm::Rsa { bits: 2048 },
    ];

    /// What `ssh-keygen -y` derives from a private key; `None` where there is no OpenSSH.
    fn derived_by_openssh(private: &SecretString) -> Option<String> {
        let mut file = tempfile::NamedTempFile::new().expect("temporary file");
        file.write_all(private.expose_secret().as_bytes()).expect("written");
        let ran = Command::new("ssh-keygen").arg("-y").arg("-f").arg(file.path()).output();
        let output = match ran {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
            ran => ran.expect("ssh-keygen"),
        };
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{told}");
        Some(String::from_utf8(output.stdout).expect("text"))
    }

    #[test]
    fn openssh_derives_the_same_public_key() {
        for algorithm in ALL {
            let pair = KeyPair::generate(algorithm).expect("key");
            let Some(derived) = derived_by_openssh(&pair.private_pem) else { return };
            assert_eq!(derived.parse::<PublicKey>().expect("key"), pair.public, "{algorithm:?}");
        }
    }

    #[test]
    fn the_public_half_is_found_in_whole_files_only() {
        for algorithm in ALL {
            let pair = KeyPair::generate(algorithm).expect("key");
            let whole = pair.private_pem.expose_secret();
            assert_eq!(PublicKey::of_private(whole), Some(pair.public), "{algorithm:?}");
            let lines: Vec<&str> = whole.lines().collect();
            let shortened = [&lines[..1], &lines[2..]].concat().join("\n");
            assert_eq!(PublicKey::of_private(&shortened), None, "{algorithm:?}");
        }
        assert_eq!(PublicKey::of_private("not a key"), None);
    }

    #[test]
    fn a_fingerprint_is_the_one_that_openssh_prints() {
        let line =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";
        let key: PublicKey = line.parse().expect("key");
        // GitHub publishes both.
        assert_eq!(key.fingerprint(), "SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU");
        assert_eq!(key.kind(), "ssh-ed25519");
    }

    #[test]
    fn a_key_with_a_passphrase_is_known_by_its_file() {
        let plain = KeyPair::generate(Algorithm::Ed25519).expect("key").private_pem;
        assert!(!PublicKey::is_encrypted(plain.expose_secret()));
        let mut file = OPENSSH_MAGIC.to_vec();
        put_string(&mut file, b"aes256-ctr");
        let locked = pem::encode(&pem::Pem::new(OPENSSH, file));
        assert!(PublicKey::is_encrypted(&locked));
        let pkcs8 = pem::encode(&pem::Pem::new("ENCRYPTED PRIVATE KEY", *b"x"));
        assert!(PublicKey::is_encrypted(&pkcs8));
    }

    #[test]
    fn comments_and_line_ends_do_not_matter() {
        let pair = KeyPair::generate(Algorithm::Ecdsa(Curve::P384)).expect("key");
        let line = format!("{} flux@laptop\n", pair.public);
        assert_eq!(line.parse::<PublicKey>().expect("key"), pair.public);
    }

    #[test]
    fn keys_of_one_kind_differ() {
        let [one, other] = [(); 2].map(|()| KeyPair::generate(Algorithm::Ed25519).expect("key"));
        assert_ne!(one.public, other.public);
        assert_ne!(one.private_pem.expose_secret(), other.private_pem.expose_secret());
    }

    #[test]
    fn what_is_no_public_key_is_refused() {
        let pair = KeyPair::generate(Algorithm::Ed25519).expect("key");
        let relabelled = pair.public.to_string().replace("ssh-ed25519", "ssh-rsa");
        for line in ["", "ssh-rsa", "ssh-rsa !!!", &relabelled] {
            assert!(line.parse::<PublicKey>().is_err(), "{line}");
        }
    }

    #[test]
    fn odd_sizes_of_rsa_keys_are_refused() {
        let odd = Algorithm::Rsa { bits: 1024 };
        for error in [KeyPair::generate(odd).err(), odd.checked().err()] {
            assert_eq!(class_of(&error.expect("refused")), Class::Usage);
        }
    }
}
