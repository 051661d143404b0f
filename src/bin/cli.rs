//! The command line's program.

fn main() -> std::process::ExitCode {
    hustings::cli::main()
}
