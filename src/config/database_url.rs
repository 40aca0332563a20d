//! The address of a PostgreSQL of one's own.

use std::str::FromStr;

use percent_encoding::percent_decode_str;
use sqlx::postgres::PgConnectOptions;
use url::Url;

/// The parameters that sqlx keeps to itself, by each of its names for them, and libpq's variable for the same.
const KEPT: [(&[&str], &str); 4] = [
    (&["password"], "PGPASSWORD"),
    (&["sslrootcert", "ssl-root-cert", "ssl-ca"], "PGSSLROOTCERT"),
    (&["sslcert", "ssl-cert"], "PGSSLCERT"),
    (&["sslkey", "ssl-key"], "PGSSLKEY"),
];

/// A PostgreSQL connection address; its password never shows in a log.
#[derive(Clone)]
pub struct DatabaseUrl {
    options: PgConnectOptions,
    secrets: Vec<(&'static str, String)>,
}

impl DatabaseUrl {
    /// How to connect to a PostgreSQL of one's own.
    #[must_use]
    pub fn options(&self) -> PgConnectOptions {
        self.options.clone()
    }

    /// What the options do not give away again, password and files of keys, as variables of libpq.
    #[must_use]
    pub fn secrets(&self) -> &[(&'static str, String)] {
        &self.secrets
    }
}

impl std::fmt::Debug for DatabaseUrl {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("DatabaseUrl(…)")
    }
}

impl FromStr for DatabaseUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if !text.starts_with("postgres://") && !text.starts_with("postgresql://") {
            return Err("it begins with postgres:// or postgresql://".to_owned());
        }
        let ill = "it is not well formed";
        Ok(Self {
            options: PgConnectOptions::from_str(text).map_err(|_| ill)?,
            secrets: secrets(&Url::parse(text).map_err(|_| ill)?),
        })
    }
}

fn secrets(address: &Url) -> Vec<(&'static str, String)> {
    let decoded = |password: &str| percent_decode_str(password).decode_utf8_lossy().into_owned();
    let before_the_host = address.password().map(|password| ("PGPASSWORD", decoded(password)));
    let parameters = address.query_pairs().filter_map(|(name, value)| {
        let (_, variable) = KEPT.iter().find(|(names, _)| names.contains(&&*name))?;
        Some((*variable, value.into_owned()))
    });
    before_the_host.into_iter().chain(parameters).collect()
}

#[cfg(test)]
mod tests {
    use super::DatabaseUrl;

    #[test]
    fn a_password_is_never_shown() {
        let url: DatabaseUrl = "postgres://mandat:secret@127.0.0.1/mandat".parse().unwrap();
        assert!(!format!("{url:?}").contains("secret"));
    }

    #[test]
    fn secrets_are_decoded_and_named_as_libpq_names_them() {
        let url: DatabaseUrl = "postgres://mandat:s%C3%A9+%2F@h/d?ssl-ca=%2Fca.pem&sslmode=verify-full&password=p%26q"
            .parse()
            .unwrap();
        let said: Vec<(&str, &str)> = url
            .secrets()
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        // The last one counts, as it does for sqlx.
        assert_eq!(
            said,
            [
                ("PGPASSWORD", "sé+/"),
                ("PGSSLROOTCERT", "/ca.pem"),
                ("PGPASSWORD", "p&q")
            ]
        );
    }
}
