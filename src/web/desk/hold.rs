//! What was posted is in our hands until it is answered: when the database is gone, it goes back to whoever typed it, in
//! a page that sends it again.

use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::Desk;
use super::answer::Answer;
use super::fields::{self, ACCOUNT, Fields};
use super::paths;
use super::shell::Shell;
use crate::error::{Error, Result};
use crate::i18n::{Language, message};
use crate::web::render::RETRY_AFTER;
use crate::web::speech::Speaks as _;

/// How many bytes of forms are held at a time: more than a ministry types, and the most that a hostile crowd can fill.
const ROOM: usize = 64 << 20;

/// How long a form may take to arrive.
const ARRIVAL: Duration = Duration::from_secs(30);

/// How long a handler may take: deeds wait for each other.
const PATIENCE: Duration = Duration::from_secs(20);

/// A form that could not be answered, ready to be sent again.
#[derive(Debug, Template)]
#[template(path = "desk/held.html")]
pub struct Held {
    /// Head and band.
    pub shell: Shell,
    /// Why it could not, in two messages: title and text.
    pub title: String,
    /// What to do.
    pub text: String,
    /// Where it goes.
    pub action: String,
    /// All that it holds, but for passwords.
    pub fields: Vec<(String, String)>,
}

impl Held {
    /// The page of a form, with the words of `held-{reason}-title` and `held-{reason}-text`.
    pub fn new(language: Language, reason: &str, uri: &Uri, form: &Fields) -> Self {
        let title = message(language, &format!("held-{reason}-title"), &[]);
        Self {
            shell: Shell::anonymous(language, title.clone(), uri.path()),
            title,
            text: message(language, &format!("held-{reason}-text"), &[]),
            action: uri.to_string(),
            fields: form.without_secrets().pairs().to_vec(),
        }
    }
}

/// Room for forms, in bytes.
#[derive(Debug)]
pub struct Room(Semaphore);

impl Room {
    /// All of it.
    pub const fn new() -> Self {
        Self(Semaphore::const_new(ROOM))
    }

    /// A whole form, and the room that it takes; without room the rest of it waits on its way.
    async fn receive(&self, mut body: Body) -> Result<(Vec<u8>, SemaphorePermit<'_>)> {
        let mut form = Vec::new();
        let mut taken = self.take(0).await?;
        while let Some(part) = body.frame().await {
            let Ok(part) = part.map_err(|_| Error::TooLarge)?.into_data() else {
                continue;
            };
            if form.len() + part.len() > fields::LONGEST {
                return Err(Error::TooLarge);
            }
            taken.merge(self.take(part.len()).await?);
            form.extend_from_slice(&part);
        }
        Ok((form, taken))
    }

    async fn take(&self, bytes: usize) -> Result<SemaphorePermit<'_>> {
        let bytes = u32::try_from(bytes).map_err(|_| Error::TooLarge)?;
        self.0
            .acquire_many(bytes)
            .await
            .map_err(|closed| Error::Internal(Box::new(closed)))
    }
}

/// Holds what is posted until it is answered.
pub async fn hold(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Result<Response> {
    if request.method() != Method::POST {
        return Ok(answered(next.run(request)).await);
    }
    let (parts, body) = request.into_parts();
    let arrived = tokio::time::timeout(ARRIVAL, desk.forms.receive(body)).await;
    let (body, _room) = arrived.map_err(|_| Error::TooLarge)??;
    let uri = parts.uri.clone();
    let form = if fields::is_form(&parts) {
        Fields::parse(&body)
    } else {
        Fields::default()
    };
    let response = answered(next.run(Request::from_parts(parts, Body::from(body)))).await;
    if response.status() != StatusCode::SERVICE_UNAVAILABLE || !form.has(ACCOUNT) {
        return Ok(response);
    }
    let language = paths::language_of(uri.path());
    let page = Answer::page(language, Held::new(language, "unavailable", &uri, &form));
    let mut page = page.under(StatusCode::SERVICE_UNAVAILABLE).into_response();
    page.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER);
    Ok(page)
}

/// The answer, or that none came in time.
async fn answered(answer: impl Future<Output = Response>) -> Response {
    let answered = tokio::time::timeout(PATIENCE, answer).await;
    answered.unwrap_or_else(|_| {
        tracing::error!("a handler of the desk passed its time limit");
        Error::Unavailable(sqlx::Error::PoolTimedOut).into_response()
    })
}

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use super::*;

    #[tokio::test]
    async fn a_form_for_which_there_is_no_room_waits_until_another_is_answered() {
        let room = Room::new();
        let longest = || Body::from(vec![b'x'; fields::LONGEST]);
        let mut held = Vec::new();
        for _ in 0..ROOM / fields::LONGEST {
            held.push(room.receive(longest()).await.unwrap());
        }
        let mut late = pin!(room.receive(longest()));
        let waiting = tokio::time::timeout(Duration::from_millis(100), late.as_mut()).await;
        assert!(waiting.is_err());
        held.pop();
        let (form, _taken) = late.await.unwrap();
        assert_eq!(form.len(), fields::LONGEST);
    }
}
