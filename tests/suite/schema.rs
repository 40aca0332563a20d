//! What the database itself guarantees (design §2), tried one by one against those who may write to it.

mod dates;
mod growth;
mod past;
mod public;
mod publication;
mod record;
mod redaction;
mod timeline;
mod walk;
