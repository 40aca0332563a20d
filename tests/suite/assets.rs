//! The static files as the build prepared them.

use mandat::web::assets;

fn stylesheet() -> &'static str {
    let path = assets::path("site.css");
    let sheet = assets::all()
        .iter()
        .find(|asset| asset.path == path)
        .expect("a stylesheet");
    std::str::from_utf8(sheet.identity).expect("UTF-8")
}

#[test]
fn names_change_with_the_content_and_find_their_file() {
    for asset in assets::all() {
        assert_eq!(assets::find(asset.name).map(|found| found.path), Some(asset.path));
        assert!(asset.name.contains(asset.etag), "{} holds its hash", asset.name);
        assert!(!asset.identity.is_empty(), "{} is empty", asset.name);
    }
    assert!(
        assets::find("site.css").is_none(),
        "a file has no name that outlives its content"
    );
}

#[test]
fn the_stylesheet_names_published_files_only() {
    let text = stylesheet();
    let named: Vec<_> = text
        .split("url(\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert_eq!(named.len(), 1, "one font");
    for name in named {
        assert!(assets::find(name).is_some(), "no file {name}");
    }
    assert!(!text.contains("/*"), "comments stay here");
}

/// One file holds both faces: a rule that names one without its letters would show the other.
#[test]
fn each_face_comes_with_its_letters() {
    let text = stylesheet();
    for (face, letters) in [
        (
            "font-family: var(--display);",
            "font-feature-settings: var(--display-letters)",
        ),
        ("font-family: var(--body);", "font-feature-settings: normal"),
    ] {
        let named: Vec<_> = text.split(face).skip(1).collect();
        assert!(!named.is_empty(), "no rule says {face}");
        for after in named {
            assert!(after.trim_start().starts_with(letters), "{face} before {after:.60}");
        }
    }
}

#[test]
fn what_compresses_is_compressed_twice() {
    for asset in assets::all() {
        let font = asset.content_type == "font/woff2";
        assert_eq!(asset.gzip.is_none(), font, "{}", asset.name);
        for packed in [asset.gzip, asset.brotli].into_iter().flatten() {
            assert!(
                packed.len() < asset.identity.len(),
                "{} grows when compressed",
                asset.name
            );
        }
    }
}
