//! `hustings completions`: prints the completion script of a shell.

use super::console::Console;
use super::{Cli, CliOutcome};
use clap::CommandFactory;
use clap_complete::Shell;
use std::io;

/// Prints shell completions for commands and options.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  hustings completions bash > ~/.local/share/bash-completion/completions/hustings
  hustings completions fish > ~/.config/fish/completions/hustings.fish
  hustings completions zsh > ~/.zfunc/_hustings        (a folder of your fpath)
  hustings completions powershell >> $PROFILE")]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

pub(crate) fn run(args: &CompletionsArgs, console: &mut Console) -> io::Result<CliOutcome> {
    // Generated into a buffer, since the generator panics if the pipe is closed.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "hustings", &mut script);
    console.bytes(&script)?;
    Ok(CliOutcome::Fine)
}
