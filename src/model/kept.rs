//! Forms that were posted when their session had ended: sealed with what only the browser holds, for one account, for a
//! day.

use chacha20poly1305::aead::{Aead, Generate, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

use crate::error::{Error, Result};
use crate::model::AccountId;
use crate::model::secret::Secret;

/// How many hours a form is kept.
pub const HOURS: i32 = 24;

/// How many an account has at most: the oldest makes room.
const MOST: i64 = 20;

/// The bytes of a nonce, which stands before what it sealed.
const NONCE: usize = 24;

/// A form, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct KeptId(i64);

impl KeptId {
    /// The number itself.
    #[must_use]
    pub const fn number(self) -> i64 {
        self.0
    }
}

impl From<i64> for KeptId {
    fn from(number: i64) -> Self {
        Self(number)
    }
}

/// A form as it was posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Where it was going.
    pub path: String,
    /// Its body.
    pub body: Vec<u8>,
}

/// Keeps a form of an account for the browser that holds this secret.
///
/// # Errors
/// The database does not answer. The caller commits.
pub async fn keep(connection: &mut PgConnection, browser: &Secret, account: AccountId, form: &Kept) -> Result<KeptId> {
    let sealed = seal(browser, account, form)?;
    sqlx::query!(
        "delete from kept_form where id in (
             select id from kept_form where account_id = $1 order by id desc offset $2)",
        account.number(),
        MOST - 1,
    )
    .execute(&mut *connection)
    .await?;
    Ok(sqlx::query_scalar!(
        r#"insert into kept_form (browser, account_id, path, sealed) values ($1, $2, $3, $4) returning id as "id: KeptId""#,
        &browser.digest(),
        account.number(),
        form.path,
        sealed,
    )
    .fetch_one(connection)
    .await?)
}

/// The form of this number, for its own account in its own browser; none for anybody else, and none a day later.
///
/// # Errors
/// The database does not answer.
pub async fn read(
    connection: &mut PgConnection,
    browser: &Secret,
    account: AccountId,
    id: KeptId,
) -> Result<Option<Kept>> {
    let found = sqlx::query!(
        "select path, sealed from kept_form
          where id = $1 and browser = $2 and account_id = $3 and created_at > instant() - make_interval(hours => $4)",
        id.number(),
        &browser.digest(),
        account.number(),
        HOURS,
    )
    .fetch_optional(connection)
    .await?;
    Ok(found.and_then(|found| {
        let body = unseal(browser, account, &found.path, &found.sealed)?;
        Some(Kept { path: found.path, body })
    }))
}

/// Forgets the forms that a browser posted there: what they held has arrived.
///
/// # Errors
/// The database does not answer.
pub async fn forget(connection: &mut PgConnection, browser: &Secret, account: AccountId, path: &str) -> Result<()> {
    sqlx::query!(
        "delete from kept_form where browser = $1 and account_id = $2 and path = $3",
        &browser.digest(),
        account.number(),
        path,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets the forms that are a day old.
///
/// # Errors
/// The database does not answer.
pub async fn forget_old(connection: &mut PgConnection) -> Result<()> {
    sqlx::query!(
        "delete from kept_form where created_at <= instant() - make_interval(hours => $1)",
        HOURS,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The database has the secret's digest; the key is another digest, which it cannot make.
fn cipher(browser: &Secret) -> XChaCha20Poly1305 {
    let key: [u8; 32] = Sha256::digest(format!("kept form {browser}")).into();
    XChaCha20Poly1305::new(&Key::from(key))
}

/// What the seal holds together: a form is no other account's, and goes nowhere else.
fn bound(account: AccountId, path: &str) -> Vec<u8> {
    [&account.number().to_be_bytes(), path.as_bytes()].concat()
}

fn seal(browser: &Secret, account: AccountId, form: &Kept) -> Result<Vec<u8>> {
    let nonce = XNonce::try_generate().map_err(|error| Error::Internal(Box::new(error)))?;
    let aad = bound(account, &form.path);
    let payload = Payload {
        msg: &form.body,
        aad: &aad,
    };
    let sealed = cipher(browser).encrypt(&nonce, payload);
    let sealed = sealed.map_err(|_| Error::Internal("a form cannot be sealed".into()))?;
    Ok([nonce.as_slice(), &sealed].concat())
}

fn unseal(browser: &Secret, account: AccountId, path: &str, sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
    let nonce = XNonce::try_from(nonce).ok()?;
    let aad = bound(account, path);
    cipher(browser).decrypt(&nonce, Payload { msg: sealed, aad: &aad }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_holds_words_account_and_place_together() {
        let browser = Secret::draw().unwrap();
        let form = Kept {
            path: "/admin/fr/x".to_owned(),
            body: "Légende".as_bytes().to_vec(),
        };
        let sealed = seal(&browser, AccountId::from(7), &form).unwrap();
        assert_ne!(
            sealed,
            seal(&browser, AccountId::from(7), &form).unwrap(),
            "no nonce serves twice"
        );
        let open = |browser: &Secret, account: i64, path: &str, sealed: &[u8]| {
            unseal(browser, AccountId::from(account), path, sealed)
        };
        assert_eq!(
            open(&browser, 7, "/admin/fr/x", &sealed).as_deref(),
            Some(form.body.as_slice())
        );
        assert_eq!(open(&Secret::draw().unwrap(), 7, "/admin/fr/x", &sealed), None);
        assert_eq!(open(&browser, 8, "/admin/fr/x", &sealed), None);
        assert_eq!(open(&browser, 7, "/admin/fr/y", &sealed), None);
        let mut torn = sealed.clone();
        torn[NONCE] ^= 1;
        assert_eq!(open(&browser, 7, "/admin/fr/x", &torn), None);
        assert_eq!(open(&browser, 7, "/admin/fr/x", &[]), None);
    }
}
