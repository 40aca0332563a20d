//! Mandat publishes what an institution says about itself (its mission, its vision, its mandates, the people who
//! represent it) in French and English, at permanent addresses, with a memory.
//!
//! Knowledge flows one way: [`web`] and [`cli`] know [`workflow`], which knows [`model`]; beside them [`database`] opens
//! pools, migrates and keeps the embedded server, and knows nothing of what is kept. Below them all are [`error`] and
//! [`stop`]. Nothing below `web` names axum or askama; only `web` and `cli` read the clock of the machine.

pub mod cli;
pub mod config;
pub mod database;
pub mod error;
pub mod i18n;
pub mod model;
pub mod stop;
pub mod text;
pub mod web;
pub mod workflow;
