//! One function a finding: plain words in, both languages side by side, code and severity in one place.
//! A function knows its wording and nothing else; who calls it adds the place.

pub mod heads;
pub mod facts;
pub mod agreement;
pub mod prose;
pub mod wordings;
pub mod codes;
pub mod plates;
pub mod references;
pub mod listings;
pub mod products;
pub mod themes;
