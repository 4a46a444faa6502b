//! Where editors work: a site seen in the browser while it is being written.
//! Nothing here publishes, and what it adds to a page is never part of a build.

pub mod http;
pub mod overlay;
pub mod preview;
