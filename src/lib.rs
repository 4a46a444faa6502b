//! Dấu Tích compiles a folder of bilingual Markdown about heritage places and local products into a static site,
//! and prints sheets of QR codes that lead from the plaque on the wall to the right page.
//!
//! This is the map of the house. The rooms stand in reading order; each uses only the rooms above it, and data
//! flows one way: `Source -> Site -> Plan -> bytes`.

pub mod diagnostic;
pub mod vietnam;
pub mod code;
pub mod site;
pub mod print;
pub mod build;
pub mod desk;
pub mod command;
pub mod cli;
