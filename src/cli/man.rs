//! `synopse man`: the whole manual on one page, the commands after the program.

use std::io::Write;

use clap_mangen::Man;

use super::Failure;

/// What a command for `--judge` has to keep to; see [`crate::parallels::judge`].
const JUDGE: &str = r#"
The command of --judge is run by sh. On its standard input it gets one JSON object a line for each exchange, those of the
first interview first, and then the end of the input:
.PP
.nf
{"side":"left","exchange":1,"interview":"Ada","language":"de","question":"Was ist Glück?","answer":"Ein Nachmittag."}
.fi
.PP
On its standard output it gives one JSON object a line for each pair that it has an opinion of:
.PP
.nf
{"left":1,"right":2,"score":0.9,"theme":"Glück","by":"a model"}
.fi
.PP
A score lies between 0 and 1 and is 1 where it is left out; from 0.5 on a pair is suggested, below it isn't, whatever the
text says. A theme may be given, and by, the name that the pair is shown under, else that of the command. Pairs that are not named are judged by the text. An exit status other than 0,
a line that is no pair of these interviews, and no answer in the time of --judge-time are errors; the reader says so and
goes on with its own suggestions. The configuration may name the judge too, as judge and, in seconds, judge-time; --judge
"" asks none."#;

pub fn run(out: &mut dyn Write) -> Result<(), Failure> {
    let mut definition = super::definition();
    definition.build();
    let man = Man::new(definition.clone());
    man.render_title(out)?;
    man.render_name_section(out)?;
    man.render_synopsis_section(out)?;
    man.render_description_section(out)?;
    man.render_options_section(out)?;
    for command in definition.get_subcommands() {
        describe(command, out)?;
    }
    writeln!(out, ".SH JUDGES\n{}", JUDGE.trim().replace('-', "\\-"))?;
    examples(&definition, out)?;
    man.render_version_section(out)?;
    Ok(())
}

/// What the help ends with, line by line.
fn examples(definition: &clap::Command, out: &mut dyn Write) -> Result<(), Failure> {
    let text = definition.get_after_help().map(ToString::to_string);
    let text = text.unwrap_or_default();
    let lines = text.lines().skip_while(|line| !line.starts_with(' '));
    writeln!(out, ".SH EXAMPLES\n.nf")?;
    for line in lines {
        writeln!(out, "{}", line.replace('-', "\\-"))?;
    }
    Ok(writeln!(out, ".fi")?)
}

/// A section for a command, and for those below it.
fn describe(command: &clap::Command, out: &mut dyn Write) -> Result<(), Failure> {
    if command.get_name() == "help" {
        return Ok(());
    }
    let title = command.get_bin_name().unwrap_or_default().to_uppercase();
    writeln!(out, ".SH \"{title}\"")?;
    let about = command.get_about().map(ToString::to_string);
    writeln!(out, "{}", about.unwrap_or_default())?;
    for argument in command.get_arguments().filter(|a| !a.is_global_set()) {
        if argument.get_id() == "help" {
            continue;
        }
        let name = match (argument.get_long(), argument.get_value_names()) {
            (Some(long), None) => format!("\\-\\-{long}"),
            (Some(long), Some(names)) if argument.get_action().takes_values() => {
                format!("\\-\\-{long} {}", names.join(" "))
            }
            (Some(long), Some(_)) => format!("\\-\\-{long}"),
            (None, names) => names.map(|names| names.join(" ")).unwrap_or_default(),
        };
        let help = argument.get_help().map(ToString::to_string);
        writeln!(out, ".TP\n{name}\n{}", help.unwrap_or_default())?;
    }
    for below in command.get_subcommands() {
        describe(below, out)?;
    }
    Ok(())
}
