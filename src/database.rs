//! Pools and roles, migrations, and the private PostgreSQL of a machine that has no `DATABASE_URL`.

pub mod embedded;
