//! Typed configuration: every setting of every command, from flags and the environment, parsed once.

mod contacts;
mod database_url;
mod origin;
mod users;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand, ValueEnum};
use ipnet::{IpNet, Ipv4Net};

use crate::database::{RoleName, Roles};

pub use contacts::Contacts;
pub use database_url::DatabaseUrl;
pub use origin::Origin;
pub use users::{AddUser, User, UserCommand};

/// What the first help says after the list of commands.
const AFTER_HELP: &str = "\
`mandat` alone means `mandat serve`, and its flags may follow at once: `mandat --listen 127.0.0.1:8080`.
Each command tells its own settings and their environment variables: `mandat serve --help`, `mandat migrate --help`,
`mandat import --help`, `mandat backup --help`, `mandat restore --help`, `mandat user --help`.";

/// Publishes what an institution says about itself, in French and English, with a memory.
#[derive(Debug, Parser)]
#[command(name = "mandat", version, about, subcommand_required = true, after_help = AFTER_HELP)]
pub struct Arguments {
    /// What to do; `mandat` alone means `mandat serve`.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the site (the default).
    Serve(Box<Serve>),
    /// Bring the database up to date and give its two roles their rights.
    Migrate(Migrate),
    /// Publish a directory of documents as one release of what differs from the live texts.
    Import(Import),
    /// Write the live texts into an empty directory, as files that `import` reads.
    Export(Export),
    /// Write the whole database to one new file, while it is being served.
    Backup(Backup),
    /// Fill an empty database from a backup, and check every digest.
    Restore(Restore),
    /// Open, list and close people's accounts.
    User(User),
}

impl Command {
    /// The settings that every command has.
    #[must_use]
    pub fn common(&self) -> &Common {
        match self {
            Self::Serve(settings) => &settings.common,
            Self::Migrate(settings) => &settings.common,
            Self::Import(settings) => &settings.common,
            Self::Export(settings) => &settings.common,
            Self::Backup(settings) => &settings.common,
            Self::Restore(settings) => &settings.common,
            Self::User(settings) => settings.common(),
        }
    }
}

/// Settings of every command.
#[derive(Debug, Args)]
pub struct Common {
    /// Where the embedded PostgreSQL lives when `DATABASE_URL` is not set.
    #[arg(long, env = "MANDAT_DATA", value_name = "DIR", default_value = "data")]
    pub data: PathBuf,
    /// A PostgreSQL of one's own (15 or later); without it, an embedded one is kept under the data directory.
    #[arg(
        long,
        env = "DATABASE_URL",
        value_name = "URL",
        default_value = "",
        hide_default_value = true,
        hide_env_values = true
    )]
    pub database_url: Setting<DatabaseUrl>,
    /// The database role that reads and writes the record.
    #[arg(long, env = "MANDAT_DESK_ROLE", value_name = "NAME", default_value = "mandat_desk")]
    pub desk_role: RoleName,
    /// The database role that sees only what is public.
    #[arg(long, env = "MANDAT_SITE_ROLE", value_name = "NAME", default_value = "mandat_site")]
    pub site_role: RoleName,
    /// What to log: error, warn, info, debug or trace, or directives such as `info,mandat=debug`.
    #[arg(long, env = "MANDAT_LOG", value_name = "FILTER", default_value = "info")]
    pub log: LogFilter,
    /// How to write the log.
    #[arg(long, env = "MANDAT_LOG_FORMAT", value_name = "FORMAT", default_value = "human")]
    pub log_format: LogFormat,
}

impl Common {
    /// The roles that everything but `migrate` works in; none where one name was given to both.
    #[must_use]
    pub fn roles(&self) -> Option<Roles> {
        Roles::new(self.desk_role.clone(), self.site_role.clone())
    }
}

/// Settings of commands that tell absolute addresses.
#[derive(Debug, Args)]
pub struct Public {
    /// The public origin, such as `https://www.example.org`, with which every absolute address begins, whatever a request's
    /// Host header says. Default: the address on which `serve` listens.
    #[arg(
        long,
        env = "MANDAT_ORIGIN",
        value_name = "ORIGIN",
        default_value = "",
        hide_default_value = true
    )]
    pub origin: Setting<Origin>,
}

/// Settings of `serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, env = "MANDAT_LISTEN", value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// The public origin.
    #[command(flatten)]
    pub public: Public,
    /// Addresses or networks of the proxies whose forwarded headers count, separated by commas. Default: nobody's.
    #[arg(
        long,
        env = "MANDAT_TRUSTED_PROXIES",
        value_name = "NETWORKS",
        default_value = "",
        hide_default_value = true
    )]
    pub trusted_proxies: Setting<Networks>,
    /// Say that this is the institution's own site: until then every page says that it is a demonstration.
    #[arg(long, env = "MANDAT_OFFICIAL", value_name = "BOOL", default_value = "false", num_args = 0..=1, default_missing_value = "true")]
    pub official: bool,
    /// Whom to tell about a weakness, as addresses (mailto:, https: or tel:) separated by commas, for
    /// `/.well-known/security.txt`. Default: nobody, and no such file.
    #[arg(
        long,
        env = "MANDAT_SECURITY_CONTACT",
        value_name = "ADDRESSES",
        default_value = "",
        hide_default_value = true
    )]
    pub security_contact: Setting<Contacts>,
    /// A streaming replica of the database: public pages are read there while it holds all that this node has heard of.
    #[arg(
        long,
        env = "DATABASE_READ_URL",
        value_name = "URL",
        default_value = "",
        hide_default_value = true,
        hide_env_values = true
    )]
    pub database_read_url: Setting<DatabaseUrl>,
    /// Where the operator's own listener answers /healthz, /readyz and /metrics. Default: nowhere.
    #[arg(
        long,
        env = "MANDAT_METRICS",
        value_name = "ADDR",
        default_value = "",
        hide_default_value = true
    )]
    pub metrics: Setting<SocketAddr>,
    /// How much memory whole answers may take, in MiB: a page of text in its codings takes some 40 KiB. 0 keeps none.
    #[arg(long, env = "MANDAT_CACHE", value_name = "MIB", default_value = "64", value_parser = clap::value_parser!(u16))]
    pub cache: u16,
    /// Settings of every command.
    #[command(flatten)]
    pub common: Common,
}

