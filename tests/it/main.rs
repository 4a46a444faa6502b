//! The tests of the whole program, as its users meet it: files in, files and words out.
#![allow(clippy::disallowed_methods)] // tests set scenes on the disk and watch the clock
#![allow(clippy::too_many_lines)] // a test may tell a long story
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test that cannot go on has failed
#![allow(missing_docs, unreachable_pub)]

mod scene;
mod again;
mod audit;
mod cases;
mod cli;
mod codes;
mod symbols;
mod advise;
mod content;
mod golden;
mod languages;
mod ledger;
mod listings;
mod offline;
mod photos;
mod plates;
mod press;
mod batches;
mod calibration;
mod shop;
mod singles;
mod lunar;
mod ledger_command;
mod safe;
mod scan;
mod search;
mod same;
mod crash;
mod feeds;
mod field;
mod hostile;
mod serve;
mod translate;
mod units;
mod ways;
mod tidy;
