//! What goes on the wall: labels measured and wrapped, sheets laid out in millimetres, a PDF that a copy shop can print.
//! Draws what it is given; which entries are printed, and the ledger, are the command's.

pub mod stock;
pub mod label;
pub mod sheet;
pub mod pdf;
