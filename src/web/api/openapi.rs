//! The description of the API (`OpenAPI` 3.1), made from the code; its words come from `locales/`.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use serde_json::{Map, Value, json};
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::response::{Response as Described, ResponseBuilder};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{IntoResponses, OpenApi};

use super::parameters::{CURSOR, List, Reading};
use super::problem::{self, PROBLEM, Problem};
use super::{answer, changes, documents, releases, sample, versions};
use crate::config::Origin;
use crate::error::{Error, Result};
use crate::i18n::{Language, message};
use crate::web::Site;

/// What every operation may answer beside its resource.
pub struct Failures;

impl IntoResponses for Failures {
    fn responses() -> BTreeMap<String, RefOr<Described>> {
        let content = || {
            ContentBuilder::new()
                .schema(Some(Ref::from_schema_name("Problem")))
                .build()
        };
        let problem = |status: u16| {
            let response = ResponseBuilder::new().content(PROBLEM, content()).build();
            (status.to_string(), response.into())
        };
        let unchanged = (
            StatusCode::NOT_MODIFIED.as_str().to_owned(),
            Described::default().into(),
        );
        problem::STATUSES.into_iter().map(problem).chain([unchanged]).collect()
    }
}

#[derive(OpenApi)]
#[openapi(
    paths(
        documents::documents,
        documents::document,
        versions::versions,
        versions::version,
        changes::differences,
        releases::releases,
        openapi
    ),
    components(schemas(Problem))
)]
struct Description;

/// Describes the API in `OpenAPI` 3.1.
#[utoipa::path(get, path = "/api/v1/openapi.json", params(Reading),
    responses((status = 200, body = serde_json::Value), Failures))]
pub async fn openapi(State(site): State<Arc<Site>>, uri: Uri) -> Result<Response> {
    let reading = Reading::of(&uri)?;
    // A moment still ahead is refused here as everywhere.
    let (_, policy) = reading.snapshot(&site).await?;
    answer(reading.lang, policy, &describe(&site.origin, reading.lang)?)
}

/// The description, in a language.
///
/// # Errors
/// It cannot be made: a fault of ours.
pub fn describe(origin: &Origin, language: Language) -> Result<Value> {
    let mut document =
        serde_json::to_value(Description::openapi()).map_err(|error| Error::Internal(Box::new(error)))?;
    document["info"] = json!({
        "title": message(language, "api-title", &[]),
        "description": message(language, "api-introduction", &[]),
        "version": "1",
    });
    document["servers"] = json!([{ "url": origin.address("") }]);
    let schemas = document["components"]["schemas"].clone();
    for operation in entries(&mut document["paths"]).filter_map(|(_, path)| path.get_mut("get")) {
        describe_operation(operation, origin, language);
        let content = &mut operation["responses"]["200"]["content"]["application/json"];
        content["example"] = sample::of(&content["schema"], &schemas, "");
    }
    for (_, schema) in entries(&mut document["components"]["schemas"]) {
        describe_fields(schema, language);
    }
    Ok(document)
}

fn entries(object: &mut Value) -> impl Iterator<Item = (&String, &mut Value)> {
    object.as_object_mut().into_iter().flat_map(Map::iter_mut)
}

fn describe_operation(operation: &mut Value, origin: &Origin, language: Language) {
    let operation_name = operation["operationId"].as_str().unwrap_or_default().to_owned();
    if let Some(operation) = operation.as_object_mut() {
        operation.remove("tags");
        operation.remove("description");
    }
    operation["summary"] = message(language, &format!("api-operation-{operation_name}"), &[]).into();
    for parameter in operation["parameters"].as_array_mut().into_iter().flatten() {
        let name = parameter["name"].as_str().unwrap_or_default().to_owned();
        parameter["description"] = message(language, &format!("api-parameter-{name}"), &[]).into();
        if let Some(example) = example(&name) {
            parameter["example"] = example;
        }
        if let Some(list) = List::of(&operation_name).filter(|_| name == CURSOR) {
            parameter["schema"]["pattern"] = list.pattern().into();
        }
    }
    for (status, response) in entries(&mut operation["responses"]) {
        let status: u16 = status.parse().unwrap_or_default();
        response["description"] = match status {
            200 => message(language, "api-response-200", &[]),
            304 => message(language, "api-response-304", &[]),
            _ => problem::title(language, status),
        }
        .into();
        if problem::STATUSES.contains(&status) {
            let example = problem::describe(origin, language, status, None, "/api/v1/documents/1");
            response["content"][PROBLEM]["example"] = json!(example);
        } else {
            response["headers"] = json!({
                "ETag": { "schema": { "type": "string" }, "description": message(language, "api-header-etag", &[]) }
            });
        }
    }
}

/// A value of a parameter that has no default.
fn example(parameter: &str) -> Option<Value> {
    match parameter {
        "number" | "version" | "from" => Some(1.into()),
        "to" => Some(2.into()),
        "lang" => Some("fr".into()),
        _ => None,
    }
}

/// Puts the words of `locales/` where the code's own, meant for programmers of Mandat, would stand.
fn describe_fields(schema: &mut Value, language: Language) {
    if let Some(schema) = schema.as_object_mut() {
        schema.remove("description");
    }
    for (name, field) in entries(&mut schema["properties"]) {
        field["description"] = message(language, &format!("api-field-{name}"), &[]).into();
        // An item that is described where it is used.
        if field.get("items").is_some() {
            describe_fields(&mut field["items"], language);
        }
    }
    if let Some(schema) = schema.as_object_mut()
        && schema.get("properties").is_some_and(Value::is_null)
    {
        schema.remove("properties");
    }
    for part in schema
        .get_mut("allOf")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
    {
        describe_fields(part, language);
    }
}
