//! What is Vietnam's own: letters, order, the lunar day, the units of 2025.
//! Tables and pure functions; nothing here knows of a site.

pub mod folding;
pub mod order;
pub mod lunar;
pub mod units;
pub mod mergers;
