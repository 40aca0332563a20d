//! Who asks, as far as the log may know, and the one line that each request leaves there.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Instant;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{Extensions, HeaderMap, HeaderName};
use axum::middleware::Next;
use axum::response::Response;
use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use super::Site;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Logs method, path, status and duration; the client's network, never its whole address, at the debug level (Q42).
pub async fn log(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    tracing::debug!(network = ?network_of(&site, request.extensions(), request.headers()), "request");
    let response = next.run(request).await;
    let milliseconds = started.elapsed().as_millis();
    tracing::info!(%method, path, status = response.status().as_u16(), milliseconds, "answered");
    response
}

/// The network of the client, where it is known.
pub fn network_of(site: &Site, extensions: &Extensions, headers: &HeaderMap) -> Option<IpNet> {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>()?.0.ip();
    network(address(peer, headers, &site.trusted_proxies))
}

/// The address of the client: the last one in `X-Forwarded-For` that is not a proxy we trust, as long as the chain
/// from us to it is made of proxies we trust. An IPv4 address in IPv6 (`::ffff:…`) is the IPv4 address that it is.
fn address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut client = peer.to_canonical();
    let chain = headers
        .get_all(FORWARDED_FOR)
        .into_iter()
        .filter_map(|value| value.to_str().ok());
    let mut hops: Vec<&str> = chain.flat_map(|value| value.split(',')).map(str::trim).collect();
    while is_trusted(&client) {
        match hops.pop().map(str::parse::<IpAddr>) {
            Some(Ok(hop)) => client = hop.to_canonical(),
            _ => break,
        }
    }
    client
}

/// The network of an address: enough to see where load comes from, not who reads.
fn network(address: IpAddr) -> Option<IpNet> {
    match address {
        IpAddr::V4(address) => Ipv4Net::new(address, 24).ok().map(|network| IpNet::V4(network.trunc())),
        IpAddr::V6(address) => Ipv6Net::new(address, 48).ok().map(|network| IpNet::V6(network.trunc())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forwarded_headers_count_only_from_trusted_proxies() {
        let trusted: Vec<IpNet> = vec!["10.0.0.0/8".parse().unwrap()];
        let cases = [
            ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
            ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
            ("10.0.0.1", "192.0.2.66, 198.51.100.1", "198.51.100.1"),
            ("10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1"),
            ("10.0.0.1", "nonsense", "10.0.0.1"),
            ("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"),
            ("10.0.0.1", "198.51.100.1, ::ffff:10.0.0.2", "198.51.100.1"),
            ("::ffff:203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ];
        for (peer, forwarded, expected) in cases {
            let headers = HeaderMap::from_iter([(FORWARDED_FOR, forwarded.parse().unwrap())]);
            let found = address(peer.parse().unwrap(), &headers, &trusted);
            assert_eq!(found, expected.parse::<IpAddr>().unwrap(), "{peer} {forwarded}");
        }
    }

    #[test]
    fn the_log_knows_networks_not_people() {
        assert_eq!(
            network("203.0.113.9".parse().unwrap()).unwrap().to_string(),
            "203.0.113.0/24"
        );
        assert_eq!(
            network("2001:db8:1:2::3".parse().unwrap()).unwrap().to_string(),
            "2001:db8:1::/48"
        );
    }
}
