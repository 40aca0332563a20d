//! Readers for the benches: many who read, and a crowd that only takes room.
//!
//! `readers load SECONDS ADDRESS…` reads every page of nodes that are one site, as a balancer in front of them would.
//! `readers crowd SECONDS ADDRESS` holds idle and slow connections, asks for random paths, and times a probe.
//! Each prints one line of JSON.
#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]

mod client;
mod crowd;
mod load;

use std::net::SocketAddr;
use std::time::Duration;

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [command, seconds, addresses @ ..] = arguments.as_slice() else {
        panic!("readers load|crowd SECONDS ADDRESS…");
    };
    let lasts = Duration::from_secs(seconds.parse().unwrap());
    let addresses: Vec<SocketAddr> = addresses.iter().map(|address| address.parse().unwrap()).collect();
    let told = match command.as_str() {
        "load" => load::read(addresses, lasts).await,
        "crowd" => crowd::press(addresses[0], lasts).await,
        _ => panic!("no such command: {command}"),
    };
    println!("{told}");
}
