//! The public routes, each with how to know its outputs: a route that is added without an entry here fails the walk.

use std::collections::BTreeMap;

use mandat::web::formats::Format;

/// The page on which every route stands.
const ROUTES: &str = include_str!("../../../src/web/routes.rs");

/// What a route is called there, and how its outputs begin.
const ENTRIES: [(&str, &[&str]); 11] = [
    ("\"/\"", &["/"]),
    ("&Place::Search.path(language)", &["/fr/recherche?", "/en/search?"]),
    ("&Place::QuoteCheck.path(language)", &["/fr/citation?", "/en/quote?"]),
    ("\"/static/{name}\"", &["/static/"]),
    ("\"/timegate/{*path}\"", &["/timegate/fr", "/timegate/en"]),
    ("\"/timemap/{*path}\"", &["/timemap/fr", "/timemap/en"]),
    ("formats::WHOLE_FEED.fr", &["/fr/fil.atom"]),
    ("formats::WHOLE_FEED.en", &["/en/feed.atom"]),
    ("formats::SITEMAP", &["/sitemap.xml"]),
    ("\"/robots.txt\"", &["/robots.txt"]),
    ("formats::SECURITY", &["/.well-known/security.txt"]),
];

/// What the route of documents answers, by what the address holds.
const DOCUMENTS: [&str; 8] = [
    "/d/",
    "/fr/au/",
    "/en/as-of/",
    "/historique",
    "/history",
    "/fr/plan-du-site",
    "/en/site-map",
    "/fr/api",
];

/// Asserts that every route was walked.
pub fn assert_walked(outputs: &BTreeMap<String, u16>) {
    // What the operator asks is not public, and tells numbers alone.
    let (routes, _) = ROUTES.split_once("pub fn for_operator").unwrap();
    for route in routes.split(".route(").skip(1) {
        let called = route.split(", get(").next().unwrap();
        let known = called == "\"/{*path}\"" || ENTRIES.iter().any(|(name, _)| *name == called);
        assert!(known, "the route {called} has no entry in the walk of canaries");
    }
    for (path, status) in outputs {
        assert!(*status < 500, "{path} answered {status}");
        let hidden = path.starts_with('/')
            && [901, 902, 903]
                .iter()
                .any(|number| path.ends_with(&format!("/canari-{number}")));
        assert!(!hidden || *status >= 400, "{path} answered {status}");
    }
    let any = |holds: &dyn Fn(&str) -> bool| outputs.iter().any(|(path, status)| *status < 400 && holds(path));
    for prefix in ENTRIES.iter().flat_map(|(_, prefixes)| *prefixes) {
        // A site without contacts has no security.txt: its 404 is the output.
        let unset = prefix.ends_with("security.txt") && outputs.contains_key(*prefix);
        assert!(
            unset || any(&|path| path.starts_with(prefix)),
            "nothing of {prefix} was walked"
        );
    }
    for part in DOCUMENTS {
        assert!(any(&|path| path.contains(part)), "no {part} was walked");
    }
    for format in Format::ALL {
        assert!(
            any(&|path| path.ends_with(format.extension())),
            "no {} was walked",
            format.extension()
        );
    }
    let api = outputs.keys().filter(|path| path.starts_with("/api/v1/"));
    let walked: Vec<Vec<&str>> = api.map(|path| path.split(['/', '?']).collect()).collect();
    for operation in operations() {
        let is_it = |path: &Vec<&str>| {
            let wanted: Vec<&str> = operation.split('/').collect();
            path.len() >= wanted.len()
                && wanted
                    .iter()
                    .zip(path)
                    .all(|(wanted, found)| wanted.starts_with('{') || wanted == found)
        };
        assert!(walked.iter().any(is_it), "{operation} was not walked");
    }
}

/// The paths of the API's operations, out of the description that is made from the code.
fn operations() -> Vec<String> {
    let files = ["changes", "documents", "openapi", "releases", "versions"];
    let read = |name: &str| std::fs::read_to_string(format!("src/web/api/{name}.rs")).unwrap();
    let found: Vec<String> = files
        .iter()
        .flat_map(|name| {
            let text = read(name);
            let paths = text.split("path = \"").skip(1);
            paths
                .map(|rest| rest.split('"').next().unwrap().to_owned())
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(found.len() >= 7, "{found:?}");
    found
}
