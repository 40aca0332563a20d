//! The program `mandat`.

use std::process::ExitCode;

fn main() -> ExitCode {
    mandat::cli::run()
}
