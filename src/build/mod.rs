//! A folder in, a folder out: read, check, plan, render, publish. Only this room's `source`, `theme`, `renditions` and
//! `write` touch the disk, and nothing here asks the clock.

pub mod source;
pub mod markdown;
pub mod photo;
pub mod card;
pub mod wordings;
pub mod articles;
pub mod narration;
pub mod renditions;
pub mod sections;
pub mod load;
pub mod references;
pub mod due;
pub mod check;
pub mod motif;
pub mod near;
pub mod letters;
pub mod search;
pub mod plan;
pub mod template;
pub mod theme;
pub mod tongue;
pub mod goods;
pub mod visit;
pub mod years;
pub mod view;
pub mod page;
pub mod alphabet;
pub mod structured;
pub mod data;
pub mod feeds;
pub mod reading;
pub mod render;
pub mod write;
