//! Readers for the benches: many who read, a crowd that only takes room, and some who look at the clock.
//!
//! `readers load SECONDS ADDRESS…` reads every page of nodes that are one site, as a balancer in front of them would.
//! `readers crowd SECONDS ADDRESS` holds idle and slow connections, asks for random paths, and times a probe.
//! `readers visible ROUNDS DATABASE_URL FORGETFUL ADDRESS…` times releases until every node shows them, against the bell of
//! the database and a page that a node makes which keeps none.
//! `readers first ROUNDS FORGETFUL ADDRESS` times pages that are made, that are kept, and that the reader has.
//! `readers mixed REQUESTS SEED ADDRESS` asks for everything that there is, and for what there is not.
//! `readers outage SECONDS DATABASE_URL ADDRESS…` watches two changes that are due in so many seconds, while the database goes
//! and comes back.
//! Each prints one line of JSON.
#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]

mod chance;
mod client;
mod crowd;
mod first;
mod load;
mod median;
mod mixed;
mod outage;
mod visible;

use std::net::SocketAddr;
use std::time::Duration;

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [command, number, rest @ ..] = arguments.as_slice() else {
        panic!("readers COMMAND NUMBER …");
    };
    let number: u64 = number.parse().unwrap();
    let told = match (command.as_str(), rest) {
        ("load", nodes) => load::read(addresses(nodes), Duration::from_secs(number)).await,
        ("crowd", [node]) => crowd::press(address(node), Duration::from_secs(number)).await,
        ("visible", [database, forgetful, nodes @ ..]) => {
            visible::watch(number, database, address(forgetful), &addresses(nodes)).await
        }
        ("first", [forgetful, node]) => first::read(number, address(forgetful), address(node)).await,
        ("mixed", [seed, node]) => mixed::read(number, seed.parse().unwrap(), address(node)).await,
        ("outage", [database, nodes @ ..]) => outage::watch(number, database, &addresses(nodes)).await,
        _ => panic!("no such command: {command}"),
    };
    println!("{told}");
}

fn address(node: &str) -> SocketAddr {
    node.parse().unwrap()
}

fn addresses(nodes: &[String]) -> Vec<SocketAddr> {
    nodes.iter().map(|node| address(node)).collect()
}
