//! `dautich`: parse, run, exit code.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// Pages are many small texts, made and dropped on all threads at once.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let arguments: Vec<String> =
        std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    ExitCode::from(dautich::cli::run(&arguments) as u8)
}
