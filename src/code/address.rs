//! The printed address: `https://HOST/Q/ID/`, what a symbol holds and what people read beside it.
//! Never a name, a place, a language or a marketplace; never changed by where a build is served.

use super::id::Id;
use std::fmt;
use url::{Host, Url};

/// The origin (and, if it must be, a path) that plaques carry, without the `Q/<ID>/` at its end.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct PrintedAddress {
    /// Small letters, ASCII.
    host: String,
    /// Begins and ends with `/`; just `/` where there is no path.
    path: String,
}

/// Why a text cannot be a printed address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotAnAddress {
    /// Not a URL at all.
    Unreadable,
    /// Another scheme than https.
    Scheme,
    /// A user, a password or a port.
    UserOrPort,
    /// A `?` or a `#`.
    QueryOrFragment,
    /// Letters outside ASCII: phones show them differently.
    NotAscii,
}

impl PrintedAddress {
    /// Reads `printed_address` of `dautich.yaml`.
    pub fn parse(text: &str) -> Result<Self, NotAnAddress> {
        if !text.is_ascii() {
            return Err(NotAnAddress::NotAscii);
        }
        let url = Url::parse(text).map_err(|_| NotAnAddress::Unreadable)?;
        if url.scheme() != "https" {
            return Err(NotAnAddress::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() || url.port().is_some() {
            return Err(NotAnAddress::UserOrPort);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(NotAnAddress::QueryOrFragment);
        }
        let host = url.host_str().ok_or(NotAnAddress::Unreadable)?.trim_end_matches('.').to_owned();
        let path = format!("{}/", url.path().trim_end_matches('/'));
        Ok(Self { host, path })
    }

    /// Takes a full printed address apart: `https://HOST/Q/7K3MQ5/` into its base and its id.
    pub fn parse_full(text: &str) -> Option<(Self, Id)> {
        let (base, id) = Self::split(text)?;
        Some((base, Id::parse(id).ok()?))
    }

    /// Takes a text of the form of a full printed address apart, its id as it is written, right or wrong.
    pub fn split(text: &str) -> Option<(Self, &str)> {
        let (base, id) = text.strip_suffix('/')?.rsplit_once("/Q/")?;
        Some((Self::parse(base).ok()?, id))
    }

    /// What the symbol holds: scheme in small letters (several phones do not open `HTTPS://`), host in capitals so
    /// that all behind the scheme is alphanumeric mode, and the closing slash so that no host answers with a redirect.
    pub fn of(&self, id: Id) -> String {
        format!("https://{}{}Q/{id}/", self.host.to_ascii_uppercase(), self.path)
    }

    /// What people read beside the symbol: `host/Q/ID`.
    pub fn words(&self, id: Id) -> String {
        format!("{}{}Q/{id}", self.host, self.path)
    }

    /// The host, in small letters.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether plaques carry a path besides the host: it costs a larger symbol and its case matters.
    pub fn has_path(&self) -> bool {
        self.path != "/"
    }

    /// Whether nobody outside this desk can open it: `.example` and its kin, `localhost`, bare numbers, a single word.
    pub fn is_private(&self) -> bool {
        let last = self.host.rsplit('.').next().unwrap_or_default();
        !self.host.contains('.')
            || matches!(last, "example" | "test" | "invalid" | "localhost" | "local" | "internal")
            || matches!(Host::parse(&self.host), Ok(Host::Ipv4(_) | Host::Ipv6(_)) | Err(_))
            || ["example.com", "example.net", "example.org"]
                .iter()
                .any(|reserved| self.host == *reserved || self.host.ends_with(&format!(".{reserved}")))
    }
}

impl fmt::Display for PrintedAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "https://{}{}", self.host, self.path)
    }
}
