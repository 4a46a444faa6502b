//! What goes on the wall: layouts as numbers, labels and plaques measured and set, a PDF that a copy shop can print.
//! Draws what it is given; which entries are printed, and the ledger, are the command's.

pub mod typeface;
pub mod frame;
pub mod layout;
pub mod layouts;
pub mod adviser;
pub mod setting;
pub mod logo;
pub mod label;
pub mod receipt;
pub mod svg;
pub mod png;
pub mod printer;
pub mod sheet;
pub mod pen;
pub mod pdf;
pub mod calibration;
