//! `hustings man` prints the manual, `hustings completions` the completion script of a shell: both are generated
//! from the same text as `--help`.

use super::console::Console;
use super::{Cli, CliOutcome};
use crate::scenario::keywords;
use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;
use std::io;

/// Prints the manual page of the program or of a command, in roff.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  hustings man > ~/.local/share/man/man1/hustings.1
  hustings man check > ~/.local/share/man/man1/hustings-check.1
  hustings man run | man -l -")]
pub(crate) struct ManArgs {
    /// The command; without it, the page of the program is printed
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

pub(crate) fn run(args: &ManArgs, console: &mut Console) -> io::Result<CliOutcome> {
    let mut program = Cli::command();
    program.build();
    let page = match &args.command {
        None => program,
        Some(name) => match program.find_subcommand(name) {
            Some(command) => command.clone(),
            None => {
                let names = program.get_subcommands().map(clap::Command::get_name);
                let way_on = match keywords::nearest(name, names) {
                    Some(nearest) => format!("did you mean `{nearest}`?"),
                    None => "`hustings --help` lists them".to_owned(),
                };
                console.complain(&format!("there is no command `{name}`; {way_on}"));
                return Ok(CliOutcome::Unreadable);
            }
        },
    };
    console.bytes(&rendered(page)?)?;
    Ok(CliOutcome::Fine)
}

fn rendered(page: clap::Command) -> io::Result<Vec<u8>> {
    let after = page.get_after_help().map(ToString::to_string).unwrap_or_default();
    let has_commands = page.has_subcommands();
    let page = Man::new(page);
    let mut roff = Vec::new();
    page.render_title(&mut roff)?;
    page.render_name_section(&mut roff)?;
    page.render_synopsis_section(&mut roff)?;
    page.render_description_section(&mut roff)?;
    page.render_options_section(&mut roff)?;
    if has_commands {
        page.render_subcommands_section(&mut roff)?;
    }
    roff.extend(sections(&after).into_bytes());
    Ok(roff)
}

/// The text after the options in `--help`. Headings such as `Examples:` become sections with preserved line
/// breaks.
fn sections(after: &str) -> String {
    let mut roff = String::new();
    for line in after.lines() {
        match line.strip_suffix(':').filter(|_| !line.starts_with(' ')) {
            Some(title) => roff += &format!(".fi\n.SH {}\n.nf\n", title.to_uppercase()),
            None => roff += &format!("{}\n", escaped(line.strip_prefix("  ").unwrap_or(line))),
        }
    }
    roff + ".fi\n"
}

/// Escapes a line, which roff would take for a request if it began with a full stop or an apostrophe.
fn escaped(line: &str) -> String {
    let text = line.replace('\\', "\\\\").replace('-', "\\-").replace('\'', "\\(aq");
    if text.starts_with('.') { format!("\\&{text}") } else { text }
}

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

pub(crate) fn completions(args: &CompletionsArgs, console: &mut Console) -> io::Result<CliOutcome> {
    // Generated into a buffer, since the generator panics if the pipe is closed.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "hustings", &mut script);
    console.bytes(&script)?;
    Ok(CliOutcome::Fine)
}
