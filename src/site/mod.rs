//! What a site is, as its editors wrote it: typed facts with their places, and nothing computed for display.
//! Built once by `build::load`, never changed after; touches no disk.

pub mod front_matter;
pub mod words;
pub mod fields;
pub mod values;
pub mod place;
pub mod relic;
pub mod listing;
pub mod product;
pub mod prose;
pub mod entry;
pub mod config;
pub mod ledger;
pub mod batches;
pub mod site;
pub mod verdict;
pub mod audit;

pub use config::Config;
pub use entry::{Article, Entry, Kind};
pub use ledger::Ledger;
pub use site::Site;
pub use words::Words;
