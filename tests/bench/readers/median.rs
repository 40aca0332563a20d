//! What is said of many measurements.

use std::time::Duration;

/// The measurement below which a share of them lies, in percent; in milliseconds.
pub fn below(share: usize, mut measured: Vec<Duration>) -> f64 {
    measured.sort();
    measured[(measured.len() - 1) * share / 100].as_secs_f64() * 1000.0
}

/// The measurement in the middle, in milliseconds.
pub fn of(measured: Vec<Duration>) -> f64 {
    below(50, measured)
}
