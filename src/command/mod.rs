//! One file a verb. Only here are the clock, the environment and the terminal known; results go to stdout, talk to stderr.

pub mod session;
pub mod new;
pub mod translate;
pub mod init;
pub mod logos;
pub mod check;
pub mod build;
pub mod watch;
pub mod host;
pub mod serve;
pub mod ledger_file;
pub mod choice;
pub mod networks;
pub mod labels;
pub mod batch;
pub mod part;
pub mod caution;
pub mod advise;
pub mod singles;
pub mod calibrate;
pub mod sheets;
pub mod picture;
pub mod scan;
pub mod audit_report;
pub mod audit_page;
pub mod audit;
pub mod ledger;
pub mod units;

pub use session::{Exit, Session};
