//! What we tell an editor: a message in each language, its place, and an act that mends it.
//! Nothing here reads a file; whoever finds a slip says where it stands.

pub mod lang;
pub mod diagnostic;
pub mod failure;
pub mod rules;
pub mod show;

pub use diagnostic::{Code, Diagnostic, Severity, Span};
pub use failure::Failure;
pub use lang::{Lang, Text};