/// Settings of `migrate`.
#[derive(Debug, Args)]
pub struct Migrate {
    /// Where the data directory has no database, create one that is empty, for a first import of one's own.
    #[arg(long)]
    pub create: bool,
    /// Settings of every command.
    #[command(flatten)]
    pub common: Common,
}

/// Settings of `import`.
#[derive(Debug, Args)]
pub struct Import {
    /// A directory of one TOML file per document, and perhaps a release.toml with the public note.
    #[arg(value_name = "DIR", value_parser = existing_directory)]
    pub directory: PathBuf,
    /// Settings of every command.
    #[command(flatten)]
    pub common: Common,
}

/// Settings of `export`.
#[derive(Debug, Args)]
pub struct Export {
    /// The directory to write to, made where there is none; it must be empty.
    #[arg(value_name = "DIR")]
    pub directory: PathBuf,
    /// Settings of every command.
    #[command(flatten)]
    pub common: Common,
}

/// Settings of `backup`.
#[derive(Debug, Args)]
pub struct Backup {
    /// The file to write, which must not exist: a backup never replaces another.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Settings of every command.
    #[command(flatten)]
    pub common: Common,
}

/// Settings of `restore`.
#[derive(Debug, Args)]
pub struct Restore {
    /// A file that `mandat backup` wrote. What it holds is run as the database's owner: restore none of a stranger's.
    #[arg(value_name = "FILE", value_parser = existing_file)]
    pub file: PathBuf,
    /// Settings of every command.
    #[command(flatten)]
    pub common: Common,
}

fn existing_file(text: &str) -> Result<PathBuf, String> {
    let file = Some(PathBuf::from(text)).filter(|file| file.is_file());
    file.ok_or_else(|| "there is no such file".to_owned())
}

fn existing_directory(text: &str) -> Result<PathBuf, String> {
    let directory = Some(PathBuf::from(text)).filter(|directory| directory.is_dir());
    directory.ok_or_else(|| "there is no such directory".to_owned())
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Lines for people.
    Human,
    /// One JSON object a line.
    Json,
}

/// Which events are logged, in the syntax of tracing's environment filters.
#[derive(Debug, Clone)]
pub struct LogFilter(String);

impl LogFilter {
    /// The filter in its own syntax.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for LogFilter {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        tracing_subscriber::EnvFilter::try_new(text).map_err(|error| error.to_string())?;
        Ok(Self(text.to_owned()))
    }
}

/// A setting that is not set when it is empty, as compose files leave them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting<T>(pub Option<T>);

impl<T: FromStr> FromStr for Setting<T> {
    type Err = T::Err;

    fn from_str(text: &str) -> Result<Self, T::Err> {
        let value = (!text.is_empty()).then(|| text.parse()).transpose()?;
        Ok(Self(value))
    }
}

/// Networks or single addresses, separated by commas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Networks(pub Vec<IpNet>);

impl FromStr for Networks {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let network = |text: &str| {
            let network = text.parse::<IpNet>();
            let address = || text.parse::<std::net::IpAddr>().map(IpNet::from);
            network
                .or_else(|_| address())
                .map(canonical)
                .map_err(|_| format!("`{text}` is neither an address nor a network such as 10.0.0.0/8"))
        };
        text.split(',')
            .map(str::trim)
            .map(network)
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

/// An IPv4 network that is written in IPv6 (`::ffff:10.0.0.0/104`), as the network that it is.
fn canonical(network: IpNet) -> IpNet {
    /// How many bits stand before the IPv4 address (RFC 4291 §2.5.5.2).
    const MAPPED: u8 = 96;
    let mapped = match network {
        IpNet::V6(network) => network
            .addr()
            .to_ipv4_mapped()
            .zip(network.prefix_len().checked_sub(MAPPED)),
        IpNet::V4(_) => None,
    };
    mapped
        .and_then(|(address, length)| Ipv4Net::new(address, length).ok())
        .map_or(network, IpNet::V4)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn networks_are_addresses_or_ranges() {
        let networks: Networks = "10.0.0.1, 10.0.0.0/8, ::ffff:192.0.2.0/120, ::/0".parse().unwrap();
        let written: Vec<String> = networks.0.iter().map(ToString::to_string).collect();
        assert_eq!(written, ["10.0.0.1/32", "10.0.0.0/8", "192.0.2.0/24", "::/0"]);
        assert!("10.0.0.1,proxy".parse::<Networks>().is_err());
    }

    #[test]
    fn an_empty_setting_is_not_set() {
        assert_eq!("".parse::<Setting<Networks>>().unwrap(), Setting(None));
        assert!("proxy".parse::<Setting<Networks>>().is_err());
    }
}
