//! One server for every test that needs a database; it ends with the test process, however that ends.

use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use mandat::database::embedded::Embedded;
use mandat::stop::Stop;
use sqlx::postgres::PgConnectOptions;
use tokio::sync::OnceCell;

use super::folder;

/// Waits until the test process is gone (its end of the pipe closes), ends the server and removes its folder.
const WATCHDOG: &str = r#"cat >/dev/null
for try in 1 2 3; do
    pid=$(head -n 1 "$1/data/postgresql/cluster/postmaster.pid" 2>/dev/null) || break
    kill -QUIT "$pid" 2>/dev/null || break
    sleep 0.3
done
rm -rf -- "$1""#;

struct Shared {
    server: Embedded,
    _watchdog: Child,
}

static SHARED: OnceCell<Shared> = OnceCell::const_new();

/// The server that all tests share, started by the first that asks.
pub async fn shared() -> &'static Embedded {
    let shared = SHARED.get_or_init(async || {
        let folder = folder().keep();
        let watchdog = watchdog(&folder);
        let (started, server) = tokio::sync::oneshot::channel();
        // Every test has a runtime of its own, which ends with it; the server's must outlive them all.
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                started
                    .send(Embedded::start(&folder.join("data"), &Stop::never()).await.unwrap())
                    .unwrap();
                std::future::pending::<()>().await;
            });
        });
        let server = server.await.expect("the shared server starts");
        Shared {
            server,
            _watchdog: watchdog,
        }
    });
    &shared.await.server
}

/// How to create databases on the shared server: as its superuser.
pub async fn administrator() -> PgConnectOptions {
    shared()
        .await
        .connect_options()
        .username("postgres")
        .database("postgres")
}

/// The watchdog holds the other end of the pipe that is its standard input, and goes when ours closes.
fn watchdog(folder: &Path) -> Child {
    let mut watchdog = Command::new("sh");
    watchdog
        .args(["-c", WATCHDOG, "sh"])
        .arg(folder)
        .current_dir("/")
        .process_group(0);
    watchdog
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    watchdog.spawn().unwrap()
}
