//! Prepares what the program carries within itself: static files under names that change with their content, already
//! compressed, and the founding content.

use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use sha2::{Digest, Sha256};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Extension, media type, and whether compression gains anything (a font already is compressed).
const KINDS: &[(&str, &str, bool)] = &[
    // First, because the stylesheet names the fonts by their published names.
    ("woff2", "font/woff2", false),
    ("svg", "image/svg+xml", true),
    ("js", "text/javascript; charset=utf-8", true),
    ("css", "text/css; charset=utf-8", true),
];

fn main() -> Result<()> {
    for watched in ["src/build.rs", "static", "templates", "locales", "migrations"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("assets.rs"), assets(&root.join("static"), &out)?)?;
    fs::write(out.join("founding.rs"), founding(&root.join("migrations/founding"))?)?;
    Ok(())
}

/// The table of static files, as Rust.
fn assets(folder: &Path, out: &Path) -> Result<String> {
    let files = files(folder)?;
    let mut renamed: Vec<(String, String)> = Vec::new();
    let mut table = String::from("/// Every static file.\nstatic ASSETS: &[Asset] = &[\n");
    for (extension, content_type, compressible) in KINDS {
        for file in files
            .iter()
            .filter(|file| file.extension().is_some_and(|found| found == *extension))
        {
            let source = file
                .strip_prefix(folder)?
                .to_str()
                .ok_or("a file name is not UTF-8")?
                .replace('\\', "/");
            let mut content = fs::read(file)?;
            if *extension == "css" {
                content = stylesheet(&String::from_utf8(content)?, &renamed).into_bytes();
            }
            let hash = hash(&content);
            let stem = file
                .file_stem()
                .and_then(|stem| stem.to_str())
                .ok_or("a file has no name")?;
            let name = format!("{stem}.{hash}.{extension}");
            let identity = include(out, &name, &content)?;
            let compressed = |suffix: &str, bytes: Vec<u8>| -> Result<String> {
                Ok(format!("Some({})", include(out, &format!("{name}.{suffix}"), &bytes)?))
            };
            let (gzip, brotli) = if *compressible {
                (compressed("gz", gzip(&content)?)?, compressed("br", brotli(&content)?)?)
            } else {
                ("None".to_owned(), "None".to_owned())
            };
            writeln!(
                table,
                "    Asset {{ source: {source:?}, name: {name:?}, path: {:?}, content_type: {content_type:?}, \
                 identity: {identity}, gzip: {gzip}, brotli: {brotli}, etag: {hash:?} }},",
                format!("/static/{name}")
            )?;
            renamed.push((source, name));
        }
    }
    table.push_str("];\n");
    Ok(table)
}

/// The stylesheet with the published names of what it refers to, without its comments and indentation.
fn stylesheet(text: &str, renamed: &[(String, String)]) -> String {
    let mut rest = text;
    let mut bare = String::with_capacity(text.len());
    while let Some((before, after)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    let mut lines: String = bare
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n");
    for (source, name) in renamed {
        lines = lines.replace(&format!("url(\"{source}\")"), &format!("url(\"{name}\")"));
    }
    lines
}

/// The founding content as Rust: name and text of each file, in the order of their names.
fn founding(folder: &Path) -> Result<String> {
    let mut table = String::from("/// The files of the founding content: name and text.\n");
    table.push_str("pub const FOUNDING: &[(&str, &str)] = &[\n");
    let found = if folder.exists() { files(folder)? } else { Vec::new() };
    for file in found
        .iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "toml"))
    {
        let name = file
            .file_name()
            .and_then(|name| name.to_str())
            .ok_or("a file name is not UTF-8")?;
        let path = file.to_str().ok_or("a path is not UTF-8")?;
        writeln!(table, "    ({name:?}, include_str!({path:?})),")?;
    }
    table.push_str("];\n");
    Ok(table)
}

/// Every file of a folder and of its folders, in the order of their paths.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Writes bytes beside the generated code, and says how that code names them.
fn include(out: &Path, name: &str, bytes: &[u8]) -> Result<String> {
    fs::write(out.join(name), bytes)?;
    Ok(format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}\"))"))
}

/// Enough of the SHA-256 to never meet twice among the versions of one file.
fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .take(8)
        .fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = brotli::CompressorWriter::new(Vec::new(), 4096, 11, 22);
    encoder.write_all(bytes)?;
    encoder.flush()?;
    Ok(encoder.into_inner())
}
