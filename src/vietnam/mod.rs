//! What is Vietnam's own: letters, order, the lunar calendar, units, awards, marketplaces, what a text may not say.
//! Tables and pure functions; nothing here knows of a site.

pub mod folding;
pub mod order;
pub mod lunar;
pub mod units;
pub mod mergers;
pub mod ocop;
pub mod gtin;
pub mod marketplace;
pub mod wording;
pub mod personal;
