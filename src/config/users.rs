//! Settings of `user`: people's accounts from the command line.

use clap::{Args, Subcommand};

use super::{Common, Public};
use crate::i18n::Language;
use crate::model::Role;

/// Settings of `user`.
#[derive(Debug, Args)]
pub struct User {
    /// What to do.
    #[command(subcommand)]
    pub command: UserCommand,
}

/// What is done to accounts.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Open an account: with a password from standard input, or print a one-time link by which one is chosen.
    Add(AddUser),
    /// List every account.
    List(ListUsers),
    /// Close an account; its sessions end at once.
    Disable(OneUser),
    /// Print a one-time link by which the account's owner chooses a new password.
    Reset(ResetUser),
}

impl User {
    /// The settings that every command has.
    #[must_use]
    pub const fn common(&self) -> &Common {
        match &self.command {
            UserCommand::Add(settings) => &settings.common,
            UserCommand::List(settings) => &settings.common,
            UserCommand::Disable(settings) => &settings.common,
            UserCommand::Reset(settings) => &settings.whose.common,
        }
    }
}

/// Settings of `user add`.
#[derive(Debug, Args)]
pub struct AddUser {
    /// The e-mail address by which the person signs in.
    #[arg(value_name = "EMAIL")]
    pub email: String,
    /// What colleagues call the person.
    #[arg(long, value_name = "NAME")]
    pub name: String,
    /// What the person may do: author, editor or administrator.
    #[arg(long, value_name = "ROLE", value_parser = role)]
    pub role: Role,
    /// In which language the desk speaks to the person: fr or en.
    #[arg(long, value_name = "LANGUAGE", value_parser = language, default_value = "fr")]
    pub language: Language,
    /// Read the password from the first line of standard input, instead of printing a link.
    #[arg(long)]
    pub password_stdin: bool,
    /// With what the link begins.
    #[command(flatten)]
    pub public: Public,
    /// Settings of every command.
    #[command(flatten)]
    pub common: Common,
}

/// Settings of `user list`.
#[derive(Debug, Args)]
pub struct ListUsers {
    /// Settings of every command.
    #[command(flatten)]
    pub common: Common,
}

/// Settings of `user disable`, and of whatever is about one account.
#[derive(Debug, Args)]
pub struct OneUser {
    /// The e-mail address by which the person signs in.
    #[arg(value_name = "EMAIL")]
    pub email: String,
    /// Settings of every command.
    #[command(flatten)]
    pub common: Common,
}

/// Settings of `user reset`.
#[derive(Debug, Args)]
pub struct ResetUser {
    /// Whose account.
    #[command(flatten)]
    pub whose: OneUser,
    /// With what the link begins.
    #[command(flatten)]
    pub public: Public,
}

fn role(text: &str) -> Result<Role, String> {
    let known = Role::ALL.iter().find(|role| role.word() == text);
    known
        .copied()
        .ok_or_else(|| "a role is author, editor or administrator".to_owned())
}

fn language(text: &str) -> Result<Language, String> {
    let known = Language::ALL.into_iter().find(|language| language.segment() == text);
    known.ok_or_else(|| "a language is fr or en".to_owned())
}
