//! A node in a process of its own, asked over its socket in the place of a router in this one.

use std::io::{Error, ErrorKind, Result};
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Nobody waits longer for an answer.
const PATIENCE: Duration = Duration::from_mins(1);

/// The node that listens here. Where no whole answer comes, it answers 502 as a proxy would.
pub fn node(address: SocketAddr) -> Router {
    Router::new().fallback(async move |request: Request| {
        let answer = tokio::time::timeout(PATIENCE, ask(address, request)).await;
        let answer = answer.unwrap_or_else(|late| Err(late.into()));
        answer.unwrap_or_else(|error| (StatusCode::BAD_GATEWAY, error.to_string()).into_response())
    })
}

async fn ask(address: SocketAddr, request: Request) -> Result<Response> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.map_err(Error::other)?;
    let (method, path, length) = (parts.method, parts.uri, body.len());
    let head =
        format!("{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-length: {length}\r\n");
    let mut sent = head.into_bytes();
    for (name, value) in &parts.headers {
        sent.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    sent.extend(b"\r\n");
    sent.extend(&body);
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(&sent).await?;
    let mut received = Vec::new();
    stream.read_to_end(&mut received).await?;
    read(received).ok_or_else(|| ErrorKind::UnexpectedEof.into())
}

/// The answer, if it is whole.
fn read(mut received: Vec<u8>) -> Option<Response> {
    let end = received.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let body = received.split_off(end);
    let head = String::from_utf8(received).ok()?;
    let mut lines = head.trim_end().lines();
    let status = lines.next()?.split(' ').nth(1)?.parse::<StatusCode>().ok()?;
    let length = body.len();
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.clear();
    for line in lines {
        let (name, value) = line.split_once(": ")?;
        let name = HeaderName::try_from(name).ok()?;
        if name == "content-length" && value.parse() != Ok(length) {
            return None;
        }
        headers.append(name, HeaderValue::try_from(value).ok()?);
    }
    Some(response)
}
