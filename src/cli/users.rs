//! `mandat user`: people's accounts from the command line, for whoever operates the machine.

use std::io::BufRead;
use std::net::{Ipv4Addr, SocketAddr};

use sqlx::PgPool;

use super::database::with_desk;
use super::say;
use crate::config::{AddUser, Origin, Public, User, UserCommand};
use crate::database::Roles;
use crate::error::{Error, Result};
use crate::i18n::Language;
use crate::model::secret::Secret;
use crate::model::{Account, account, link};
use crate::stop::Stop;
use crate::web::desk::invitation_path;
use crate::workflow::Done;
use crate::workflow::accounts::appointing::{self, Newcomer};
use crate::workflow::accounts::password::{SHORTEST, Weakness};

/// Where `serve` listens unless told otherwise.
const USUAL: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

/// Does to accounts what the command says.
///
/// # Errors
/// There is no such account, what is asked is refused, the database cannot be opened, or the program was told to stop.
pub async fn users(settings: User, roles: Roles, stop: &Stop) -> Result<()> {
    let work = async |desk: &PgPool| act(desk, &settings.command).await;
    let (_, told) = with_desk(settings.common(), &roles, stop, work).await?;
    for line in told {
        say(&line);
    }
    Ok(())
}

/// Does it, and says in lines what came of it.
async fn act(desk: &PgPool, command: &UserCommand) -> Result<Vec<String>> {
    match command {
        UserCommand::Add(settings) => add(desk, settings).await,
        UserCommand::List(_) => Ok(account::people(desk).await?.iter().map(line).collect()),
        UserCommand::Disable(settings) => {
            let (operator, person) = (appointing::operator(desk).await?, find(desk, &settings.email).await?);
            appointing::close(desk, &operator, None, person.id).await?;
            Ok(vec![format!("the account of {} is closed", person.email)])
        }
        UserCommand::Reset(settings) => {
            let (operator, person) = (
                appointing::operator(desk).await?,
                find(desk, &settings.whose.email).await?,
            );
            match appointing::reset(desk, &operator, None, person.id).await? {
                Done::Now(secret) => Ok(invitation(&settings.public, person.language, &person.email, &secret)),
                Done::Again(_) => Ok(Vec::new()),
            }
        }
    }
}

async fn add(desk: &PgPool, settings: &AddUser) -> Result<Vec<String>> {
    let operator = appointing::operator(desk).await?;
    let newcomer = Newcomer {
        email: &settings.email,
        name: &settings.name,
        role: settings.role,
        language: settings.language,
    };
    let email = account::email(&settings.email);
    if settings.password_stdin {
        let password = first_line()?;
        let opened = appointing::open_with_password(desk, &operator, newcomer, &password).await?;
        opened.map_err(|weakness| Error::Setup(weak(weakness)))?;
        return Ok(vec![format!("the account of {email} is open")]);
    }
    match appointing::open(desk, &operator, None, newcomer).await? {
        Done::Now((_, secret)) => Ok(invitation(&settings.public, settings.language, &email, &secret)),
        Done::Again(_) => Ok(Vec::new()),
    }
}

/// The password, without the end of its line.
fn first_line() -> Result<String> {
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    read.map_err(|error| Error::Setup(format!("the password cannot be read from standard input: {error}")))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn weak(weakness: Weakness) -> String {
    match weakness {
        Weakness::Short => format!("a password has at least {SHORTEST} characters"),
        Weakness::Long => "the password is too long".to_owned(),
        Weakness::Guessable => {
            "the password can be guessed: it is made of common words, of the person's name or the site's, or of keys in a row"
                .to_owned()
        }
    }
}

async fn find(desk: &PgPool, typed: &str) -> Result<Account> {
    let email = account::email(typed);
    let found = account::by_email(desk, &email).await?;
    found.ok_or_else(|| Error::Setup(format!("nobody has an account with the address {email}")))
}

fn invitation(public: &Public, language: Language, email: &str, secret: &Secret) -> Vec<String> {
    let origin = public.origin.0.clone().unwrap_or_else(|| Origin::of(USUAL));
    vec![
        format!("within {} minutes, {email} chooses a password at", link::MINUTES),
        format!("  {}", origin.address(&invitation_path(language, secret))),
    ]
}

/// One account in the list: address, role, state, name, between tabs.
fn line(person: &Account) -> String {
    let state = match (person.disabled_at, person.has_password) {
        (Some(_), _) => "closed",
        (None, true) => "open",
        (None, false) => "invited",
    };
    format!("{}\t{}\t{state}\t{}", person.email, person.role.word(), person.name)
}
