//! A folder in, a folder out: read, check, plan, render, publish. Only this room's `source`, `theme`, `renditions` and
//! `write` touch the disk, and nothing here asks the clock.

pub mod source;
pub mod markdown;
pub mod photo;
pub mod card;
pub mod wordings;
pub mod articles;
pub mod renditions;
pub mod sections;
pub mod facets;
pub mod load;
pub mod references;
pub mod due;
pub mod check;
pub mod motif;
pub mod near;
pub mod festivals;
pub mod map;
pub mod ways;
pub mod plan;
pub mod theme;
pub mod tongue;
pub mod goods;
pub mod view;
pub mod told;
pub mod atlas;
pub mod lists;
pub mod agenda;
pub mod icalendar;
pub mod home;
pub mod page;
pub mod structured;
pub mod data;
pub mod feeds;
pub mod render;
pub mod write;
