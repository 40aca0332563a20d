//! Deeds of people: what each does, whom it is refused, and that nothing is lost or done twice.

mod abandoning;
mod checks;
mod corrections;
mod drafting;
mod early;
mod redacting;
mod releasing;
mod reviewing;
mod table;

use mandat::error::{Denied, Error};

/// Why a deed was denied, which was.
fn denied<T: std::fmt::Debug>(done: Result<T, Error>) -> Denied {
    match done {
        Err(Error::Denied(denied)) => denied,
        other => panic!("not denied: {other:?}"),
    }
}

/// The constraint by which the database refused a deed, which it did.
fn refused<T: std::fmt::Debug>(done: Result<T, Error>) -> String {
    match done {
        Err(Error::Refused(refusal)) => refusal.constraint,
        other => panic!("not refused: {other:?}"),
    }
}
