//! The page that shows the API's description to people: made from the same document that machines read.

use serde_json::{Map, Value};
use utoipa::Path;

use super::openapi::{__path_openapi, describe};
use super::problem::{STATUSES, anchor, text, title};
use crate::error::Result;
use crate::i18n::{Language, message};
use crate::model::address::Place;
use crate::web::Site;
use crate::web::answer::{Answer, Page};
use crate::web::compose::Composition;
use crate::web::pages::{Guide, GuideAnswer, GuideField, GuideObject, GuideOperation, GuideProblem};

/// The page of a language.
///
/// # Errors
/// The database does not answer.
pub async fn guide(site: &Site, language: Language) -> Result<Answer> {
    let page = Composition::begin(site, site.snapshot().await?, language).await?;
    let shell = page.bare_shell(Place::Api, message(language, "api-title", &[]));
    let document = describe(&site.origin, language)?;
    let operations = members(&document["paths"]);
    let objects = members(&document["components"]["schemas"]);
    let template = Guide {
        shell,
        description: format!("{}?lang={}", __path_openapi::path(), language.segment()),
        operations: operations.map(|(path, item)| operation(path, &item["get"])).collect(),
        objects: objects
            .map(|(name, schema)| object(name, schema, &document["components"]["schemas"]))
            .collect(),
        problems: STATUSES
            .into_iter()
            .map(|status| GuideProblem {
                anchor: anchor(status),
                status,
                title: title(language, status),
                text: text(language, status),
            })
            .collect(),
    };
    Ok(Answer::Page(Page::new(language, template)))
}

fn members(object: &Value) -> impl Iterator<Item = (&String, &Value)> {
    object.as_object().into_iter().flat_map(Map::iter)
}

fn words(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn operation(path: &str, operation: &Value) -> GuideOperation {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    GuideOperation {
        anchor: words(&operation["operationId"]),
        path: path.to_owned(),
        summary: words(&operation["summary"]),
        parameters: parameters
            .map(|parameter| GuideField {
                name: words(&parameter["name"]),
                form: form(&parameter["schema"]),
                meaning: words(&parameter["description"]),
                required: parameter["required"] == Value::Bool(true),
            })
            .collect(),
        answers: members(&operation["responses"])
            .map(|(status, response)| GuideAnswer {
                status: status.clone(),
                meaning: words(&response["description"]),
                content: members(&response["content"])
                    .map(|(_, content)| form(&content["schema"]))
                    .collect(),
            })
            .collect(),
    }
}

fn object(name: &str, schema: &Value, schemas: &Value) -> GuideObject {
    GuideObject {
        name: name.to_owned(),
        fields: fields(schema, schemas),
    }
}

/// The fields of an object, those of the objects that it holds whole before its own.
fn fields(schema: &Value, schemas: &Value) -> Vec<GuideField> {
    let own = members(&schema["properties"]).map(|(name, field)| GuideField {
        name: name.clone(),
        form: form(field),
        meaning: words(&field["description"]),
        required: false,
    });
    let referred = schema["$ref"]
        .as_str()
        .map(|reference| &schemas[last_segment(reference)]);
    let parts = schema["allOf"].as_array().into_iter().flatten().chain(referred);
    parts.flat_map(|part| fields(part, schemas)).chain(own).collect()
}

/// The name of the object that a reference leads to.
fn last_segment(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or_default()
}

/// The form of a value in the words of JSON Schema: `string (date)`, `fr | en`, the name of an object.
fn form(schema: &Value) -> String {
    let joined = |forms: &[Value]| forms.iter().map(form).collect::<Vec<_>>().join(" | ");
    if let Some(reference) = schema["$ref"].as_str() {
        return last_segment(reference).to_owned();
    }
    if let Some(forms) = ["oneOf", "anyOf"].iter().find_map(|name| schema[name].as_array()) {
        return joined(forms);
    }
    if let Some(values) = schema["enum"].as_array() {
        return values.iter().map(words).collect::<Vec<_>>().join(" | ");
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().map(words).collect::<Vec<_>>().join(" | "),
        kind => words(kind),
    };
    match (schema.get("items"), schema["format"].as_str()) {
        (Some(items), _) => format!("[{}]", form(items)),
        (None, Some(format)) if format != "int64" => format!("{kind} ({format})"),
        (None, _) => kind,
    }
}
