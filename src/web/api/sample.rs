//! Examples of answers, made from their schemas: an example that was written by hand would grow old.

use serde_json::{Map, Value, json};

/// The words of the fields that hold words, by name.
const WORDS: [(&str, &str); 9] = [
    ("anchor", "k6x62"),
    ("html", "<p id=\"k6x62\">Mission</p>"),
    ("instance", "/api/v1/documents/2"),
    ("key", "mission"),
    ("markdown", "Mission"),
    ("next", "d64ceb0b8be400-2"),
    ("note", "Publication initiale du site"),
    ("text", "Mission"),
    ("title", "Mission"),
];

/// A value that a schema allows; `schemas` are those that it may refer to, `name` is the field that it describes.
pub fn of(schema: &Value, schemas: &Value, name: &str) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        let referred = reference.rsplit('/').next().unwrap_or_default();
        return of(&schemas[referred], schemas, name);
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let fields = parts.iter().filter_map(|part| match of(part, schemas, name) {
            Value::Object(fields) => Some(fields),
            _ => None,
        });
        return Value::Object(fields.flatten().collect());
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let chosen = choices.iter().find(|choice| choice["type"] != "null");
        return chosen.map_or(Value::Null, |choice| of(choice, schemas, name));
    }
    if let Some(value) = schema["enum"].get(0) {
        return value.clone();
    }
    if let Some(fields) = schema["properties"].as_object() {
        let example = |(name, field): (&String, &Value)| (name.clone(), of(field, schemas, name));
        return Value::Object(fields.iter().map(example).collect::<Map<_, _>>());
    }
    simple(schema, schemas, name)
}

fn simple(schema: &Value, schemas: &Value, name: &str) -> Value {
    let kind = schema["type"].get(0).unwrap_or(&schema["type"]);
    match (kind.as_str(), schema["format"].as_str()) {
        (Some("array"), _) => json!([of(&schema["items"], schemas, name)]),
        (Some("boolean"), _) => json!(false),
        (Some("integer"), _) => json!(2),
        (_, Some("date")) => json!("2026-03-14"),
        (_, Some("date-time")) => json!("2026-03-14T18:00:00Z"),
        (_, Some("uri")) => json!("https://mandat.example/fr/mission"),
        _ => {
            let words = WORDS.iter().find(|(known, _)| *known == name);
            json!(words.map_or(name, |(_, words)| words))
        }
    }
}
