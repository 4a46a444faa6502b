//! What a plaque carries: an id, inside an address, inside a symbol, read back before it is trusted.
//! Nothing here may ever change meaning: it hangs on walls.

pub mod id;
pub mod address;
pub mod mask;
pub mod wifi;
pub mod symbol;
pub mod read_back;
pub mod find;

pub use address::PrintedAddress;
pub use id::Id;
pub use symbol::Symbol;
